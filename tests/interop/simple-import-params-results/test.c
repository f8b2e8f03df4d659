// World test in C: asynchronous functions with the values that their callers agree on. Some return at once, some later, and
// two are no different from synchronous ones.
#include "../c/async.h"

#define NAME(function) "a:b/i#" function

IMPORT("[export]a:b/i", "[task-return]one-argument") void return_one_argument(void);
IMPORT("[export]a:b/i", "[task-return]one-result") void return_one_result(uint32_t result);
IMPORT("[export]a:b/i", "[task-return]two-arguments-and-result") void return_two_arguments_and_result(uint32_t result);

typedef struct {
    task_t task;
} state_t;

static uint32_t one_argument_steps(state_t *s) {
    STEPS(s);
    YIELD_ONCE();
    return_one_argument();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("one-argument"))
uint32_t one_argument(uint32_t x) {
    assert(x == 1);
    return one_argument_steps(NEW_TASK(state_t));
}

CALLBACK(NAME("one-argument"), one_argument_callback, one_argument_steps)

static uint32_t one_result_steps(state_t *s) {
    STEPS(s);
    YIELD_ONCE();
    return_one_result(2);
    // A task may go on when it has returned.
    YIELD_ONCE();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("one-result")) uint32_t one_result(void) { return one_result_steps(NEW_TASK(state_t)); }
CALLBACK(NAME("one-result"), one_result_callback, one_result_steps)

EXPORT(NAME("one-argument-and-result"))
uint32_t one_argument_and_result(uint32_t x) {
    assert(x == 3);
    return 4;
}

EXPORT(NAME("two-arguments"))
void two_arguments(uint32_t x, uint32_t y) { assert(x == 5 && y == 6); }

static uint32_t nothing_more(state_t *s) { return ended(&s->task); }

EXPORT("[async-lift]" NAME("two-arguments-and-result"))
uint32_t two_arguments_and_result(uint32_t x, uint32_t y) {
    assert(x == 7 && y == 8);
    return_two_arguments_and_result(9);
    return nothing_more(NEW_TASK(state_t));
}

CALLBACK(NAME("two-arguments-and-result"), two_arguments_and_result_callback, nothing_more)
