// World runner in C: passes resources inside of every other type, given and lent.
#include "aggregates.h"

// How many things a call takes.
#define COUNT 17

IMPORT(INTERFACE, "[constructor]thing") uint32_t thing(uint32_t v);
IMPORT(INTERFACE, "[resource-drop]thing") void thing_drop(uint32_t thing);
IMPORT(INTERFACE, "foo") uint32_t foo(const arguments_t *arguments);

// The things that a call is lent; it keeps the others.
static const size_t lent[] = {1, 2, 6, 8, 11, 12, 14, 16};

static uint32_t call(const uint32_t *values) {
    uint32_t t[COUNT];
    for (size_t i = 0; i < COUNT; i++) t[i] = thing(values[i]);
    const arguments_t arguments = {
        .r1 = t[0],
        .r2 = t[1],
        .r3 = {t[2], t[3]},
        .t1 = {t[4], t[5]},
        .t2 = t[6],
        .v1 = {0, t[7]},
        .v2 = {0, t[8]},
        .l1 = {&t[9], 2},
        .l2 = {&t[11], 2},
        .o1 = {SOME, t[13]},
        .o2 = {SOME, t[14]},
        .result1 = {OK, t[15]},
        .result2 = {OK, t[16]},
    };
    uint32_t sum = foo(&arguments);
    // What was lent is still here.
    for (size_t i = 0; i < sizeof(lent) / sizeof(lent[0]); i++) thing_drop(t[lent[i]]);
    return sum;
}

// Passes as few things as the types allow; one of them in all places that it can be lent in.
static uint32_t few(uint32_t value, bool everywhere) {
    uint32_t one = thing(value);
    uint32_t often[] = {one, one, one};
    const arguments_t arguments = {
        .r1 = thing(0),
        .r2 = one,
        .r3 = {one, thing(0)},
        .t1 = {thing(0), thing(0)},
        .t2 = one,
        .v1 = {0, thing(0)},
        .v2 = {0, one},
        .l2 = {often, everywhere ? 3 : 0},
        .o2 = {everywhere ? SOME : NONE, one},
        .result1 = {ERR, 0},
        .result2 = {everywhere ? OK : ERR, one},
    };
    uint32_t sum = foo(&arguments);
    thing_drop(one);
    return sum;
}

EXPORT("run")
void run(void) {
    uint32_t values[COUNT], sum = 0;
    for (uint32_t i = 0; i < COUNT; i++) {
        values[i] = i * 10;
        sum += values[i];
    }
    assert(call(values) == sum);
    assert(call(values) == sum);
    // Every thing counts.
    for (size_t i = 0; i < COUNT; i++) {
        values[i] += 1000;
        assert(call(values) == sum + 1000);
        values[i] -= 1000;
    }
    assert(few(7, true) == 9 * 7);
    assert(few(7, false) == 4 * 7);
}
