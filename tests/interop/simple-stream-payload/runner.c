// World runner in C: writes bytes in portions that are not the reader's, and then one that the reader does not want.
#include "../c/async.h"

STREAM(stream, "my:test/i", "0]read-stream");
IMPORT("my:test/i", "[async-lower]read-stream") uint32_t read_stream(uint32_t x);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    uint32_t w, code;
    subtask_t call;
    size_t portion, sent;
} state_t;

// How many of the bytes 0, 1, 2, 3 and 4 have been written when a portion has.
static const size_t portions[] = {1, 3, 5};
static const uint8_t bytes[] = {0, 1, 2, 3, 4};

static uint32_t steps(state_t *s) {
    STEPS(s);
    ends_t x = ends(stream_new());
    s->w = x.writable;
    s->call = called(read_stream(x.readable));
    for (; s->portion < 3; s->portion++) {
        while (s->sent < portions[s->portion]) {
            s->code = stream_write(s->w, bytes + s->sent, portions[s->portion] - s->sent);
            SETTLE(&s->code, s->w);
            s->sent += count(s->code);
            assert(count(s->code) > 0 && (outcome(s->code) == COMPLETED || s->sent == sizeof(bytes)));
        }
    }
    if (outcome(s->code) == COMPLETED) {
        s->code = stream_write(s->w, bytes, 1);
        SETTLE(&s->code, s->w);
        assert(outcome(s->code) == DROPPED && count(s->code) == 0);
    }
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    stream_drop_writable(s->w);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
