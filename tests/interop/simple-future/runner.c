// World runner in C: sends to a function that reads a future, and to one that closes it.
#include "../c/async.h"

FUTURE(future, "my:test/i", "0]read-future");
IMPORT("my:test/i", "[async-lower]read-future") uint32_t read_future(uint32_t x);
IMPORT("my:test/i", "[async-lower]drop-future") uint32_t drop_future(uint32_t x);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    uint32_t w, code;
    subtask_t call;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    // The value is there before the call.
    ends_t x = ends(future_new());
    s->w = x.writable;
    s->code = future_write(s->w, NULL);
    assert(s->code == BLOCKED);
    s->call = called(read_future(x.readable));
    SETTLE(&s->code, s->w);
    assert(s->code == COMPLETED);
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    future_drop_writable(s->w);

    // It comes after the call.
    x = ends(future_new());
    s->w = x.writable;
    s->call = called(read_future(x.readable));
    s->code = future_write(s->w, NULL);
    SETTLE(&s->code, s->w);
    assert(s->code == COMPLETED);
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    future_drop_writable(s->w);

    x = ends(future_new());
    s->w = x.writable;
    s->code = future_write(s->w, NULL);
    assert(s->code == BLOCKED);
    s->call = called(drop_future(x.readable));
    SETTLE(&s->code, s->w);
    assert(s->code == DROPPED);
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    future_drop_writable(s->w);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
