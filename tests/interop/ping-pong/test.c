// World test in C: reads strings from futures; promises one of them, followed by another, and returns one.
#include "../c/async.h"

#define NAME(function) "my:test/i#" function

FUTURE(future, "[export]my:test/i", "0]ping");
IMPORT("[export]my:test/i", "[task-return]ping") void return_ping(uint32_t future);
IMPORT("[export]my:test/i", "[task-return]pong") void return_pong(const char *at, size_t len);

typedef struct {
    task_t task;
    uint32_t x, w, code;
    string_t text, y;
} state_t;

static uint32_t ping_steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->x, &s->text);
    SETTLE(&s->code, s->x);
    assert(s->code == COMPLETED && is_text(s->text) && is_text(s->y));
    future_drop_readable(s->x);

    string_t both = {take(s->text.len + s->y.len), s->text.len + s->y.len};
    memcpy(both.at, s->text.at, s->text.len);
    memcpy(both.at + s->text.len, s->y.at, s->y.len);
    free_list(s->text);
    free_list(s->y);
    s->text = both;
    ends_t promise = ends(future_new());
    s->w = promise.writable;
    return_ping(promise.readable);
    // What was promised is sent when the call has long returned.
    s->code = future_write(s->w, &s->text);
    SETTLE(&s->code, s->w);
    assert(s->code == COMPLETED);
    future_drop_writable(s->w);
    give_back(s->text.at);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("ping"))
uint32_t ping(uint32_t x, char *at, size_t len) { return ping_steps(NEW_TASK(state_t, .x = x, .y = {at, len})); }
CALLBACK(NAME("ping"), ping_callback, ping_steps)

static uint32_t pong_steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->x, &s->text);
    SETTLE(&s->code, s->x);
    assert(s->code == COMPLETED && is_text(s->text));
    future_drop_readable(s->x);
    return_pong(s->text.at, s->text.len);
    free_list(s->text);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("pong")) uint32_t pong(uint32_t x) { return pong_steps(NEW_TASK(state_t, .x = x)); }
CALLBACK(NAME("pong"), pong_callback, pong_steps)
