// World test in C: takes and returns variants, options, results and enums.
#include "../c/interop.h"

#include "variants.h"

#define NAME(function) "test:variants/to-test#" function

EXPORT(NAME("roundtrip-option"))
option_t *roundtrip_option(uint32_t some, float a) {
    static option_t result;
    assert(some <= 1);
    result = (option_t){(uint8_t)some, some ? (uint8_t)a : 0};
    return &result;
}

EXPORT(NAME("roundtrip-result"))
result_t *roundtrip_result(uint32_t err, uint32_t a) {
    static result_t result;
    assert(err <= 1);
    result.err = (uint8_t)err;
    if (err)
        result.failure = (uint8_t)float_of(a);
    else
        result.value = (double)a;
    return &result;
}

EXPORT(NAME("roundtrip-enum"))
uint32_t roundtrip_enum(uint32_t a) {
    assert(a < 2);
    return a;
}

EXPORT(NAME("invert-bool"))
uint32_t invert_bool(uint32_t a) {
    assert(a <= 1);
    return !a;
}

// What is passed is as wide as the widest of a variant's cases. What is not a number is passed as its bits.
EXPORT(NAME("variant-casts"))
casts_t *variant_casts(uint32_t d1, uint64_t p1, uint32_t d2, uint32_t p2, uint32_t d3, uint64_t p3, uint32_t d4, uint64_t p4,
                       uint32_t d5, uint64_t p5, uint32_t d6, uint64_t p6) {
    static casts_t result;
    assert(d1 <= 1 && d2 <= 1 && d3 <= 1 && d4 <= 1 && d5 <= 1 && d6 <= 1);
    memset(&result, 0xaa, sizeof(result));
    result.c1.b = (uint8_t)d1;
    if (d1) result.c1.s64 = (int64_t)p1; else result.c1.s32 = (int32_t)p1;
    result.c2.b = (uint8_t)d2;
    if (d2) result.c2.f32 = float_of(p2); else result.c2.s32 = (int32_t)p2;
    result.c3.b = (uint8_t)d3;
    if (d3) result.c3.f64 = double_of(p3); else result.c3.s32 = (int32_t)p3;
    result.c4.b = (uint8_t)d4;
    if (d4) result.c4.f32 = float_of((uint32_t)p4); else result.c4.s64 = (int64_t)p4;
    result.c5.b = (uint8_t)d5;
    if (d5) result.c5.f64 = double_of(p5); else result.c5.s64 = (int64_t)p5;
    result.c6.b = (uint8_t)d6;
    if (d6) result.c6.f64 = double_of(p6); else result.c6.f32 = float_of((uint32_t)p6);
    return &result;
}

EXPORT(NAME("variant-zeros"))
zeros_t *variant_zeros(uint32_t d1, int32_t p1, uint32_t d2, int64_t p2, uint32_t d3, float p3, uint32_t d4, double p4) {
    static zeros_t result;
    assert(d1 <= 1 && d2 <= 1 && d3 <= 1 && d4 <= 1);
    memset(&result, 0xaa, sizeof(result));
    result.z1.b = (uint8_t)d1;
    result.z2.b = (uint8_t)d2;
    result.z3.b = (uint8_t)d3;
    result.z4.b = (uint8_t)d4;
    if (!d1) result.z1.a = p1;
    if (!d2) result.z2.a = p2;
    if (!d3) result.z3.a = p3;
    if (!d4) result.z4.a = p4;
    return &result;
}

// Called with some, true and ok together, or with none of them.
EXPORT(NAME("variant-typedefs"))
void variant_typedefs(uint32_t some, uint32_t a, uint32_t b, uint32_t err, uint32_t c) {
    assert(some <= 1 && b == some && err == !some);
    if (some) assert(a == 42 && c == 42);
}

EXPORT(NAME("variant-enums"))
enums_t *variant_enums(uint32_t a, uint32_t b, uint32_t c) {
    static enums_t result;
    assert(a <= 1 && b <= 1 && c <= 2);
    result = (enums_t){(uint8_t)a, (uint8_t)b, (uint8_t)c};
    return &result;
}
