// World test in C: takes one item, then two, and closes the stream.
#include "../c/async.h"

#define NAME "my:test/i#read-stream"

STREAM(stream, "[export]my:test/i", "0]read-stream");
IMPORT("[export]my:test/i", "[task-return]read-stream") void task_return(void);

typedef struct {
    task_t task;
    uint32_t x, code;
    size_t want, got;
} state_t;

static uint32_t steps(state_t *s) {
    STEPS(s);
    for (s->want = 1; s->want <= 2; s->want++) {
        for (s->got = 0; s->got < s->want; s->got += count(s->code)) {
            // Items without a payload take no memory.
            s->code = stream_read(s->x, NULL, s->want - s->got);
            SETTLE(&s->code, s->x);
            assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
        }
        assert(s->got == s->want);
    }
    stream_drop_readable(s->x);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME) uint32_t read_stream(uint32_t x) { return steps(NEW_TASK(state_t, .x = x)); }
CALLBACK(NAME, read_stream_callback, steps)
