// World runner in C: gives up sending, before and after somebody has read, and sends what nobody reads.
#include "../c/async.h"

FUTURE(future, "my:test/i", "0]read-and-drop");
IMPORT("my:test/i", "take-then-drop") void take_then_drop(uint32_t x);
IMPORT("my:test/i", "[async-lower]read-and-drop") uint32_t read_and_drop(uint32_t x);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    ends_t x;
    uint32_t code;
    subtask_t call;
    string_t text;
} state_t;

// Begins to send a text: nobody reads it yet.
static void send(state_t *s, string_t text) {
    s->text = text;
    s->code = future_write(s->x.writable, &s->text);
    assert(s->code == BLOCKED);
}

static uint32_t steps(state_t *s) {
    STEPS(s);
    // The other side does not want the value.
    s->x = ends(future_new());
    send(s, TEXT("hello"));
    take_then_drop(s->x.readable);
    SETTLE(&s->code, s->x.writable);
    assert(s->code == DROPPED);
    future_drop_writable(s->x.writable);

    // Sending is cancelled, twice. The end is as good as new each time.
    s->x = ends(future_new());
    send(s, TEXT("hello2"));
    assert(future_cancel_write(s->x.writable) == CANCELLED);
    send(s, TEXT("hello3"));
    assert(future_cancel_write(s->x.writable) == CANCELLED);
    send(s, TEXT("hello4"));
    s->call = called(read_and_drop(s->x.readable));
    SETTLE(&s->code, s->x.writable);
    assert(s->code == COMPLETED);
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    future_drop_writable(s->x.writable);

    // The value has gone when sending is cancelled.
    s->x = ends(future_new());
    send(s, TEXT("hello5"));
    s->call = called(read_and_drop(s->x.readable));
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    assert(future_cancel_write(s->x.writable) == COMPLETED);
    future_drop_writable(s->x.writable);

    // The future is closed here, where it was made.
    s->x = ends(future_new());
    send(s, TEXT("hello6"));
    future_drop_readable(s->x.readable);
    SETTLE(&s->code, s->x.writable);
    assert(s->code == DROPPED);
    future_drop_writable(s->x.writable);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
