// World runner in C: lends and gives things to calls that take their time, and cancels one of them.
#include "../c/async.h"

#define THINGS "tenon:async-resources/things"
#define USERS "tenon:async-resources/users"

IMPORT(THINGS, "[constructor]thing") uint32_t thing(uint32_t v);
IMPORT(THINGS, "[async-lower][method]thing.get") uint32_t thing_get(uint32_t thing, uint32_t *ret);
IMPORT(THINGS, "[method]thing.get-now") uint32_t thing_get_now(uint32_t thing);
IMPORT(THINGS, "[async-lower][method]thing.set") uint32_t thing_set(uint32_t thing, uint32_t v);
IMPORT(THINGS, "[async-lower][static]thing.merge") uint32_t thing_merge(const uint32_t *at, size_t len, uint32_t *ret);
IMPORT(THINGS, "[static]thing.alive") uint32_t thing_alive(void);
IMPORT(THINGS, "[resource-drop]thing") void thing_drop(uint32_t thing);

typedef struct {
    uint8_t some;
    uint32_t thing;
} option_t;

typedef struct {
    uint8_t err;
    uint32_t v_or_thing;
} result_t;

FUTURE(future, USERS, "0]later");
IMPORT(USERS, "[async-lower]sum") uint32_t sum(uint32_t a, const uint32_t *others, size_t len, uint32_t *ret);
IMPORT(USERS, "[async-lower]greater") uint32_t greater(uint32_t some, uint32_t lent, uint32_t given, option_t *ret);
IMPORT(USERS, "[async-lower]even") uint32_t even(uint32_t a, result_t *ret);
IMPORT(USERS, "[async-lower]later") uint32_t later(uint32_t a, uint32_t f, uint32_t *ret);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

#define CALLS 4

typedef struct {
    task_t task;
    size_t part, i;
    subtask_t call, calls[CALLS];
    uint32_t v, sums[CALLS];
    uint32_t one, others[3];
    option_t option;
    result_t result;
    ends_t f;
    uint32_t code;
} state_t;

// Waits until a call has returned. One on a line, as always.
#define RETURNS(s)    \
    FINISH(&(s)->call); \
    assert((s)->call.state == RETURNED)

static uint32_t methods(void *state) {
    state_t *s = state;
    STEPS(s);
    s->others[0] = thing(1);
    s->others[1] = thing(2);
    s->call = called(thing_get(s->others[0], &s->v));
    RETURNS(s);
    assert(s->v == 1);
    s->call = called(thing_set(s->others[1], 20));
    RETURNS(s);
    s->call = called(thing_get(s->others[1], &s->v));
    RETURNS(s);
    assert(s->v == 20 && thing_alive() == 2);
    s->call = called(thing_merge(s->others, 2, &s->one));
    RETURNS(s);
    assert(thing_get_now(s->one) == 21 && thing_alive() == 1);
    thing_drop(s->one);
    s->call = called(thing_merge(NULL, 0, &s->one));
    RETURNS(s);
    assert(thing_get_now(s->one) == 0);
    thing_drop(s->one);
    assert(thing_alive() == 0);
    END_OF_PART;
}

// Lends the same things to several calls at once, one of them twice.
static uint32_t sums(void *state) {
    state_t *s = state;
    STEPS(s);
    s->others[0] = thing(20);
    s->others[1] = thing(300);
    s->others[2] = s->one = thing(1);
    for (size_t i = 0; i < CALLS; i++) s->calls[i] = called(sum(s->one, s->others, 3, &s->sums[i]));
    for (s->i = 0; s->i < CALLS; s->i++) {
        FINISH(&s->calls[s->i]);
        assert(s->calls[s->i].state == RETURNED && s->sums[s->i] == 322);
    }
    s->call = called(sum(s->others[0], NULL, 0, &s->v));
    RETURNS(s);
    assert(s->v == 20 && thing_alive() == 3);
    for (size_t i = 0; i < 3; i++) thing_drop(s->others[i]);
    assert(thing_alive() == 0);
    END_OF_PART;
}

static uint32_t greaters(void *state) {
    state_t *s = state;
    STEPS(s);
    s->call = called(greater(0, 0, thing(5), &s->option));
    RETURNS(s);
    assert(s->option.some == 1);
    s->others[0] = thing(4);
    s->others[1] = thing(6);
    s->call = called(greater(1, s->others[0], s->option.thing, &s->option));
    RETURNS(s);
    assert(s->option.some == 1 && thing_get_now(s->option.thing) == 5);
    s->call = called(greater(1, s->others[1], s->option.thing, &s->option));
    RETURNS(s);
    assert(s->option.some == 0 && thing_alive() == 2);
    thing_drop(s->others[0]);
    thing_drop(s->others[1]);
    assert(thing_alive() == 0);
    END_OF_PART;
}

static uint32_t evens(void *state) {
    state_t *s = state;
    STEPS(s);
    s->call = called(even(thing(8), &s->result));
    RETURNS(s);
    assert(s->result.err == 0 && s->result.v_or_thing == 8 && thing_alive() == 0);
    s->call = called(even(thing(9), &s->result));
    RETURNS(s);
    assert(s->result.err == 1 && thing_get_now(s->result.v_or_thing) == 9);
    thing_drop(s->result.v_or_thing);
    assert(thing_alive() == 0);
    END_OF_PART;
}

static uint32_t laters(void *state) {
    state_t *s = state;
    STEPS(s);
    s->one = thing(7);
    s->f = ends(future_new());
    s->call = called(later(s->one, s->f.readable, &s->v));
    s->code = future_write(s->f.writable, NULL);
    SETTLE(&s->code, s->f.writable);
    assert(s->code == COMPLETED);
    future_drop_writable(s->f.writable);
    RETURNS(s);
    assert(s->v == 7);

    // What was lent to a call that is cancelled comes back: it can be dropped.
    s->f = ends(future_new());
    s->call = called(later(s->one, s->f.readable, &s->v));
    for (s->i = 0; s->i < 5; s->i++) {
        YIELD_ONCE();
    }
    cancel(&s->call);
    assert(s->call.state == CANCELLED_BEFORE_RETURNED);
    assert(future_write(s->f.writable, NULL) == DROPPED);
    future_drop_writable(s->f.writable);
    assert(thing_get_now(s->one) == 7);
    thing_drop(s->one);
    assert(thing_alive() == 0);
    END_OF_PART;
}

static uint32_t steps(state_t *s) {
    PARTS(s, methods, sums, greaters, evens, laters);
    task_return();
    return ended(&s->task);
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
