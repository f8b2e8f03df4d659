// World leaf in C: returns when it has yielded twice.
#include "../c/async.h"

#define NAME "test:common/i-middle#f"

IMPORT("[export]test:common/i-middle", "[task-return]f") void task_return(void);

typedef struct {
    task_t task;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    YIELD_ONCE();
    YIELD_ONCE();
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME) uint32_t f(void) { return steps(NEW_TASK(state_t)); }
CALLBACK(NAME, f_callback, steps)
