// The types of this case as they lie in memory, and what turns their numbers into bits.
#ifndef VARIANTS_H
#define VARIANTS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    uint8_t some, value;
} option_t;

typedef struct {
    uint8_t err;
    union {
        double value;
        uint8_t failure;
    };
} result_t;

// A variant of two cases: b says whether it is the second.
#define VARIANT(...)     \
    struct {             \
        uint8_t b;       \
        union {          \
            __VA_ARGS__  \
        };               \
    }

typedef struct {
    VARIANT(int32_t s32; int64_t s64;) c1;
    VARIANT(int32_t s32; float f32;) c2;
    VARIANT(int32_t s32; double f64;) c3;
    VARIANT(int64_t s64; float f32;) c4;
    VARIANT(int64_t s64; double f64;) c5;
    VARIANT(float f32; double f64;) c6;
} casts_t;

// Variants whose second case has no payload.
typedef struct {
    VARIANT(int32_t a;) z1;
    VARIANT(int64_t a;) z2;
    VARIANT(float a;) z3;
    VARIANT(double a;) z4;
} zeros_t;

typedef struct {
    uint8_t a, b, c;
} enums_t;

_Static_assert(sizeof(result_t) == 16 && offsetof(result_t, value) == 8, "the canonical layout");
_Static_assert(offsetof(casts_t, c2) == 16 && offsetof(casts_t, c3) == 24 && sizeof(casts_t) == 88, "the canonical layout");
_Static_assert(offsetof(zeros_t, z2) == 8 && offsetof(zeros_t, z4) == 32 && sizeof(zeros_t) == 48, "the canonical layout");

static inline float float_of(uint32_t bits) {
    float f;
    memcpy(&f, &bits, sizeof(f));
    return f;
}

static inline double double_of(uint64_t bits) {
    double d;
    memcpy(&d, &bits, sizeof(d));
    return d;
}

static inline uint32_t bits_of_float(float f) {
    uint32_t bits;
    memcpy(&bits, &f, sizeof(bits));
    return bits;
}

static inline uint64_t bits_of_double(double d) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof(bits));
    return bits;
}

#endif
