// World runner in C: reads and closes futures of its own that were away.
#include "../c/async.h"

FUTURE(future, "a:b/the-test", "0]set");
IMPORT("a:b/the-test", "set") void set(uint32_t param);
IMPORT("a:b/the-test", "get") uint32_t get(void);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    ends_t x;
    uint32_t read_code, write_code;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    // The value is sent while the future is with the other side, and arrives when it has come back.
    s->x = ends(future_new());
    set(s->x.readable);
    s->write_code = future_write(s->x.writable, NULL);
    assert(s->write_code == BLOCKED);
    s->x.readable = get();
    s->read_code = future_read(s->x.readable, NULL);
    SETTLE(&s->read_code, s->x.readable);
    assert(s->read_code == COMPLETED);
    SETTLE(&s->write_code, s->x.writable);
    assert(s->write_code == COMPLETED);
    future_drop_readable(s->x.readable);
    future_drop_writable(s->x.writable);

    // The future comes back and is closed before anything is sent.
    s->x = ends(future_new());
    set(s->x.readable);
    future_drop_readable(get());
    assert(future_write(s->x.writable, NULL) == DROPPED);
    future_drop_writable(s->x.writable);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
