// World runner in C: sends records, tuples and flags there and back.
#include "../c/interop.h"

#define MODULE "test:records/to-test"

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

_Static_assert(sizeof(multiple_t) == 4 && offsetof(multiple_t, b) == 2, "the canonical layout");
_Static_assert(sizeof(swapped_t) == 8 && offsetof(swapped_t, b) == 4, "the canonical layout");
_Static_assert(sizeof(flags_t) == 8 && offsetof(flags_t, b) == 2 && offsetof(flags_t, c) == 4, "the canonical layout");

IMPORT(MODULE, "multiple-results") void multiple_results(multiple_t *ret);
IMPORT(MODULE, "swap-tuple") void swap_tuple(uint32_t a, uint32_t b, swapped_t *ret);
IMPORT(MODULE, "roundtrip-flags1") uint32_t roundtrip_flags1(uint32_t a);
IMPORT(MODULE, "roundtrip-flags2") uint32_t roundtrip_flags2(uint32_t a);
IMPORT(MODULE, "roundtrip-flags3") void roundtrip_flags3(uint32_t a, uint32_t b, uint32_t c, flags_t *ret);
IMPORT(MODULE, "roundtrip-record1") void roundtrip_record1(uint32_t a, uint32_t b, r1_t *ret);
IMPORT(MODULE, "tuple1") uint32_t tuple1(uint32_t a);

static void swap(uint8_t a, uint32_t b) {
    swapped_t got;
    swap_tuple(a, b, &got);
    assert(got.a == b && got.b == a);
}

static void flags3(uint8_t a, uint16_t b, uint32_t c) {
    flags_t got;
    roundtrip_flags3(a, b, c, &got);
    assert(got.a == a && got.b == b && got.c == c);
}

static void record(uint8_t a, uint8_t b) {
    r1_t got;
    roundtrip_record1(a, b, &got);
    assert(got.a == a && got.b == b);
}

EXPORT("run")
void run(void) {
    multiple_t results;
    multiple_results(&results);
    assert(results.a == 4 && results.b == 5);
    swap(1, 2);
    swap(0, UINT32_MAX);
    swap(UINT8_MAX, 0);
    assert(tuple1(0) == 0 && tuple1(1) == 1 && tuple1(UINT8_MAX) == UINT8_MAX);

    for (uint32_t f = 0; f < 1 << 2; f++) assert(roundtrip_flags1(f) == f);
    for (uint32_t f = 0; f < 1 << 3; f++) assert(roundtrip_flags2(f) == f);
    flags3(0, 0, 0);
    flags3(1 << 0 | 1 << 7, 1 << 1 | 1 << 15, 1u << 2 | 1u << 31);
    flags3(UINT8_MAX, UINT16_MAX, UINT32_MAX);
    // A bit beyond a type's flags is lost where it is made that type.
    for (int bit = 0; bit < 32; bit++) flags3((uint8_t)(1u << bit), (uint16_t)(1u << bit), 1u << bit);

    record(8, 0);
    record(0, 1);
    record(UINT8_MAX, 3);
}
