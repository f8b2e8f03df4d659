// World runner in C: sends a string to ping, and what ping promises to pong.
#include "../c/async.h"

FUTURE(future, "my:test/i", "0]ping");
IMPORT("my:test/i", "[async-lower]ping") uint32_t ping(uint32_t x, const char *at, size_t len, uint32_t *ret);
IMPORT("my:test/i", "[async-lower]pong") uint32_t pong(uint32_t x, string_t *ret);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    uint32_t w, code, promised;
    subtask_t call;
    string_t text, got;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    ends_t x = ends(future_new());
    s->w = x.writable;
    s->call = called(ping(x.readable, "world", 5, &s->promised));
    s->text = TEXT("hello");
    s->code = future_write(s->w, &s->text);
    SETTLE(&s->code, s->w);
    assert(s->code == COMPLETED);
    future_drop_writable(s->w);
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    s->code = future_read(s->promised, &s->text);
    SETTLE(&s->code, s->promised);
    assert(s->code == COMPLETED && same_text(s->text, TEXT("helloworld")));
    future_drop_readable(s->promised);

    x = ends(future_new());
    s->w = x.writable;
    // This time, the value is there before the call.
    s->code = future_write(s->w, &s->text);
    assert(s->code == BLOCKED);
    s->call = called(pong(x.readable, &s->got));
    SETTLE(&s->code, s->w);
    assert(s->code == COMPLETED);
    future_drop_writable(s->w);
    FINISH(&s->call);
    assert(s->call.state == RETURNED && same_text(s->got, TEXT("helloworld")));
    free_list(s->text);
    free_list(s->got);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
