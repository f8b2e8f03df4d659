// World middle in C: yields until a call that goes on next to it has ended. It never waits for the call's event, but asks for
// it.
#include "../c/async.h"

#define NAME "test:common/i-runner#f"

IMPORT("test:common/i-middle", "[async-lower]f") uint32_t middle_f(void);
IMPORT("[export]test:common/i-runner", "[task-return]f") void task_return(void);

// What has happened to one of a set, if anything.
typedef struct {
    uint32_t waitable, code;
} event_t;

IMPORT("$root", "[waitable-set-poll]") uint32_t waitable_set_poll(uint32_t set, event_t *event);

typedef struct {
    task_t task;
    subtask_t call;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    s->call = called(middle_f());
    assert(s->call.state == STARTED);
    s->task.set = waitable_set_new();
    waitable_join(s->call.handle, s->task.set);
    while (s->call.state != RETURNED) {
        YIELD_ONCE();
        event_t event;
        switch (waitable_set_poll(s->task.set, &event)) {
        case SUBTASK:
            assert(event.waitable == s->call.handle);
            s->call.state = event.code;
            break;
        default:
            break;
        }
    }
    waitable_join(s->call.handle, 0);
    drop_subtask(&s->call);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME) uint32_t f(void) { return steps(NEW_TASK(state_t)); }
CALLBACK(NAME, f_callback, steps)
