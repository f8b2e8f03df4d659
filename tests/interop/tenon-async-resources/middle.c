// World middle in C: is lent and given another component's things, and calls their methods, which takes time. What it is lent it
// must drop before it returns.
#include "../c/async.h"

#define NAME(function) "tenon:async-resources/users#" function
#define MODULE "[export]tenon:async-resources/users"
#define THINGS "tenon:async-resources/things"

IMPORT(THINGS, "[async-lower][method]thing.get") uint32_t thing_get(uint32_t thing, uint32_t *ret);
IMPORT(THINGS, "[method]thing.get-now") uint32_t thing_get_now(uint32_t thing);
IMPORT(THINGS, "[resource-drop]thing") void thing_drop(uint32_t thing);

FUTURE(future, MODULE, "0]later");
IMPORT(MODULE, "[task-return]sum") void return_sum(uint32_t sum);
IMPORT(MODULE, "[task-return]greater") void return_greater(uint32_t some, uint32_t thing);
IMPORT(MODULE, "[task-return]even") void return_even(uint32_t err, uint32_t v_or_thing);
IMPORT(MODULE, "[task-return]later") void return_later(uint32_t v);

typedef struct {
    task_t task;
    uint32_t a, f, code, v, sum;
    subtask_t call;
    uint32_t *others;
    size_t len, i;
    bool lent;
} state_t;

static uint32_t sum_steps(state_t *s) {
    STEPS(s);
    s->call = called(thing_get(s->a, &s->sum));
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    thing_drop(s->a);
    for (; s->i < s->len; s->i++) {
        s->call = called(thing_get(s->others[s->i], &s->v));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        thing_drop(s->others[s->i]);
        s->sum += s->v;
    }
    if (s->len > 0) give_back(s->others);
    return_sum(s->sum);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("sum"))
uint32_t sum(uint32_t a, uint32_t *others, size_t len) { return sum_steps(NEW_TASK(state_t, .a = a, .others = others, .len = len)); }
CALLBACK(NAME("sum"), sum_callback, sum_steps)

static uint32_t greater_steps(state_t *s) {
    STEPS(s);
    if (s->lent) {
        s->call = called(thing_get(s->a, &s->v));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        thing_drop(s->a);
        if (s->v > thing_get_now(s->others[0])) {
            thing_drop(s->others[0]);
            s->len = 0;
        }
    }
    return_greater((uint32_t)s->len, s->others[0]);
    give_back(s->others);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("greater"))
uint32_t greater(uint32_t some, uint32_t lent, uint32_t given) {
    uint32_t *others = take(sizeof(uint32_t));
    others[0] = given;
    assert(some <= 1);
    return greater_steps(NEW_TASK(state_t, .a = lent, .lent = some, .others = others, .len = 1));
}
CALLBACK(NAME("greater"), greater_callback, greater_steps)

static uint32_t even_steps(state_t *s) {
    STEPS(s);
    s->call = called(thing_get(s->a, &s->v));
    FINISH(&s->call);
    assert(s->call.state == RETURNED);
    if (s->v % 2 != 0) {
        return_even(1, s->a);
    } else {
        thing_drop(s->a);
        return_even(0, s->v);
    }
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("even")) uint32_t even(uint32_t a) { return even_steps(NEW_TASK(state_t, .a = a)); }
CALLBACK(NAME("even"), even_callback, even_steps)

static uint32_t later_steps(state_t *s) {
    STEPS(s);
    s->code = future_read(s->f, NULL);
    SETTLE(&s->code, s->f);
    if (s->code == BLOCKED) s->code = future_cancel_read(s->f);
    future_drop_readable(s->f);
    if (s->code == COMPLETED) {
        s->call = called(thing_get(s->a, &s->v));
        FINISH(&s->call);
        assert(s->call.state == RETURNED);
        thing_drop(s->a);
        return_later(s->v);
    } else {
        assert(s->code == CANCELLED);
        thing_drop(s->a);
        task_cancel();
    }
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("later"))
uint32_t later(uint32_t a, uint32_t f) { return later_steps(NEW_TASK(state_t, .a = a, .f = f)); }
CALLBACK(NAME("later"), later_callback, later_steps)
