// World runner in C: sends values to functions that give up reading them, one of them too late.
#include "../c/async.h"

FUTURE(future, "my:test/i", "0]cancel-before-read");
FUTURE(signal, "my:test/i", "1]start-read-then-cancel");
IMPORT("my:test/i", "[async-lower]cancel-before-read") uint32_t cancel_before_read(uint32_t x);
IMPORT("my:test/i", "[async-lower]cancel-after-read") uint32_t cancel_after_read(uint32_t x);
IMPORT("my:test/i", "[async-lower]start-read-then-cancel") uint32_t start_read_then_cancel(uint32_t data, uint32_t signal);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    uint32_t w, signal, value, code;
    subtask_t call;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    ends_t x = ends(future_new());
    s->w = x.writable;
    s->call = called(cancel_before_read(x.readable));
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    assert(future_write(s->w, &s->value) == DROPPED);
    future_drop_writable(s->w);

    x = ends(future_new());
    s->w = x.writable;
    s->call = called(cancel_after_read(x.readable));
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    assert(future_write(s->w, &s->value) == DROPPED);
    future_drop_writable(s->w);

    x = ends(future_new());
    s->w = x.writable;
    ends_t y = ends(signal_new());
    s->signal = y.writable;
    s->call = called(start_read_then_cancel(x.readable, y.readable));
    s->value = 4;
    s->code = future_write(s->w, &s->value);
    SETTLE(&s->code, s->w);
    assert(s->code == COMPLETED);
    s->code = signal_write(s->signal, NULL);
    SETTLE(&s->code, s->signal);
    assert(s->code == COMPLETED);
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    future_drop_writable(s->w);
    signal_drop_writable(s->signal);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
