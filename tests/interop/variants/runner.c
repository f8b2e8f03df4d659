// World runner in C: sends variants, options, results and enums there and back, with payloads of different types in the same
// flat places.
#include "../c/interop.h"

#include <float.h>
#include <math.h>

#include "variants.h"

#define MODULE "test:variants/to-test"

IMPORT(MODULE, "roundtrip-option") void roundtrip_option(uint32_t some, float a, option_t *ret);
IMPORT(MODULE, "roundtrip-result") void roundtrip_result(uint32_t err, uint32_t a, result_t *ret);
IMPORT(MODULE, "roundtrip-enum") uint32_t roundtrip_enum(uint32_t a);
IMPORT(MODULE, "invert-bool") uint32_t invert_bool(uint32_t a);
IMPORT(MODULE, "variant-casts")
void variant_casts(uint32_t d1, uint64_t p1, uint32_t d2, uint32_t p2, uint32_t d3, uint64_t p3, uint32_t d4, uint64_t p4,
                   uint32_t d5, uint64_t p5, uint32_t d6, uint64_t p6, casts_t *ret);
IMPORT(MODULE, "variant-zeros")
void variant_zeros(uint32_t d1, int32_t p1, uint32_t d2, int64_t p2, uint32_t d3, float p3, uint32_t d4, double p4, zeros_t *ret);
IMPORT(MODULE, "variant-typedefs") void variant_typedefs(uint32_t some, uint32_t a, uint32_t b, uint32_t err, uint32_t c);
IMPORT(MODULE, "variant-enums") void variant_enums(uint32_t a, uint32_t b, uint32_t c, enums_t *ret);

static void options(void) {
    option_t got;
    roundtrip_option(0, 0, &got);
    assert(got.some == 0);
    const uint8_t values[] = {0, 1, 2, 255};
    for (size_t i = 0; i < sizeof(values); i++) {
        roundtrip_option(1, values[i], &got);
        assert(got.some == 1 && got.value == values[i]);
    }
}

static void results(void) {
    result_t got;
    const uint32_t values[] = {0, 2, UINT32_MAX};
    for (size_t i = 0; i < 3; i++) {
        roundtrip_result(0, values[i], &got);
        assert(got.err == 0 && got.value == (double)values[i]);
    }
    const uint8_t failures[] = {0, 5, 255};
    for (size_t i = 0; i < 3; i++) {
        roundtrip_result(1, bits_of_float(failures[i]), &got);
        assert(got.err == 1 && got.failure == failures[i]);
    }
}

// The first case of each variant.
static void casts_a(int32_t s1, int32_t s2, int32_t s3, int64_t s4, int64_t s5, float f6) {
    casts_t got;
    // The upper half of what is narrower than its place is zero.
    variant_casts(0, (uint32_t)s1, 0, (uint32_t)s2, 0, (uint32_t)s3, 0, (uint64_t)s4, 0, (uint64_t)s5, 0, bits_of_float(f6), &got);
    assert(got.c1.b == 0 && got.c1.s32 == s1);
    assert(got.c2.b == 0 && got.c2.s32 == s2);
    assert(got.c3.b == 0 && got.c3.s32 == s3);
    assert(got.c4.b == 0 && got.c4.s64 == s4);
    assert(got.c5.b == 0 && got.c5.s64 == s5);
    assert(got.c6.b == 0 && got.c6.f32 == f6);
}

// The second.
static void casts_b(int64_t s1, float f2, double f3, float f4, double f5, double f6) {
    casts_t got;
    variant_casts(1, (uint64_t)s1, 1, bits_of_float(f2), 1, bits_of_double(f3), 1, bits_of_float(f4), 1, bits_of_double(f5), 1,
                  bits_of_double(f6), &got);
    assert(got.c1.b == 1 && got.c1.s64 == s1);
    assert(got.c2.b == 1 && got.c2.f32 == f2);
    assert(got.c3.b == 1 && got.c3.f64 == f3);
    assert(got.c4.b == 1 && got.c4.f32 == f4);
    assert(got.c5.b == 1 && got.c5.f64 == f5);
    assert(got.c6.b == 1 && got.c6.f64 == f6);
}

static void zeros(uint32_t d1, int32_t p1, uint32_t d2, int64_t p2, uint32_t d3, float p3, uint32_t d4, double p4) {
    zeros_t got;
    variant_zeros(d1, p1, d2, p2, d3, p3, d4, p4, &got);
    assert(got.z1.b == d1 && (d1 || got.z1.a == p1));
    assert(got.z2.b == d2 && (d2 || got.z2.a == p2));
    assert(got.z3.b == d3 && (d3 || got.z3.a == p3));
    assert(got.z4.b == d4 && (d4 || got.z4.a == p4));
}

static void others(void) {
    variant_typedefs(0, 0, 0, 1, 0);
    variant_typedefs(1, 42, 1, 0, 42);
    for (uint32_t result = 0; result < 2; result++) {
        for (uint32_t errno = 0; errno < 3; errno++) {
            enums_t got;
            variant_enums(1, result, errno, &got);
            assert(got.a == 1 && got.b == result && got.c == errno);
        }
    }
}

EXPORT("run")
void run(void) {
    options();
    results();
    for (uint32_t e = 0; e < 2; e++) assert(roundtrip_enum(e) == e);
    assert(invert_bool(1) == 0 && invert_bool(0) == 1);
    casts_a(1, 2, 3, 4, 5, 6);
    casts_b(1, 2, 3, 4, 5, 6);
    casts_a(-1, INT32_MIN, -3, INT64_MIN, -5, -0.5f);
    casts_b(INT64_MIN, -FLT_MAX, DBL_TRUE_MIN, -INFINITY, INFINITY, -DBL_MAX);
    zeros(0, 1, 0, 2, 0, 3, 0, 4);
    zeros(0, -1, 0, -2, 0, -3, 0, -4);
    zeros(1, 0, 0, 0, 1, 0, 0, 0);
    zeros(1, 0, 1, 0, 1, 0, 1, 0);
    others();
}
