// World leaf in C: has a resource whose methods take their time.
#include "../c/async.h"

#define INTERFACE "tenon:async-resources/things"
#define NAME(function) INTERFACE "#" function
#define MODULE "[export]" INTERFACE

typedef struct {
    uint32_t v;
} thing_t;

IMPORT(MODULE, "[resource-new]thing") uint32_t new_thing(thing_t *thing);
IMPORT(MODULE, "[resource-rep]thing") thing_t *thing_of(uint32_t handle);
IMPORT(MODULE, "[resource-drop]thing") void drop_thing(uint32_t handle);
IMPORT(MODULE, "[task-return][method]thing.get") void return_get(uint32_t v);
IMPORT(MODULE, "[task-return][method]thing.set") void return_set(void);
IMPORT(MODULE, "[task-return][static]thing.merge") void return_merge(uint32_t thing);

static uint32_t alive;

static uint32_t make(uint32_t v) {
    thing_t *thing = take(sizeof(thing_t));
    thing->v = v;
    alive++;
    return new_thing(thing);
}

EXPORT(NAME("[dtor]thing"))
void thing_dropped(thing_t *thing) {
    give_back(thing);
    alive--;
}

EXPORT(NAME("[constructor]thing")) uint32_t thing(uint32_t v) { return make(v); }
EXPORT(NAME("[method]thing.get-now")) uint32_t thing_get_now(thing_t *thing) { return thing->v; }
EXPORT(NAME("[static]thing.alive")) uint32_t thing_alive(void) { return alive; }

typedef struct {
    task_t task;
    thing_t *thing; // the caller keeps it until the call has returned
    uint32_t v;
    uint32_t *list;
    size_t len;
} state_t;

static uint32_t get_steps(state_t *s) {
    STEPS(s);
    YIELD_ONCE();
    YIELD_ONCE();
    return_get(s->thing->v);
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("[method]thing.get"))
uint32_t thing_get(thing_t *thing) { return get_steps(NEW_TASK(state_t, .thing = thing)); }
CALLBACK(NAME("[method]thing.get"), thing_get_callback, get_steps)

static uint32_t set_steps(state_t *s) {
    STEPS(s);
    YIELD_ONCE();
    s->thing->v = s->v;
    return_set();
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("[method]thing.set"))
uint32_t thing_set(thing_t *thing, uint32_t v) { return set_steps(NEW_TASK(state_t, .thing = thing, .v = v)); }
CALLBACK(NAME("[method]thing.set"), thing_set_callback, set_steps)

static uint32_t merge_steps(state_t *s) {
    STEPS(s);
    YIELD_ONCE();
    uint32_t sum = 0;
    for (size_t i = 0; i < s->len; i++) {
        sum += thing_of(s->list[i])->v;
        drop_thing(s->list[i]);
    }
    if (s->len > 0) give_back(s->list);
    return_merge(make(sum));
    END_OF_STEPS;
}

EXPORT("[async-lift]" NAME("[static]thing.merge"))
uint32_t thing_merge(uint32_t *list, size_t len) { return merge_steps(NEW_TASK(state_t, .list = list, .len = len)); }
CALLBACK(NAME("[static]thing.merge"), thing_merge_callback, merge_steps)
