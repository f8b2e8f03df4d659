// The types of this case as they lie in memory.
#ifndef LISTS_H
#define LISTS_H

#include "../c/interop.h"

#define INTERFACE "test:fixed-length-lists/to-test"

typedef struct {
    uint16_t a[4];
    int16_t b[4];
} minmax16_t;

typedef struct {
    float a[2];
    double b[2];
} minmax_float_t;

typedef struct {
    uint32_t a[2][2];
    int32_t b[2][2];
} nested_t;

typedef struct {
    uint32_t a[2][2];
    int32_t b[4][4];
} large_t;

_Static_assert(sizeof(minmax16_t) == 16 && sizeof(minmax_float_t) == 24 && sizeof(large_t) == 80, "the canonical layout");

#endif
