// World runner in C: cancels calls in every state that they can be in.
#include "../c/async.h"

FUTURE(future, "my:test/i", "0]pending-import");
IMPORT("my:test/i", "[async-lower]pending-import") uint32_t pending_import(uint32_t x);
IMPORT("my:test/i", "backpressure-set") void backpressure_set(uint32_t x);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    ends_t x;
    subtask_t subtask;
    uint32_t code;
} call_t;

typedef struct {
    task_t task;
    int i;
    call_t one, other;
} state_t;

static void begin(call_t *c) {
    c->x = ends(future_new());
    c->subtask = called(pending_import(c->x.readable));
}

// Nobody reads any more what a call was to be given.
static void expect_unread(call_t *c) {
    assert(future_write(c->x.writable, NULL) == DROPPED);
    future_drop_writable(c->x.writable);
}

#define YIELD_OFTEN(s)                       \
    for ((s)->i = 0; (s)->i < 5; (s)->i++) { \
        YIELD_ONCE();                        \
    }

static uint32_t steps(state_t *s) {
    STEPS(s);
    // A call is cancelled while it is under way.
    begin(&s->one);
    assert(s->one.subtask.state == STARTED);
    YIELD_OFTEN(s);
    cancel(&s->one.subtask);
    assert(s->one.subtask.state == CANCELLED_BEFORE_RETURNED);
    expect_unread(&s->one);

    // A call is cancelled as soon as it is made.
    begin(&s->one);
    cancel(&s->one.subtask);
    assert(s->one.subtask.state == CANCELLED_BEFORE_RETURNED);
    expect_unread(&s->one);

    // One call has started and one has not when they are cancelled. What the latter was to get is ours again.
    begin(&s->one);
    backpressure_set(1);
    begin(&s->other);
    assert(s->other.subtask.state == STARTING);
    cancel(&s->other.subtask);
    assert(s->other.subtask.state == CANCELLED_BEFORE_STARTED);
    future_drop_readable(s->other.x.readable);
    cancel(&s->one.subtask);
    assert(s->one.subtask.state == CANCELLED_BEFORE_RETURNED);
    backpressure_set(0);
    expect_unread(&s->one);
    expect_unread(&s->other);

    // The cancellation comes when the call has returned.
    begin(&s->one);
    s->one.code = future_write(s->one.x.writable, NULL);
    SETTLE(&s->one.code, s->one.x.writable);
    assert(s->one.code == COMPLETED);
    future_drop_writable(s->one.x.writable);
    YIELD_OFTEN(s);
    cancel(&s->one.subtask);
    assert(s->one.subtask.state == RETURNED);

    // The cancellation comes when the call has just been let in.
    begin(&s->one);
    backpressure_set(1);
    begin(&s->other);
    assert(s->other.subtask.state == STARTING);
    backpressure_set(0);
    YIELD_OFTEN(s);
    cancel(&s->other.subtask);
    assert(s->other.subtask.state == CANCELLED_BEFORE_RETURNED);
    expect_unread(&s->other);
    s->one.code = future_write(s->one.x.writable, NULL);
    SETTLE(&s->one.code, s->one.x.writable);
    assert(s->one.code == COMPLETED);
    FINISH(&s->one.subtask);
    assert(s->one.subtask.state == RETURNED);
    future_drop_writable(s->one.x.writable);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
