// World test in C: takes a string from a future, or closes the future.
#include "../c/async.h"

#define NAME(function) "my:test/i#" function

FUTURE(future, "[export]my:test/i", "0]read-and-drop");
IMPORT("[export]my:test/i", "[task-return]read-and-drop") void task_return(void);

EXPORT(NAME("take-then-drop"))
void take_then_drop(uint32_t x) { future_drop_readable(x); }

typedef struct {
    task_t task;
    uint32_t x, code;
    string_t text;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->x, &s->text);
    SETTLE(&s->code, s->x);
    assert(s->code == COMPLETED);
    assert(same_text(s->text, TEXT("hello4")) || same_text(s->text, TEXT("hello5")));
    free_list(s->text);
    future_drop_readable(s->x);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("read-and-drop")) uint32_t read_and_drop(uint32_t x) { return steps(NEW_TASK(state_t, .x = x)); }
CALLBACK(NAME("read-and-drop"), read_and_drop_callback, steps)
