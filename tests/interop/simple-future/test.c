// World test in C: reads a future, and closes one.
#include "../c/async.h"

#define NAME(function) "my:test/i#" function

FUTURE(future, "[export]my:test/i", "0]read-future");
IMPORT("[export]my:test/i", "[task-return]read-future") void task_return_read_future(void);
IMPORT("[export]my:test/i", "[task-return]drop-future") void task_return_drop_future(void);

typedef struct {
    task_t task;
    uint32_t x, code;
} state_t;

static uint32_t read_steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->x, NULL);
    SETTLE(&s->code, s->x);
    assert(s->code == COMPLETED);
    future_drop_readable(s->x);
    task_return_read_future();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("read-future")) uint32_t read_future(uint32_t x) { return read_steps(NEW_TASK(state_t, .x = x)); }
CALLBACK(NAME("read-future"), read_future_callback, read_steps)

static uint32_t drop_steps(state_t *s) {
    STEPS(s);
    // The writer has to wait for it.
    YIELD_ONCE();
    future_drop_readable(s->x);
    task_return_drop_future();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("drop-future")) uint32_t drop_future(uint32_t x) { return drop_steps(NEW_TASK(state_t, .x = x)); }
CALLBACK(NAME("drop-future"), drop_future_callback, drop_steps)
