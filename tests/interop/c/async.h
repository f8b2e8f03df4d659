// Asynchronous calls, exports, streams and futures.
//
// An export's function, and its callback whenever something has happened, run the same function: a sequence of steps over what
// the task remembers, its state, which begins with a task_t. Where the sequence must wait it returns to the host, and goes on
// from there when it is called again. So nothing that is needed after a wait may be in a local variable.
#ifndef ASYNC_H
#define ASYNC_H

#include "interop.h"

// What an export and its callback return, together with a set of waitables.
enum { EXIT, YIELD, WAIT };
// What a callback is told.
enum { NO_EVENT, SUBTASK, STREAM_READ, STREAM_WRITE, FUTURE_READ, FUTURE_WRITE, TASK_CANCELLED };
// How far a call has come.
enum { STARTING, STARTED, RETURNED, CANCELLED_BEFORE_STARTED, CANCELLED_BEFORE_RETURNED };
// How a read or a write has ended, with the number of elements in the upper bits; it has not if it is BLOCKED.
enum { COMPLETED, DROPPED, CANCELLED };
#define BLOCKED UINT32_MAX

IMPORT("$root", "[waitable-set-new]") uint32_t waitable_set_new(void);
IMPORT("$root", "[waitable-set-drop]") void waitable_set_drop(uint32_t set);
IMPORT("$root", "[waitable-join]") void waitable_join(uint32_t waitable, uint32_t set);
IMPORT("$root", "[context-get-0]") void *context_get(void);
IMPORT("$root", "[context-set-0]") void context_set(void *context);
IMPORT("$root", "[subtask-drop]") void subtask_drop(uint32_t subtask);
IMPORT("$root", "[subtask-cancel]") uint32_t subtask_cancel(uint32_t subtask);
IMPORT("$root", "[backpressure-inc]") void backpressure_inc(void);
IMPORT("$root", "[backpressure-dec]") void backpressure_dec(void);
IMPORT("[export]$root", "[task-cancel]") void task_cancel(void);

// The built-ins of a type. The key says which of a function's types it is, as in "0]read-stream".
#define FUTURE(name, module, key)                                                                            \
    IMPORT(module, "[future-new-" key) uint64_t name##_new(void);                                            \
    IMPORT(module, "[async-lower][future-read-" key) uint32_t name##_read(uint32_t end, void *to);           \
    IMPORT(module, "[async-lower][future-write-" key) uint32_t name##_write(uint32_t end, const void *from); \
    IMPORT(module, "[future-cancel-read-" key) uint32_t name##_cancel_read(uint32_t end);                    \
    IMPORT(module, "[future-cancel-write-" key) uint32_t name##_cancel_write(uint32_t end);                  \
    IMPORT(module, "[future-drop-readable-" key) void name##_drop_readable(uint32_t end);                    \
    IMPORT(module, "[future-drop-writable-" key) void name##_drop_writable(uint32_t end)

#define STREAM(name, module, key)                                                                                      \
    IMPORT(module, "[stream-new-" key) uint64_t name##_new(void);                                                      \
    IMPORT(module, "[async-lower][stream-read-" key) uint32_t name##_read(uint32_t end, void *to, size_t n);           \
    IMPORT(module, "[async-lower][stream-write-" key) uint32_t name##_write(uint32_t end, const void *from, size_t n); \
    IMPORT(module, "[stream-cancel-read-" key) uint32_t name##_cancel_read(uint32_t end);                              \
    IMPORT(module, "[stream-cancel-write-" key) uint32_t name##_cancel_write(uint32_t end);                            \
    IMPORT(module, "[stream-drop-readable-" key) void name##_drop_readable(uint32_t end);                              \
    IMPORT(module, "[stream-drop-writable-" key) void name##_drop_writable(uint32_t end)

// Both ends of what was just made.
typedef struct {
    uint32_t readable, writable;
} ends_t;

static inline ends_t ends(uint64_t made) { return (ends_t){(uint32_t)made, (uint32_t)(made >> 32)}; }

static inline uint32_t outcome(uint32_t code) { return code & 0xf; }
static inline uint32_t count(uint32_t code) { return code >> 4; }

// A task's state begins with it.
typedef struct {
    int at;            // where its steps go on
    uint32_t set;      // its set, if it has waited
    uint32_t awaited;  // the one that is in the set
    uint32_t other;    // another one, if it waits for either
    uint32_t event;    // what the callback was last told
    uint32_t waitable;
    uint32_t code;
} task_t;

// A state, all zero but for what it is told here, and the current task's own.
#define NEW_TASK(type, ...) ((type *)new_task(&(type){__VA_ARGS__}, sizeof(type)))

static inline void *new_task(const void *state, size_t size) {
    void *t = take(size);
    memcpy(t, state, size);
    context_set(t);
    return t;
}

// The current task's state, when its callback was called.
static inline void *resumed(uint32_t event, uint32_t waitable, uint32_t code) {
    task_t *t = context_get();
    bool other = t->other != 0 && waitable == t->other;
    assert(event == NO_EVENT || event == TASK_CANCELLED || waitable == t->awaited || other);
    if (t->awaited != 0) waitable_join(t->awaited, 0);
    if (t->other != 0) waitable_join(t->other, 0);
    t->awaited = t->other = 0;
    t->event = event;
    t->waitable = waitable;
    t->code = code;
    return t;
}

// The callback of the export with this name, whose steps it runs.
#define CALLBACK(name, function, steps)                                  \
    EXPORT("[callback][async-lift]" name)                                \
    uint32_t function(uint32_t event, uint32_t waitable, uint32_t code) { \
        return steps(resumed(event, waitable, code));                    \
    }

static inline uint32_t wait_for(task_t *t, uint32_t waitable) {
    if (t->set == 0) t->set = waitable_set_new();
    waitable_join(waitable, t->set);
    t->awaited = waitable;
    return WAIT | t->set << 4;
}

static inline uint32_t wait_for_either(task_t *t, uint32_t one, uint32_t other) {
    uint32_t result = wait_for(t, one);
    waitable_join(other, t->set);
    t->other = other;
    return result;
}

static inline uint32_t ended(task_t *t) {
    if (t->set != 0) waitable_set_drop(t->set);
    give_back(t);
    return EXIT;
}

// The steps of a function that is given a state and returns what the host is told. Not more than one of the following on a
// line, as they are found by it again.
#define STEPS(state)               \
    task_t *const task_ = &(state)->task; \
    switch (task_->at) {           \
    case 0:

#define END_OF_STEPS \
    }                \
    return ended(task_)

// The same at the end of a part of a task's steps: the next part begins where PARTS says.
#define END_OF_PART \
    }               \
    task_->at = 0;  \
    return EXIT

// The parts that a task's steps consist of, one after the other; its state counts them.
#define PARTS(state, ...)                                                               \
    do {                                                                                \
        uint32_t (*const parts[])(void *) = {__VA_ARGS__};                              \
        for (; (state)->part < sizeof(parts) / sizeof(parts[0]); (state)->part++) {     \
            uint32_t what = parts[(state)->part](state);                                \
            if (what != EXIT) return what;                                              \
        }                                                                               \
    } while (0)

// Returns to the host, and goes on when it has called again.
#define PAUSE(what)            \
    do {                       \
        task_->at = __LINE__;  \
        return (what);         \
    case __LINE__:;            \
    } while (0)

#define YIELD_ONCE() PAUSE(YIELD)

// Waits until a read or write has ended, unless it did at once. If the task is cancelled, the code is still BLOCKED.
#define SETTLE(result, end)                                          \
    if (*(result) == BLOCKED) {                                      \
        PAUSE(wait_for(task_, end));                                 \
        if (task_->event != TASK_CANCELLED) *(result) = task_->code; \
    }

// A call that was made.
typedef struct {
    uint32_t handle, state;
} subtask_t;

static inline subtask_t called(uint32_t status) { return (subtask_t){status >> 4, status & 0xf}; }

static inline void drop_subtask(subtask_t *s) {
    if (s->handle != 0) subtask_drop(s->handle);
    s->handle = 0;
}

// Waits until a call has ended.
#define FINISH(subtask)                                 \
    while ((subtask)->state < RETURNED) {               \
        PAUSE(wait_for(task_, (subtask)->handle));      \
        assert(task_->event == SUBTASK);                \
        (subtask)->state = task_->code;                 \
    }                                                   \
    drop_subtask(subtask)

// Cancels a call, which is over then. Nothing else runs here until the other side has seen to it.
static inline void cancel(subtask_t *s) {
    s->state = subtask_cancel(s->handle);
    assert(s->state >= RETURNED);
    drop_subtask(s);
}

#endif
