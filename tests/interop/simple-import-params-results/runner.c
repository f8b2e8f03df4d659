// World runner in C: calls asynchronous functions, first one after the other, then all at once, then some as if they were
// synchronous.
#include "../c/async.h"

#define MODULE "a:b/i"

IMPORT(MODULE, "[async-lower]one-argument") uint32_t one_argument(uint32_t x);
IMPORT(MODULE, "[async-lower]one-result") uint32_t one_result(uint32_t *ret);
IMPORT(MODULE, "[async-lower]one-argument-and-result") uint32_t one_argument_and_result(uint32_t x, uint32_t *ret);
IMPORT(MODULE, "[async-lower]two-arguments") uint32_t two_arguments(uint32_t x, uint32_t y);
IMPORT(MODULE, "[async-lower]two-arguments-and-result")
uint32_t two_arguments_and_result(uint32_t x, uint32_t y, uint32_t *ret);

IMPORT(MODULE, "one-argument") void one_argument_now(uint32_t x);
IMPORT(MODULE, "one-result") uint32_t one_result_now(void);
IMPORT(MODULE, "two-arguments-and-result") uint32_t two_arguments_and_result_now(uint32_t x, uint32_t y);

IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    int i;
    subtask_t calls[5];
    uint32_t results[5];
} state_t;

static uint32_t begin(state_t *s, int i) {
    switch (i) {
    case 0: return one_argument(1);
    case 1: return one_result(&s->results[1]);
    case 2: return one_argument_and_result(3, &s->results[2]);
    case 3: return two_arguments(5, 6);
    default: return two_arguments_and_result(7, 8, &s->results[4]);
    }
}

static void check_results(state_t *s) {
    for (int i = 0; i < 5; i++) assert(s->calls[i].state == RETURNED);
    assert(s->results[1] == 2 && s->results[2] == 4 && s->results[4] == 9);
    memset(s->results, 0, sizeof(s->results));
}

static uint32_t steps(state_t *s) {
    STEPS(s);
    for (s->i = 0; s->i < 5; s->i++) {
        s->calls[s->i] = called(begin(s, s->i));
        FINISH(&s->calls[s->i]);
    }
    check_results(s);

    for (int i = 0; i < 5; i++) s->calls[i] = called(begin(s, i));
    for (s->i = 4; s->i >= 0; s->i--) {
        FINISH(&s->calls[s->i]);
    }
    check_results(s);

    one_argument_now(1);
    assert(one_result_now() == 2);
    assert(two_arguments_and_result_now(7, 8) == 9);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
