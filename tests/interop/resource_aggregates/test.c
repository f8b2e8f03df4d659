// World test in C: takes resources inside of every other type. A thing is its number, which is kept nowhere.
#include "aggregates.h"

IMPORT("[export]" INTERFACE, "[resource-new]thing") uint32_t new_thing(uint32_t v);
IMPORT("[export]" INTERFACE, "[resource-rep]thing") uint32_t thing_of(uint32_t handle);
IMPORT("[export]" INTERFACE, "[resource-drop]thing") void drop_thing(uint32_t handle);

EXPORT(INTERFACE "#[constructor]thing") uint32_t thing(uint32_t v) { return new_thing(v); }

// The value of a thing that is given.
static uint32_t given(uint32_t handle) {
    uint32_t v = thing_of(handle);
    drop_thing(handle);
    return v;
}

// The sum of all things.
EXPORT(INTERFACE "#foo")
uint32_t foo(arguments_t *a) {
    assert(a->v1.d == 0 && a->v2.d == 0);
    uint32_t sum = given(a->r1) + a->r2 + a->r3.thing1 + given(a->r3.thing2);
    sum += given(a->t1.thing) + given(a->t1.r1) + a->t2 + given(a->v1.thing) + a->v2.thing;
    for (size_t i = 0; i < a->l1.len; i++) sum += given(a->l1.at[i]);
    for (size_t i = 0; i < a->l2.len; i++) sum += a->l2.at[i];
    if (a->o1.d == SOME) sum += given(a->o1.thing);
    if (a->o2.d == SOME) sum += a->o2.thing;
    if (a->result1.d == OK) sum += given(a->result1.thing);
    if (a->result2.d == OK) sum += a->result2.thing;
    free_list(a->l1);
    free_list(a->l2);
    give_back(a);
    assert(taken == 0);
    return sum;
}
