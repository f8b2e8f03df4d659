// World runner in C: passes more arguments than can be passed flat, and sends values of all shapes through streams and futures.
#include "payloads.h"

#include <math.h>

IMPORT(INTERFACE, "[async-lower]wide") uint32_t wide(const wide_t *arguments, wide_result_t *ret);
IMPORT(INTERFACE, "wide-now") void wide_now(const wide_t *arguments, wide_result_t *ret);
IMPORT(INTERFACE, "hold") void hold(uint32_t on);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

static string_t tags[] = {TEXT(""), TEXT("b"), TEXT("\u00fc, and so on")};
static entry_t entries[] = {
    {0, TEXT(""), 0, {NULL, 0}},
    {1, TEXT("one"), 1, {&tags[1], 1}},
    {0, TEXT("many \U0001F680"), UINT64_MAX, {tags, 3}},
};
static shape_t shapes[] = {
    {DOT, {0}},
    {CIRCLE, {.circle = -INFINITY}},
    {CIRCLE, {.circle = 0.5}},
    {LABEL, {.label = TEXT("label")}},
    {LABEL, {.label = TEXT("")}},
    {ENTRIES, {.entries = {NULL, 0}}},
    {ENTRIES, {.entries = {entries, 3}}},
};
#define SHAPES (sizeof(shapes) / sizeof(shapes[0]))

static bool same_entry(const entry_t *a, const entry_t *b) {
    if (a->flag != b->flag || !same_text(a->name, b->name) || a->count != b->count || a->tags.len != b->tags.len) return false;
    for (size_t i = 0; i < a->tags.len; i++)
        if (!same_text(a->tags.at[i], b->tags.at[i])) return false;
    return true;
}

static bool same_shape(const shape_t *a, const shape_t *b) {
    if (a->shape != b->shape) return false;
    switch (a->shape) {
    case DOT:
        return true;
    case CIRCLE:
        return a->circle == b->circle;
    case LABEL:
        return same_text(a->label, b->label);
    default:
        if (a->entries.len != b->entries.len) return false;
        for (size_t i = 0; i < a->entries.len; i++)
            if (!same_entry(&a->entries.at[i], &b->entries.at[i])) return false;
        return true;
    }
}

// The arguments of a call: with a shape, or without if that is NULL.
static wide_t arguments(size_t entry, const shape_t *shape) {
    wide_t a = {
        .a = 200,
        .b = TEXT("gr\u00fc\u00dfe"),
        .c = entries[entry],
        .d = {.some = shape != NULL},
        .e = {INT64_MIN, -0.5f},
        .f = READ | EXECUTE,
        .g = 0x1f680,
    };
    if (shape != NULL) a.d.value = *shape;
    return a;
}

static void expect_wide(wide_result_t *got, size_t entry, const shape_t *shape) {
    assert(got->err == (shape != NULL));
    if (shape != NULL) {
        assert(same_shape(&got->failure, shape));
        free_shape(&got->failure);
    } else {
        assert(same_entry(&got->value, &entries[entry]));
        free_entry(&got->value);
    }
}

// The shapes, and none.
static const shape_t *shape_or_none(size_t i) { return i < SHAPES ? &shapes[i] : NULL; }

// What there is for one kind of stream.
typedef struct {
    uint64_t (*new)(void);
    uint32_t (*read)(uint32_t end, void *to, size_t n);
    uint32_t (*write)(uint32_t end, const void *from, size_t n);
    void (*drop_readable)(uint32_t end);
    void (*drop_writable)(uint32_t end);
    uint32_t (*echo)(uint32_t s, uint32_t *ret);
    size_t size; // of an item
    const void *items;
    size_t n;
    void (*expect)(void *item, size_t i); // frees it, too
} stream_t;

// How streams of a type are echoed.
#define ECHO(name, function)                                                        \
    STREAM(function##_stream, INTERFACE, "0]" name);                                \
    IMPORT(INTERFACE, "[async-lower]" name) uint32_t function(uint32_t s, uint32_t *ret);

#define ECHOED(function, items, expect)                                                                          \
    {                                                                                                            \
        function##_stream_new, function##_stream_read, function##_stream_write, function##_stream_drop_readable, \
        function##_stream_drop_writable, function, sizeof((items)[0]), items, sizeof(items) / sizeof((items)[0]), expect, \
    }

ECHO("echo-numbers", echo_numbers)
ECHO("echo-pairs", echo_pairs)
ECHO("echo-strings", echo_strings)
ECHO("echo-shapes", echo_shapes)

static const uint64_t numbers[] = {0, 1, 1ull << 63, UINT64_MAX, 5, 6, 7};
static const pair_t pairs[] = {{1, UINT32_MAX}, {255, 0}, {3, 4}, {5, 6}};
static const string_t strings[] = {TEXT(""), TEXT("a"), TEXT("gr\u00fc\u00dfe"), TEXT("\U0001F680"), TEXT("and more")};

static void expect_number(void *item, size_t i) { assert(*(uint64_t *)item == numbers[i]); }

static void expect_pair(void *item, size_t i) {
    const pair_t *pair = item;
    assert(pair->a == pairs[i].a && pair->b == pairs[i].b);
}

static void expect_string(void *item, size_t i) {
    assert(same_text(*(string_t *)item, strings[i]));
    free_list(*(string_t *)item);
}

static void expect_shape(void *item, size_t i) {
    assert(same_shape(item, &shapes[i]));
    free_shape(item);
}

static const stream_t streams[] = {
    ECHOED(echo_numbers, numbers, expect_number),
    ECHOED(echo_pairs, pairs, expect_pair),
    ECHOED(echo_strings, strings, expect_string),
    ECHOED(echo_shapes, shapes, expect_shape),
};

FUTURE(future, INTERFACE, "0]echo-result");
IMPORT(INTERFACE, "[async-lower]echo-result") uint32_t echo_result(uint32_t f, uint32_t *ret);
STREAM(bytes, INTERFACE, "0]flatten");
STREAM(outer, INTERFACE, "1]flatten");
IMPORT(INTERFACE, "[async-lower]flatten") uint32_t flatten(uint32_t s, uint32_t *ret);

// Three streams, one of them empty.
static const string_t parts[] = {TEXT("first"), TEXT(""), TEXT("last")};
#define ALL_PARTS "firstlast"

#define HELD 5

typedef struct {
    task_t task;
    size_t part;
    subtask_t call;
    size_t entry, i;
    wide_t arguments;
    wide_result_t wide_result;

    struct {
        subtask_t call;
        wide_t arguments;
        wide_result_t result;
    } held[HELD];

    const stream_t *f;
    uint32_t r, w, code, read_code;
    size_t sent, got;
    _Alignas(8) char items[2 * sizeof(shape_t)];

    result_t result;
    uint32_t inner, readable;
    char all[sizeof(ALL_PARTS)];
} state_t;

static uint32_t wides(void *state) {
    state_t *s = state;
    STEPS(s);
    for (s->entry = 0; s->entry < 3; s->entry++) {
        for (s->i = 0; s->i <= SHAPES; s->i++) {
            s->arguments = arguments(s->entry, shape_or_none(s->i));
            wide_now(&s->arguments, &s->wide_result);
            expect_wide(&s->wide_result, s->entry, shape_or_none(s->i));
            s->call = called(wide(&s->arguments, &s->wide_result));
            FINISH(&s->call);
            assert(s->call.state == RETURNED);
            expect_wide(&s->wide_result, s->entry, shape_or_none(s->i));
        }
    }
    END_OF_PART;
}

// The arguments of a call that may not begin yet are read when it does.
static uint32_t held(void *state) {
    state_t *s = state;
    STEPS(s);
    hold(1);
    for (size_t i = 0; i < HELD; i++) {
        s->held[i].arguments = arguments(0, NULL);
        s->held[i].call = called(wide(&s->held[i].arguments, &s->held[i].result));
        assert(s->held[i].call.state == STARTING);
    }
    YIELD_ONCE();
    for (size_t i = 0; i < HELD; i++) s->held[i].arguments.c = entries[i % 3];
    hold(0);
    for (s->i = 0; s->i < HELD; s->i++) {
        FINISH(&s->held[s->i].call);
        assert(s->held[s->i].call.state == RETURNED);
        expect_wide(&s->held[s->i].result, s->i % 3, NULL);
    }
    END_OF_PART;
}

// Writes as much at once as the other side takes, and reads two at a time.
static uint32_t echoes(void *state) {
    state_t *s = state;
    STEPS(s);
    for (s->f = streams; s->f < streams + sizeof(streams) / sizeof(streams[0]); s->f++) {
        ends_t there = ends(s->f->new());
        s->w = there.writable;
        s->call = called(s->f->echo(there.readable, &s->r));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        s->read_code = COMPLETED;
        for (s->sent = s->got = 0; outcome(s->read_code) == COMPLETED;) {
            // What was written comes back before more is taken.
            if (s->got == s->sent && s->sent < s->f->n) {
                s->code = s->f->write(s->w, (const char *)s->f->items + s->sent * s->f->size, s->f->n - s->sent);
                SETTLE(&s->code, s->w);
                assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
                s->sent += count(s->code);
                if (s->sent == s->f->n) s->f->drop_writable(s->w);
            }
            s->read_code = s->f->read(s->r, s->items, 2);
            SETTLE(&s->read_code, s->r);
            for (size_t i = 0; i < count(s->read_code); i++) s->f->expect(s->items + i * s->f->size, s->got++);
        }
        assert(outcome(s->read_code) == DROPPED && s->got == s->f->n);
        s->f->drop_readable(s->r);
    }
    END_OF_PART;
}

// Three entries, and a failure.
static uint32_t results(void *state) {
    state_t *s = state;
    STEPS(s);
    for (s->i = 0; s->i <= 3; s->i++) {
        ends_t there = ends(future_new());
        s->w = there.writable;
        s->call = called(echo_result(there.readable, &s->r));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        s->result.err = s->i == 3;
        if (s->i == 3)
            s->result.failure = BLUE;
        else
            s->result.value = entries[s->i];
        s->code = future_write(s->w, &s->result);
        SETTLE(&s->code, s->w);
        assert(s->code == COMPLETED);
        future_drop_writable(s->w);
        memset(&s->result, 0xaa, sizeof(s->result));
        s->code = future_read(s->r, &s->result);
        SETTLE(&s->code, s->r);
        assert(s->code == COMPLETED && s->result.err == (s->i == 3));
        if (s->i == 3) {
            assert(s->result.failure == BLUE);
        } else {
            assert(same_entry(&s->result.value, &entries[s->i]));
            free_entry(&s->result.value);
        }
        future_drop_readable(s->r);
    }
    END_OF_PART;
}

// One stream after the other; what one has is read before the next is written.
static uint32_t flattened(void *state) {
    state_t *s = state;
    STEPS(s);
    ends_t there = ends(outer_new());
    s->w = there.writable;
    s->call = called(flatten(there.readable, &s->r));
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    s->got = 0;
    for (s->i = 0; s->i < 3; s->i++) {
        ends_t part = ends(bytes_new());
        s->inner = part.writable;
        s->readable = part.readable;
        s->code = outer_write(s->w, &s->readable, 1);
        SETTLE(&s->code, s->w);
        assert(s->code == (COMPLETED | 1 << 4));
        for (s->sent = 0; s->sent < parts[s->i].len;) {
            s->code = bytes_write(s->inner, parts[s->i].at + s->sent, parts[s->i].len - s->sent);
            SETTLE(&s->code, s->inner);
            assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
            s->sent += count(s->code);
            s->read_code = bytes_read(s->r, s->all + s->got, sizeof(s->all) - s->got);
            SETTLE(&s->read_code, s->r);
            assert(outcome(s->read_code) == COMPLETED && count(s->read_code) > 0);
            s->got += count(s->read_code);
        }
        bytes_drop_writable(s->inner);
    }
    outer_drop_writable(s->w);
    while (outcome(s->read_code) == COMPLETED) {
        s->read_code = bytes_read(s->r, s->all + s->got, sizeof(s->all) - s->got);
        SETTLE(&s->read_code, s->r);
        s->got += count(s->read_code);
    }
    assert(outcome(s->read_code) == DROPPED);
    assert(same_bytes(s->all, s->got, ALL_PARTS, strlen(ALL_PARTS)));
    bytes_drop_readable(s->r);
    END_OF_PART;
}

static uint32_t steps(state_t *s) {
    PARTS(s, wides, held, echoes, results, flattened);
    task_return();
    return ended(&s->task);
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
