// World runner in C: writes things to a function that reads them one by one, and reads one by one what it writes at once; then
// offers one to a future that nobody reads before it sends it. Once with the things of one component, once with another's.
#include "../c/async.h"

#define MODULE "my:test/test-interface"
#define LEAF "my:test/leaf-interface"

IMPORT(MODULE, "[constructor]test-thing") uint32_t test_thing(const char *at, size_t len);
IMPORT(MODULE, "[method]test-thing.get") void test_thing_get(uint32_t thing, string_t *ret);
IMPORT(MODULE, "[resource-drop]test-thing") void test_thing_drop(uint32_t thing);
IMPORT(LEAF, "[constructor]leaf-thing") uint32_t leaf_thing(const char *at, size_t len);
IMPORT(LEAF, "[method]leaf-thing.get") void leaf_thing_get(uint32_t thing, string_t *ret);
IMPORT(LEAF, "[resource-drop]leaf-thing") void leaf_thing_drop(uint32_t thing);

STREAM(test_stream, MODULE, "0]short-reads-test");
STREAM(leaf_stream, MODULE, "0]short-reads-leaf");
FUTURE(test_future, MODULE, "0]dropped-reader-test");
FUTURE(leaf_future, MODULE, "0]dropped-reader-leaf");
IMPORT(MODULE, "[async-lower]short-reads-test") uint32_t short_reads_test(uint32_t s, uint32_t *ret);
IMPORT(MODULE, "[async-lower]short-reads-leaf") uint32_t short_reads_leaf(uint32_t s, uint32_t *ret);
IMPORT(MODULE, "[async-lower]dropped-reader-test") uint32_t dropped_reader_test(uint32_t f1, uint32_t f2, uint32_t *ret);
IMPORT(MODULE, "[async-lower]dropped-reader-leaf") uint32_t dropped_reader_leaf(uint32_t f1, uint32_t f2, uint32_t *ret);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

// What there is for the things of one component.
typedef struct {
    uint32_t (*make)(const char *at, size_t len);
    void (*get)(uint32_t thing, string_t *ret);
    void (*drop)(uint32_t thing);
    uint64_t (*new_stream)(void);
    uint32_t (*read_stream)(uint32_t end, void *to, size_t n);
    uint32_t (*write_stream)(uint32_t end, const void *from, size_t n);
    void (*drop_readable_stream)(uint32_t end);
    void (*drop_writable_stream)(uint32_t end);
    uint32_t (*short_reads)(uint32_t s, uint32_t *ret);
    uint64_t (*new_future)(void);
    uint32_t (*read_future)(uint32_t end, void *to);
    uint32_t (*write_future)(uint32_t end, const void *from);
    void (*drop_readable_future)(uint32_t end);
    void (*drop_writable_future)(uint32_t end);
    uint32_t (*dropped_reader)(uint32_t f1, uint32_t f2, uint32_t *ret);
} kind_t;

static const kind_t kinds[] = {
    {
        test_thing, test_thing_get, test_thing_drop,
        test_stream_new, test_stream_read, test_stream_write, test_stream_drop_readable, test_stream_drop_writable,
        short_reads_test,
        test_future_new, test_future_read, test_future_write, test_future_drop_readable, test_future_drop_writable,
        dropped_reader_test,
    },
    {
        leaf_thing, leaf_thing_get, leaf_thing_drop,
        leaf_stream_new, leaf_stream_read, leaf_stream_write, leaf_stream_drop_readable, leaf_stream_drop_writable,
        short_reads_leaf,
        leaf_future_new, leaf_future_read, leaf_future_write, leaf_future_drop_readable, leaf_future_drop_writable,
        dropped_reader_leaf,
    },
};

typedef struct {
    task_t task;
    const kind_t *k;
    subtask_t call;
    uint32_t w, back, code, thing;
    uint32_t things[3];
    size_t sent, got;
    uint32_t p1, p2;
    uint32_t futures[2];
} state_t;

static const char *const texts[] = {"a", "b", "c"};

static void expect(const kind_t *k, uint32_t thing, const char *want) {
    string_t got;
    k->get(thing, &got);
    assert(same_bytes(got.at, got.len, want, strlen(want)));
    free_list(got);
}

static uint32_t steps(state_t *s) {
    STEPS(s);
    for (s->k = kinds; s->k < kinds + 2; s->k++) {
        ends_t x = ends(s->k->new_stream());
        s->w = x.writable;
        s->call = called(s->k->short_reads(x.readable, &s->back));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        for (size_t i = 0; i < 3; i++) s->things[i] = s->k->make(texts[i], 1);
        for (s->sent = 0; s->sent < 3; s->sent += count(s->code)) {
            s->code = s->k->write_stream(s->w, s->things + s->sent, 3 - s->sent);
            SETTLE(&s->code, s->w);
            // Somebody who reads one by one may have taken one or more; the others are still ours.
            assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
            for (size_t i = s->sent + count(s->code); i < 3; i++) expect(s->k, s->things[i], texts[i]);
        }
        s->k->drop_writable_stream(s->w);
        for (s->got = 0; s->got < 3; s->got++) {
            s->code = s->k->read_stream(s->back, &s->thing, 1);
            SETTLE(&s->code, s->back);
            assert(count(s->code) == 1);
            expect(s->k, s->thing, texts[s->got]);
            s->k->drop(s->thing);
        }
        if (outcome(s->code) == COMPLETED) {
            s->code = s->k->read_stream(s->back, &s->thing, 1);
            SETTLE(&s->code, s->back);
            assert(count(s->code) == 0);
        }
        assert(outcome(s->code) == DROPPED);
        s->k->drop_readable_stream(s->back);
    }

    for (s->k = kinds; s->k < kinds + 2; s->k++) {
        ends_t f1 = ends(s->k->new_future()), f2 = ends(s->k->new_future());
        s->p1 = f1.writable;
        s->p2 = f2.writable;
        s->call = called(s->k->dropped_reader(f1.readable, f2.readable, s->futures));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        s->thing = s->k->make("a", 1);
        s->code = s->k->write_future(s->p1, &s->thing);
        SETTLE(&s->code, s->p1);
        assert(s->code == DROPPED);
        s->k->drop_writable_future(s->p1);
        expect(s->k, s->thing, "a");
        s->code = s->k->write_future(s->p2, &s->thing);
        SETTLE(&s->code, s->p2);
        assert(s->code == COMPLETED);
        s->k->drop_writable_future(s->p2);

        s->k->drop_readable_future(s->futures[0]);
        s->code = s->k->read_future(s->futures[1], &s->thing);
        SETTLE(&s->code, s->futures[1]);
        assert(s->code == COMPLETED);
        expect(s->k, s->thing, "a");
        s->k->drop(s->thing);
        s->k->drop_readable_future(s->futures[1]);
    }
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
