// The arguments of this case's foo: too many to be passed flat, they lie in memory.
#ifndef AGGREGATES_H
#define AGGREGATES_H

#include "../c/interop.h"

#define INTERFACE "test:resource-aggregates/to-test"

// What an own is passed as, and what a borrow is: the handle to whoever imports the resource, and to whoever exports it what
// it is kept in.
typedef struct {
    uint8_t d;
    uint32_t thing;
} maybe_t;

typedef LIST(uint32_t) things_t;

typedef struct {
    uint32_t r1;
    uint32_t r2;                 // lent
    struct {
        uint32_t thing1, thing2; // the first is lent
    } r3;
    struct {
        uint32_t thing, r1;
    } t1;
    uint32_t t2;                 // lent
    maybe_t v1;
    maybe_t v2;                  // lent
    things_t l1;
    things_t l2;                 // lent
    maybe_t o1;
    maybe_t o2;                  // lent
    maybe_t result1;
    maybe_t result2;             // lent
} arguments_t;

enum { NONE, SOME };
enum { OK, ERR };

_Static_assert(offsetof(arguments_t, v1) == 28 && offsetof(arguments_t, o1) == 60 && sizeof(arguments_t) == 92,
               "the canonical layout");

#endif
