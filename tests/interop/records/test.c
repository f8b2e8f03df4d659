// World test in C: takes, makes and returns records, tuples and flags.
#include "../c/interop.h"

#define NAME(function) "test:records/to-test#" function

typedef struct {
    uint8_t a;
    uint16_t b;
} multiple_t;

typedef struct {
    uint32_t a;
    uint8_t b;
} swapped_t;

typedef struct {
    uint8_t a;
    uint16_t b;
    uint32_t c;
} flags_t;

typedef struct {
    uint8_t a, b;
} r1_t;

EXPORT(NAME("multiple-results"))
multiple_t *multiple_results(void) {
    static multiple_t result = {4, 5};
    return &result;
}

EXPORT(NAME("swap-tuple"))
swapped_t *swap_tuple(uint32_t a, uint32_t b) {
    static swapped_t result;
    assert(a <= UINT8_MAX);
    result = (swapped_t){b, (uint8_t)a};
    return &result;
}

EXPORT(NAME("roundtrip-flags1"))
uint32_t roundtrip_flags1(uint32_t a) {
    assert(a < 1 << 2);
    return a;
}

EXPORT(NAME("roundtrip-flags2"))
uint32_t roundtrip_flags2(uint32_t a) {
    assert(a < 1 << 3);
    return a;
}

EXPORT(NAME("roundtrip-flags3"))
flags_t *roundtrip_flags3(uint32_t a, uint32_t b, uint32_t c) {
    static flags_t result;
    assert(a <= UINT8_MAX && b <= UINT16_MAX);
    result = (flags_t){(uint8_t)a, (uint16_t)b, c};
    return &result;
}

EXPORT(NAME("roundtrip-record1"))
r1_t *roundtrip_record1(uint32_t a, uint32_t b) {
    static r1_t result;
    assert(a <= UINT8_MAX && b < 1 << 2);
    result = (r1_t){(uint8_t)a, (uint8_t)b};
    return &result;
}

EXPORT(NAME("tuple1"))
uint32_t tuple1(uint32_t a) {
    assert(a <= UINT8_MAX);
    return a;
}
