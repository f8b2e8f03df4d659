// World test in C: returns numbers, and keeps one. Numbers narrower than their place are extended by their sign, if any.
#include "../c/interop.h"

#define NAME(function) "test:numbers/numbers#" function

EXPORT(NAME("roundtrip-u8"))
uint32_t roundtrip_u8(uint32_t a) {
    assert(a == (uint8_t)a);
    return a;
}

EXPORT(NAME("roundtrip-s8"))
int32_t roundtrip_s8(int32_t a) {
    assert(a == (int8_t)a);
    return a;
}

EXPORT(NAME("roundtrip-u16"))
uint32_t roundtrip_u16(uint32_t a) {
    assert(a == (uint16_t)a);
    return a;
}

EXPORT(NAME("roundtrip-s16"))
int32_t roundtrip_s16(int32_t a) {
    assert(a == (int16_t)a);
    return a;
}

EXPORT(NAME("roundtrip-u32")) uint32_t roundtrip_u32(uint32_t a) { return a; }
EXPORT(NAME("roundtrip-s32")) int32_t roundtrip_s32(int32_t a) { return a; }
EXPORT(NAME("roundtrip-u64")) uint64_t roundtrip_u64(uint64_t a) { return a; }
EXPORT(NAME("roundtrip-s64")) int64_t roundtrip_s64(int64_t a) { return a; }
EXPORT(NAME("roundtrip-f32")) float roundtrip_f32(float a) { return a; }
EXPORT(NAME("roundtrip-f64")) double roundtrip_f64(double a) { return a; }

EXPORT(NAME("roundtrip-char"))
uint32_t roundtrip_char(uint32_t a) {
    assert(a <= 0x10ffff && !(a >= 0xd800 && a < 0xe000));
    return a;
}

static uint32_t scalar;

EXPORT(NAME("set-scalar")) void set_scalar(uint32_t a) { scalar = a; }
EXPORT(NAME("get-scalar")) uint32_t get_scalar(void) { return scalar; }
