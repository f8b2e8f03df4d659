// World test in C: passes things on, its own and those of another component. It reads them one by one, so that their writer has
// to take back what is left, and writes all at once; and it offers one to a future that nobody reads before it sends it.
#include "../c/async.h"

#define INTERFACE "my:test/test-interface"
#define MODULE "[export]" INTERFACE
#define MOST 8

IMPORT(MODULE, "[resource-new]test-thing") uint32_t new_thing(string_t *thing);

EXPORT(INTERFACE "#[constructor]test-thing")
uint32_t thing(char *at, size_t len) {
    string_t *thing = take(sizeof(string_t));
    *thing = (string_t){at, len};
    return new_thing(thing);
}

EXPORT(INTERFACE "#[method]test-thing.get")
string_t *thing_get(string_t *thing) {
    static string_t result;
    result = copy_text(*thing);
    return &result;
}

POST_RETURN(INTERFACE "#[method]test-thing.get") void post_thing_get(string_t *ret) { free_list(*ret); }

EXPORT(INTERFACE "#[dtor]test-thing")
void thing_dropped(string_t *thing) {
    free_list(*thing);
    give_back(thing);
}

STREAM(test_stream, MODULE, "0]short-reads-test");
STREAM(leaf_stream, MODULE, "0]short-reads-leaf");
FUTURE(test_future, MODULE, "0]dropped-reader-test");
FUTURE(leaf_future, MODULE, "0]dropped-reader-leaf");
IMPORT(MODULE, "[task-return]short-reads-test") void return_short_reads_test(uint32_t s);
IMPORT(MODULE, "[task-return]short-reads-leaf") void return_short_reads_leaf(uint32_t s);
IMPORT(MODULE, "[task-return]dropped-reader-test") void return_dropped_reader_test(uint32_t f1, uint32_t f2);
IMPORT(MODULE, "[task-return]dropped-reader-leaf") void return_dropped_reader_leaf(uint32_t f1, uint32_t f2);

// The functions of one kind of stream. A thing is passed on as its handle, whoever's it is.
typedef struct {
    uint64_t (*new)(void);
    uint32_t (*read)(uint32_t end, void *to, size_t n);
    uint32_t (*write)(uint32_t end, const void *from, size_t n);
    void (*drop_readable)(uint32_t end);
    void (*drop_writable)(uint32_t end);
    void (*task_return)(uint32_t s);
} stream_t;

static const stream_t test_streams = {
    test_stream_new, test_stream_read, test_stream_write, test_stream_drop_readable, test_stream_drop_writable,
    return_short_reads_test,
};
static const stream_t leaf_streams = {
    leaf_stream_new, leaf_stream_read, leaf_stream_write, leaf_stream_drop_readable, leaf_stream_drop_writable,
    return_short_reads_leaf,
};

typedef struct {
    task_t task;
    const stream_t *f;
    uint32_t r, w, code;
    uint32_t things[MOST];
    size_t got, sent;
} short_reads_t;

static uint32_t short_reads(short_reads_t *s) {
    STEPS(s);
    ends_t back = ends(s->f->new());
    s->w = back.writable;
    s->f->task_return(back.readable);
    do {
        assert(s->got < MOST);
        s->code = s->f->read(s->r, &s->things[s->got], 1);
        SETTLE(&s->code, s->r);
        assert(count(s->code) <= 1);
        s->got += count(s->code);
    } while (outcome(s->code) == COMPLETED);
    assert(outcome(s->code) == DROPPED);
    s->f->drop_readable(s->r);

    while (s->sent < s->got) {
        s->code = s->f->write(s->w, &s->things[s->sent], s->got - s->sent);
        SETTLE(&s->code, s->w);
        s->sent += count(s->code);
        assert(outcome(s->code) == COMPLETED || s->sent == s->got);
    }
    s->f->drop_writable(s->w);
    END_OF_STEPS;
}

EXPORT("[async-lift]" INTERFACE "#short-reads-test")
uint32_t short_reads_test(uint32_t s) { return short_reads(NEW_TASK(short_reads_t, .f = &test_streams, .r = s)); }
CALLBACK(INTERFACE "#short-reads-test", short_reads_test_callback, short_reads)

EXPORT("[async-lift]" INTERFACE "#short-reads-leaf")
uint32_t short_reads_leaf(uint32_t s) { return short_reads(NEW_TASK(short_reads_t, .f = &leaf_streams, .r = s)); }
CALLBACK(INTERFACE "#short-reads-leaf", short_reads_leaf_callback, short_reads)

// The functions of one kind of future.
typedef struct {
    uint64_t (*new)(void);
    uint32_t (*read)(uint32_t end, void *to);
    uint32_t (*write)(uint32_t end, const void *from);
    void (*drop_readable)(uint32_t end);
    void (*drop_writable)(uint32_t end);
    void (*task_return)(uint32_t f1, uint32_t f2);
} future_t;

static const future_t test_futures = {
    test_future_new, test_future_read, test_future_write, test_future_drop_readable, test_future_drop_writable,
    return_dropped_reader_test,
};
static const future_t leaf_futures = {
    leaf_future_new, leaf_future_read, leaf_future_write, leaf_future_drop_readable, leaf_future_drop_writable,
    return_dropped_reader_leaf,
};

typedef struct {
    task_t task;
    const future_t *f;
    uint32_t f1, f2, p1, p2, thing, code;
} dropped_reader_t;

static uint32_t dropped_reader(dropped_reader_t *s) {
    STEPS(s);
    ends_t g1 = ends(s->f->new()), g2 = ends(s->f->new());
    s->p1 = g1.writable;
    s->p2 = g2.writable;
    s->f->task_return(g1.readable, g2.readable);
    s->f->drop_readable(s->f1);
    s->code = s->f->read(s->f2, &s->thing);
    SETTLE(&s->code, s->f2);
    assert(s->code == COMPLETED);
    s->f->drop_readable(s->f2);

    // What was not taken is still here, under the same handle.
    s->code = s->f->write(s->p1, &s->thing);
    SETTLE(&s->code, s->p1);
    assert(s->code == DROPPED);
    s->f->drop_writable(s->p1);
    s->code = s->f->write(s->p2, &s->thing);
    SETTLE(&s->code, s->p2);
    assert(s->code == COMPLETED);
    s->f->drop_writable(s->p2);
    END_OF_STEPS;
}

EXPORT("[async-lift]" INTERFACE "#dropped-reader-test")
uint32_t dropped_reader_test(uint32_t f1, uint32_t f2) {
    return dropped_reader(NEW_TASK(dropped_reader_t, .f = &test_futures, .f1 = f1, .f2 = f2));
}
CALLBACK(INTERFACE "#dropped-reader-test", dropped_reader_test_callback, dropped_reader)

EXPORT("[async-lift]" INTERFACE "#dropped-reader-leaf")
uint32_t dropped_reader_leaf(uint32_t f1, uint32_t f2) {
    return dropped_reader(NEW_TASK(dropped_reader_t, .f = &leaf_futures, .f1 = f1, .f2 = f2));
}
CALLBACK(INTERFACE "#dropped-reader-leaf", dropped_reader_leaf_callback, dropped_reader)
