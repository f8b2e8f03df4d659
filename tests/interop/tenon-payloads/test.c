// World test in C: takes more arguments than can be passed flat, and gives back what comes in streams and futures.
#include "payloads.h"

#define NAME(function) INTERFACE "#" function
#define MODULE "[export]" INTERFACE

// Either an entry or a shape: what is returned flat has room for both.
IMPORT(MODULE, "[task-return]wide")
void return_wide(uint32_t err, uint32_t p0, uint64_t p1, size_t p2, uint64_t p3, const void *p4, size_t p5);

// The shape, if there is one. All else is freed.
static wide_result_t wide_result(wide_t *a) {
    wide_result_t result;
    memset(&result, 0xaa, sizeof(result));
    assert(a->a == 200 && same_text(a->b, TEXT("gr\u00fc\u00dfe")));
    assert(a->e.s64 == INT64_MIN && a->e.f32 == -0.5f && a->f == (READ | EXECUTE) && a->g == 0x1f680);
    assert(a->c.flag <= 1 && a->d.some <= 1);
    result.err = a->d.some;
    if (a->d.some) {
        result.failure = a->d.value;
        free_entry(&a->c);
    } else {
        result.value = a->c;
    }
    free_list(a->b);
    give_back(a);
    return result;
}

static void free_wide_result(wide_result_t *result) {
    if (result->err)
        free_shape(&result->failure);
    else
        free_entry(&result->value);
}

EXPORT(NAME("wide-now"))
wide_result_t *wide_now(wide_t *a) {
    static wide_result_t result;
    result = wide_result(a);
    return &result;
}

POST_RETURN(NAME("wide-now"))
void post_wide_now(wide_result_t *result) {
    free_wide_result(result);
    assert(taken == 0);
}

static void return_entry(const entry_t *e) {
    return_wide(0, e->flag, (uint32_t)e->name.at, e->name.len, e->count, e->tags.at, e->tags.len);
}

static void return_shape(const shape_t *s) {
    uint64_t circle;
    switch (s->shape) {
    case DOT:
        return_wide(1, DOT, 0, 0, 0, NULL, 0);
        break;
    case CIRCLE:
        memcpy(&circle, &s->circle, sizeof(circle));
        return_wide(1, CIRCLE, circle, 0, 0, NULL, 0);
        break;
    case LABEL:
        return_wide(1, LABEL, (uint32_t)s->label.at, s->label.len, 0, NULL, 0);
        break;
    case ENTRIES:
        return_wide(1, ENTRIES, (uint32_t)s->entries.at, s->entries.len, 0, NULL, 0);
        break;
    }
}

typedef struct {
    task_t task;
    wide_t *arguments;
} wide_state_t;

static uint32_t wide_steps(wide_state_t *s) {
    STEPS(s);
    YIELD_ONCE();
    wide_result_t result = wide_result(s->arguments);
    if (result.err)
        return_shape(&result.failure);
    else
        return_entry(&result.value);
    free_wide_result(&result);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("wide"))
uint32_t wide(wide_t *arguments) { return wide_steps(NEW_TASK(wide_state_t, .arguments = arguments)); }
CALLBACK(NAME("wide"), wide_callback, wide_steps)

EXPORT(NAME("hold"))
void hold(uint32_t on) {
    static bool held;
    assert(on <= 1);
    if (on && !held) backpressure_inc();
    if (!on && held) backpressure_dec();
    held = on;
}

// The functions of one kind of stream.
typedef struct {
    uint64_t (*new)(void);
    uint32_t (*read)(uint32_t end, void *to, size_t n);
    uint32_t (*write)(uint32_t end, const void *from, size_t n);
    void (*drop_readable)(uint32_t end);
    void (*drop_writable)(uint32_t end);
    void (*task_return)(uint32_t s);
    size_t size;              // of an item
    void (*free)(void *item); // what an item has besides, if anything
} stream_t;

typedef struct {
    task_t task;
    const stream_t *f;
    uint32_t r, w, read_code, code;
    size_t sent;
    _Alignas(8) char items[3 * sizeof(shape_t)];
} echo_t;

// Reads three items at a time, and writes them before it reads more.
static uint32_t echo(echo_t *s) {
    STEPS(s);
    ends_t back = ends(s->f->new());
    s->w = back.writable;
    s->f->task_return(back.readable);
    do {
        s->read_code = s->f->read(s->r, s->items, 3);
        SETTLE(&s->read_code, s->r);
        for (s->sent = 0; s->sent < count(s->read_code); s->sent += count(s->code)) {
            s->code = s->f->write(s->w, s->items + s->sent * s->f->size, count(s->read_code) - s->sent);
            SETTLE(&s->code, s->w);
            assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
        }
        for (size_t i = 0; i < s->sent && s->f->free != NULL; i++) s->f->free(s->items + i * s->f->size);
    } while (outcome(s->read_code) == COMPLETED);
    assert(outcome(s->read_code) == DROPPED);
    s->f->drop_readable(s->r);
    s->f->drop_writable(s->w);
    END_OF_STEPS;
}

// An export that echoes streams of a type.
#define ECHO(name, function, item_type, free_item)                                                              \
    STREAM(function##_stream, MODULE, "0]" name);                                                               \
    IMPORT(MODULE, "[task-return]" name) void function##_return(uint32_t s);                                    \
    static const stream_t function##s = {                                                                       \
        function##_stream_new, function##_stream_read, function##_stream_write, function##_stream_drop_readable, \
        function##_stream_drop_writable, function##_return, sizeof(item_type), free_item,                       \
    };                                                                                                          \
    EXPORT("[async-lift]" NAME(name))                                                                           \
    uint32_t function(uint32_t s) { return echo(NEW_TASK(echo_t, .f = &function##s, .r = s)); }                 \
    CALLBACK(NAME(name), function##_callback, echo)

static void free_string_item(void *item) { free_list(*(string_t *)item); }
static void free_shape_item(void *item) { free_shape(item); }

ECHO("echo-numbers", echo_number, uint64_t, NULL)
ECHO("echo-pairs", echo_pair, pair_t, NULL)
ECHO("echo-strings", echo_string, string_t, free_string_item)
ECHO("echo-shapes", echo_shape, shape_t, free_shape_item)

FUTURE(future, MODULE, "0]echo-result");
IMPORT(MODULE, "[task-return]echo-result") void return_echo_result(uint32_t f);

typedef struct {
    task_t task;
    uint32_t r, w, code;
    result_t result;
} echo_result_t;

static uint32_t echo_result_steps(echo_result_t *s) {
    STEPS(s);
    ends_t back = ends(future_new());
    s->w = back.writable;
    return_echo_result(back.readable);
    s->code = future_read(s->r, &s->result);
    SETTLE(&s->code, s->r);
    assert(s->code == COMPLETED && s->result.err <= 1);
    future_drop_readable(s->r);
    s->code = future_write(s->w, &s->result);
    SETTLE(&s->code, s->w);
    assert(s->code == COMPLETED);
    future_drop_writable(s->w);
    if (!s->result.err) free_entry(&s->result.value);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("echo-result"))
uint32_t echo_result(uint32_t f) { return echo_result_steps(NEW_TASK(echo_result_t, .r = f)); }
CALLBACK(NAME("echo-result"), echo_result_callback, echo_result_steps)

STREAM(bytes, MODULE, "0]flatten");
STREAM(outer, MODULE, "1]flatten");
IMPORT(MODULE, "[task-return]flatten") void return_flatten(uint32_t s);

typedef struct {
    task_t task;
    uint32_t outer, inner, w, outer_code, inner_code, code;
    uint8_t part[64];
    size_t sent;
} flatten_t;

static uint32_t flatten_steps(flatten_t *s) {
    STEPS(s);
    ends_t back = ends(bytes_new());
    s->w = back.writable;
    return_flatten(back.readable);
    for (;;) {
        s->outer_code = outer_read(s->outer, &s->inner, 1);
        SETTLE(&s->outer_code, s->outer);
        if (count(s->outer_code) == 0) break;
        do {
            s->inner_code = bytes_read(s->inner, s->part, sizeof(s->part));
            SETTLE(&s->inner_code, s->inner);
            for (s->sent = 0; s->sent < count(s->inner_code); s->sent += count(s->code)) {
                s->code = bytes_write(s->w, s->part + s->sent, count(s->inner_code) - s->sent);
                SETTLE(&s->code, s->w);
                assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
            }
        } while (outcome(s->inner_code) == COMPLETED);
        assert(outcome(s->inner_code) == DROPPED);
        bytes_drop_readable(s->inner);
        if (outcome(s->outer_code) == DROPPED) break;
    }
    assert(outcome(s->outer_code) == DROPPED);
    outer_drop_readable(s->outer);
    bytes_drop_writable(s->w);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("flatten"))
uint32_t flatten(uint32_t s) { return flatten_steps(NEW_TASK(flatten_t, .outer = s)); }
CALLBACK(NAME("flatten"), flatten_callback, flatten_steps)
