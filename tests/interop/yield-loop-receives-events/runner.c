// World runner in C: waits for one call.
#include "../c/async.h"

IMPORT("test:common/i-runner", "[async-lower]f") uint32_t f(void);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    subtask_t call;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    s->call = called(f());
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
