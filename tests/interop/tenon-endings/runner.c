// World runner in C: ends streams early, on both sides, and calls late.
#include "../c/async.h"

#define MODULE "tenon:endings/to-test"

IMPORT(MODULE, "[constructor]thing") uint32_t thing(uint32_t v);
IMPORT(MODULE, "[method]thing.get") uint32_t thing_get(uint32_t thing);
IMPORT(MODULE, "[static]thing.alive") uint32_t thing_alive(void);
IMPORT(MODULE, "[resource-drop]thing") void thing_drop(uint32_t thing);

STREAM(take, MODULE, "0]take");
STREAM(things, MODULE, "0]count");
FUTURE(taken, MODULE, "1]count");
STREAM(bytes, MODULE, "0]give-up");
FUTURE(signal, MODULE, "1]give-up");
IMPORT(MODULE, "[async-lower]take") uint32_t take_things(uint32_t s, uint32_t n);
IMPORT(MODULE, "[async-lower]count") uint32_t count_things(uint32_t *ret);
IMPORT(MODULE, "[async-lower]stubborn") uint32_t stubborn(const char *at, size_t len, string_t *ret);
IMPORT(MODULE, "[async-lower]give-up") uint32_t give_up(uint32_t s, uint32_t f, uint32_t *ret);
IMPORT("[export]$root", "[task-return]run") void task_return(void);

typedef struct {
    task_t task;
    size_t part, i, j, sent;
    subtask_t call;
    uint32_t w, code, n;
    uint32_t five[5];
    uint32_t ends[2]; // of a stream and a future
    uint32_t got[3];
    string_t name, result;
    uint32_t signal, sum;
    string_t bytes;
} state_t;

static const uint32_t takes[] = {0, 1, 2, 5};

// Writes five things to a reader that wants fewer.
static uint32_t take_part(void *state) {
    state_t *s = state;
    STEPS(s);
    for (s->i = 0; s->i < 4; s->i++) {
        ends_t x = ends(take_new());
        s->w = x.writable;
        s->call = called(take_things(x.readable, takes[s->i]));
        for (uint32_t i = 0; i < 5; i++) s->five[i] = thing(i);
        s->code = COMPLETED;
        for (s->sent = 0; s->sent < 5 && outcome(s->code) == COMPLETED; s->sent += count(s->code)) {
            s->code = take_write(s->w, s->five + s->sent, 5 - s->sent);
            SETTLE(&s->code, s->w);
        }
        assert(s->sent == takes[s->i]);
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        take_drop_writable(s->w);
        for (uint32_t i = s->sent; i < 5; i++) {
            assert(thing_get(s->five[i]) == i);
            thing_drop(s->five[i]);
        }
        assert(thing_alive() == 0);
    }
    END_OF_PART;
}

static const uint32_t counts[] = {1, 3, 4, 9};

// Reads some things of a stream that has no end.
static uint32_t count_part(void *state) {
    state_t *s = state;
    STEPS(s);
    for (s->i = 0; s->i < 4; s->i++) {
        s->call = called(count_things(s->ends));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        for (s->j = 0; s->j < counts[s->i];) {
            s->n = counts[s->i] - s->j < 3 ? counts[s->i] - s->j : 3;
            s->code = things_read(s->ends[0], s->got, s->n);
            SETTLE(&s->code, s->ends[0]);
            assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
            for (uint32_t i = 0; i < count(s->code); i++) {
                assert(thing_get(s->got[i]) == s->j++);
                thing_drop(s->got[i]);
            }
        }
        things_drop_readable(s->ends[0]);
        s->code = taken_read(s->ends[1], &s->n);
        SETTLE(&s->code, s->ends[1]);
        assert(s->code == COMPLETED && s->n == counts[s->i]);
        taken_drop_readable(s->ends[1]);
        assert(thing_alive() == 0);
    }
    END_OF_PART;
}

// Cancels a call that may return nevertheless, in several states of it.
static uint32_t stubborn_part(void *state) {
    state_t *s = state;
    STEPS(s);
    s->name = repeat(TEXT("name "), 100);
    for (s->i = 0; s->i < 20; s->i++) {
        s->call = called(stubborn(s->name.at, s->name.len, &s->result));
        for (s->j = 0; s->j < s->i; s->j++) {
            YIELD_ONCE();
        }
        if (s->i % 4 == 0) {
            FINISH(&s->call);
            assert(s->call.state == RETURNED);
        } else {
            cancel(&s->call);
        }
        if (s->call.state == RETURNED) {
            assert(same_text(s->result, s->name));
            free_list(s->result);
        } else {
            assert(s->call.state == CANCELLED_BEFORE_RETURNED);
        }
    }
    give_back(s->name.at);
    END_OF_PART;
}

static const string_t portions[] = {TEXT("a"), TEXT("bcd"), TEXT("and so on, and so on, and so on")};
#define SUM (1 + 3 + 31)

// Writes some bytes, and has the other side stop in the middle of a read.
static uint32_t give_up_part(void *state) {
    state_t *s = state;
    STEPS(s);
    ends_t x = ends(bytes_new()), f = ends(signal_new());
    s->w = x.writable;
    s->signal = f.writable;
    s->call = called(give_up(x.readable, f.readable, &s->sum));
    for (s->i = 0; s->i < 3; s->i++) {
        for (s->sent = 0; s->sent < portions[s->i].len; s->sent += count(s->code)) {
            s->code = bytes_write(s->w, portions[s->i].at + s->sent, portions[s->i].len - s->sent);
            SETTLE(&s->code, s->w);
            assert(outcome(s->code) == COMPLETED && count(s->code) > 0);
        }
    }
    s->code = signal_write(s->signal, NULL);
    SETTLE(&s->code, s->signal);
    assert(s->code == COMPLETED);
    signal_drop_writable(s->signal);
    FINISH(&s->call);
    assert(s->call.state == RETURNED && s->sum == SUM);
    assert(bytes_write(s->w, "more", 4) == DROPPED);
    bytes_drop_writable(s->w);
    END_OF_PART;
}

static uint32_t steps(state_t *s) {
    PARTS(s, take_part, count_part, stubborn_part, give_up_part);
    task_return();
    return ended(&s->task);
}

EXPORT("[async-lift]run") uint32_t run(void) { return steps(NEW_TASK(state_t)); }
CALLBACK("run", run_callback, steps)
