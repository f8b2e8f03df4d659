// World test in C: takes 0, then 1 and 2 together, then 3 and 4 one by one, and closes the stream.
#include "../c/async.h"

#define NAME "my:test/i#read-stream"

STREAM(stream, "[export]my:test/i", "0]read-stream");
IMPORT("[export]my:test/i", "[task-return]read-stream") void task_return(void);

typedef struct {
    task_t task;
    uint32_t x, code;
    size_t portion, got;
    uint8_t bytes[2];
} state_t;

static const bytes_t portions[] = {
    {(uint8_t[]){0}, 1},
    {(uint8_t[]){1, 2}, 2},
    {(uint8_t[]){3}, 1},
    {(uint8_t[]){4}, 1},
};

static uint32_t steps(state_t *s) {
    STEPS(s);
    for (; s->portion < 4; s->portion++) {
        for (s->got = 0; s->got < portions[s->portion].len; s->got += count(s->code)) {
            s->code = stream_read(s->x, s->bytes + s->got, portions[s->portion].len - s->got);
            SETTLE(&s->code, s->x);
            assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
        }
        assert(memcmp(s->bytes, portions[s->portion].at, portions[s->portion].len) == 0);
    }
    stream_drop_readable(s->x);
    task_return();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME) uint32_t read_stream(uint32_t x) { return steps(NEW_TASK(state_t, .x = x)); }
CALLBACK(NAME, read_stream_callback, steps)
