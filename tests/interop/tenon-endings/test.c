// World test in C: ends streams early, on both sides, and calls late.
#include "../c/async.h"

#define INTERFACE "tenon:endings/to-test"
#define NAME(function) INTERFACE "#" function
#define MODULE "[export]" INTERFACE

IMPORT(MODULE, "[resource-new]thing") uint32_t new_thing(uint32_t v);
IMPORT(MODULE, "[resource-rep]thing") uint32_t thing_of(uint32_t handle);
IMPORT(MODULE, "[resource-drop]thing") void drop_thing(uint32_t handle);

// A thing is its number, which is kept nowhere. How many there are is counted.
static uint32_t alive;

static uint32_t make(uint32_t v) {
    alive++;
    return new_thing(v);
}

EXPORT(NAME("[constructor]thing")) uint32_t thing(uint32_t v) { return make(v); }
EXPORT(NAME("[method]thing.get")) uint32_t thing_get(uint32_t v) { return v; }
EXPORT(NAME("[static]thing.alive")) uint32_t thing_alive(void) { return alive; }

EXPORT(NAME("[dtor]thing"))
void thing_dropped(uint32_t v) {
    (void)v;
    alive--;
}

STREAM(take, MODULE, "0]take");
IMPORT(MODULE, "[task-return]take") void return_take(void);

typedef struct {
    task_t task;
    uint32_t s, n, i, thing, code;
} take_t;

static uint32_t take_steps(take_t *s) {
    STEPS(s);
    for (; s->i < s->n; s->i++) {
        s->code = take_read(s->s, &s->thing, 1);
        SETTLE(&s->code, s->s);
        assert(outcome(s->code) == COMPLETED && count(s->code) == 1 && thing_of(s->thing) == s->i);
        drop_thing(s->thing);
    }
    take_drop_readable(s->s);
    return_take();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("take"))
uint32_t take_things(uint32_t s, uint32_t n) { return take_steps(NEW_TASK(take_t, .s = s, .n = n)); }
CALLBACK(NAME("take"), take_callback, take_steps)

STREAM(things, MODULE, "0]count");
FUTURE(taken, MODULE, "1]count");
IMPORT(MODULE, "[task-return]count") void return_count(uint32_t s, uint32_t f);

typedef struct {
    task_t task;
    uint32_t w, promise, taken, code;
    uint32_t four[4];
} count_t;

static uint32_t count_steps(count_t *s) {
    STEPS(s);
    ends_t stream = ends(things_new()), future = ends(taken_new());
    s->w = stream.writable;
    s->promise = future.writable;
    return_count(stream.readable, future.readable);
    do {
        for (uint32_t i = 0; i < 4; i++)
            if (s->four[i] == 0) s->four[i] = make(s->taken + i);
        s->code = things_write(s->w, s->four, 4);
        SETTLE(&s->code, s->w);
        // What was not taken is the beginning of the next four.
        uint32_t n = count(s->code);
        memmove(s->four, s->four + n, (4 - n) * sizeof(s->four[0]));
        memset(s->four + 4 - n, 0, n * sizeof(s->four[0]));
        s->taken += n;
    } while (outcome(s->code) == COMPLETED);
    assert(outcome(s->code) == DROPPED);
    for (size_t i = 0; i < 4; i++)
        if (s->four[i] != 0) drop_thing(s->four[i]);
    things_drop_writable(s->w);
    s->code = taken_write(s->promise, &s->taken);
    SETTLE(&s->code, s->promise);
    assert(s->code == COMPLETED);
    taken_drop_writable(s->promise);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("count")) uint32_t count_things(void) { return count_steps(NEW_TASK(count_t)); }
CALLBACK(NAME("count"), count_callback, count_steps)

IMPORT(MODULE, "[task-return]stubborn") void return_stubborn(const char *at, size_t len);

typedef struct {
    task_t task;
    string_t name;
    int i;
} stubborn_t;

// Takes no notice of being cancelled.
static uint32_t stubborn_steps(stubborn_t *s) {
    STEPS(s);
    for (; s->i < 10; s->i++) {
        YIELD_ONCE();
    }
    return_stubborn(s->name.at, s->name.len);
    free_list(s->name);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("stubborn"))
uint32_t stubborn(char *at, size_t len) { return stubborn_steps(NEW_TASK(stubborn_t, .name = {at, len})); }
CALLBACK(NAME("stubborn"), stubborn_callback, stubborn_steps)

STREAM(bytes, MODULE, "0]give-up");
FUTURE(signal, MODULE, "1]give-up");
IMPORT(MODULE, "[task-return]give-up") void return_give_up(uint32_t sum);

typedef struct {
    task_t task;
    uint32_t s, f, sum, code, signal_code;
    uint8_t buffer[100];
} give_up_t;

static uint32_t give_up_steps(give_up_t *s) {
    STEPS(s);
    s->signal_code = signal_read(s->f, NULL);
    while (s->signal_code == BLOCKED) {
        s->code = bytes_read(s->s, s->buffer, sizeof(s->buffer));
        if (s->code == BLOCKED) {
            PAUSE(wait_for_either(&s->task, s->s, s->f));
            if (s->task.waitable == s->s) {
                s->code = s->task.code;
            } else {
                s->signal_code = s->task.code;
                s->code = bytes_cancel_read(s->s);
            }
        }
        s->sum += count(s->code);
    }
    assert(s->signal_code == COMPLETED);
    signal_drop_readable(s->f);
    bytes_drop_readable(s->s);
    return_give_up(s->sum);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("give-up"))
uint32_t give_up(uint32_t s, uint32_t f) { return give_up_steps(NEW_TASK(give_up_t, .s = s, .f = f)); }
CALLBACK(NAME("give-up"), give_up_callback, give_up_steps)
