// World test in C: gives up reading futures, before and after it has begun to.
#include "../c/async.h"

#define NAME(function) "my:test/i#" function

FUTURE(future, "[export]my:test/i", "0]cancel-before-read");
FUTURE(signal, "[export]my:test/i", "1]start-read-then-cancel");
IMPORT("[export]my:test/i", "[task-return]cancel-before-read") void return_cancel_before_read(void);
IMPORT("[export]my:test/i", "[task-return]cancel-after-read") void return_cancel_after_read(void);
IMPORT("[export]my:test/i", "[task-return]start-read-then-cancel") void return_start_read_then_cancel(void);

typedef struct {
    task_t task;
    uint32_t data, signal, value, code, signal_code;
} state_t;

static uint32_t before_steps(state_t *s) {
    STEPS(s);
    future_drop_readable(s->data);
    return_cancel_before_read();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("cancel-before-read"))
uint32_t cancel_before_read(uint32_t x) { return before_steps(NEW_TASK(state_t, .data = x)); }
CALLBACK(NAME("cancel-before-read"), cancel_before_read_callback, before_steps)

static uint32_t after_steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->data, &s->value);
    assert(s->code == BLOCKED);
    YIELD_ONCE();
    s->code = future_cancel_read(s->data);
    assert(s->code == CANCELLED);
    // The end can be read again, and that can be cancelled at once.
    s->code = future_read(s->data, &s->value);
    assert(s->code == BLOCKED);
    s->code = future_cancel_read(s->data);
    assert(s->code == CANCELLED);
    future_drop_readable(s->data);
    return_cancel_after_read();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("cancel-after-read"))
uint32_t cancel_after_read(uint32_t x) { return after_steps(NEW_TASK(state_t, .data = x)); }
CALLBACK(NAME("cancel-after-read"), cancel_after_read_callback, after_steps)

// The data has come before the signal does.
static uint32_t signal_steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->data, &s->value);
    s->signal_code = signal_read(s->signal, NULL);
    SETTLE(&s->signal_code, s->signal);
    assert(s->signal_code == COMPLETED);
    if (s->code == BLOCKED) s->code = future_cancel_read(s->data);
    assert(s->code == COMPLETED && s->value == 4);
    future_drop_readable(s->data);
    signal_drop_readable(s->signal);
    return_start_read_then_cancel();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("start-read-then-cancel"))
uint32_t start_read_then_cancel(uint32_t data, uint32_t signal) {
    return signal_steps(NEW_TASK(state_t, .data = data, .signal = signal));
}

CALLBACK(NAME("start-read-then-cancel"), start_read_then_cancel_callback, signal_steps)
