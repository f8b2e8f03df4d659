// World test in C: waits for a future, can be cancelled meanwhile, and lets in no calls while it is told so.
#include "../c/async.h"

#define NAME "my:test/i#pending-import"

FUTURE(future, "[export]my:test/i", "0]pending-import");
IMPORT("[export]my:test/i", "[task-return]pending-import") void task_return(void);

typedef struct {
    task_t task;
    uint32_t x, code;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->x, NULL);
    SETTLE(&s->code, s->x);
    if (s->code == BLOCKED) {
        assert(s->task.event == TASK_CANCELLED);
        // The value may have come just now.
        s->code = future_cancel_read(s->x);
        assert(s->code == CANCELLED || s->code == COMPLETED);
    }
    future_drop_readable(s->x);
    if (s->code == COMPLETED)
        task_return();
    else
        task_cancel();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME) uint32_t pending_import(uint32_t x) { return steps(NEW_TASK(state_t, .x = x)); }
CALLBACK(NAME, pending_import_callback, steps)

EXPORT("my:test/i#backpressure-set")
void backpressure_set(uint32_t x) {
    static bool set;
    assert(x <= 1);
    if (x && !set) backpressure_inc();
    if (!x && set) backpressure_dec();
    set = x;
}
