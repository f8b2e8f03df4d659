// World runner in C: writes one item, two, and then two that the reader does not want.
#include "../c/async.h"

STREAM(stream, "my:test/i", "0]read-stream");
IMPORT("my:test/i", "[async-lower]read-stream") uint32_t read_stream(uint32_t x);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    uint32_t w, code;
    subtask_t call;
    size_t want, sent;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    ends_t x = ends(stream_new());
    s->w = x.writable;
    s->call = called(read_stream(x.readable));
    for (s->want = 1; s->want <= 2; s->want++) {
        for (s->sent = 0; s->sent < s->want; s->sent += count(s->code)) {
            s->code = stream_write(s->w, NULL, s->want - s->sent);
            SETTLE(&s->code, s->w);
            assert(count(s->code) > 0);
        }
        assert(s->sent == s->want);
    }
    // The reader may have gone already when it took the last one.
    if (outcome(s->code) == COMPLETED) {
        s->code = stream_write(s->w, NULL, 2);
        SETTLE(&s->code, s->w);
        assert(count(s->code) == 0);
    }
    assert(outcome(s->code) == DROPPED);
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    stream_drop_writable(s->w);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
