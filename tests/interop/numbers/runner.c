// World runner in C: sends numbers there and back, the least and greatest of each type among them.
#include "../c/interop.h"

#include <float.h>
#include <math.h>

#define MODULE "test:numbers/numbers"

IMPORT(MODULE, "roundtrip-u8") uint32_t roundtrip_u8(uint32_t a);
IMPORT(MODULE, "roundtrip-s8") int32_t roundtrip_s8(int32_t a);
IMPORT(MODULE, "roundtrip-u16") uint32_t roundtrip_u16(uint32_t a);
IMPORT(MODULE, "roundtrip-s16") int32_t roundtrip_s16(int32_t a);
IMPORT(MODULE, "roundtrip-u32") uint32_t roundtrip_u32(uint32_t a);
IMPORT(MODULE, "roundtrip-s32") int32_t roundtrip_s32(int32_t a);
IMPORT(MODULE, "roundtrip-u64") uint64_t roundtrip_u64(uint64_t a);
IMPORT(MODULE, "roundtrip-s64") int64_t roundtrip_s64(int64_t a);
IMPORT(MODULE, "roundtrip-f32") float roundtrip_f32(float a);
IMPORT(MODULE, "roundtrip-f64") double roundtrip_f64(double a);
IMPORT(MODULE, "roundtrip-char") uint32_t roundtrip_char(uint32_t a);
IMPORT(MODULE, "set-scalar") void set_scalar(uint32_t a);
IMPORT(MODULE, "get-scalar") uint32_t get_scalar(void);

// What comes back is compared as the whole of its place: it must have been extended as its type asks for.
#define THERE_AND_BACK(call, type, ...)                                               \
    do {                                                                              \
        static const type values[] = {__VA_ARGS__};                                   \
        for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)               \
            assert(call(values[i]) == values[i]);                                     \
    } while (0)

EXPORT("run")
void run(void) {
    THERE_AND_BACK(roundtrip_u8, uint32_t, 0, 1, 127, 128, UINT8_MAX);
    THERE_AND_BACK(roundtrip_s8, int32_t, 0, 1, -1, INT8_MIN, INT8_MAX);
    THERE_AND_BACK(roundtrip_u16, uint32_t, 0, 1, 32768, UINT16_MAX);
    THERE_AND_BACK(roundtrip_s16, int32_t, 0, 1, -1, INT16_MIN, INT16_MAX);
    THERE_AND_BACK(roundtrip_u32, uint32_t, 0, 1, 1u << 31, UINT32_MAX);
    THERE_AND_BACK(roundtrip_s32, int32_t, 0, 1, -1, INT32_MIN, INT32_MAX);
    THERE_AND_BACK(roundtrip_u64, uint64_t, 0, 1, 1ull << 63, UINT64_MAX);
    THERE_AND_BACK(roundtrip_s64, int64_t, 0, 1, -1, INT64_MIN, INT64_MAX);
    THERE_AND_BACK(roundtrip_f32, float, 0, 1, -1, FLT_MAX, -FLT_MAX, FLT_TRUE_MIN, INFINITY, -INFINITY);
    THERE_AND_BACK(roundtrip_f64, double, 0, 1, -1, DBL_MAX, -DBL_MAX, DBL_TRUE_MIN, INFINITY, -INFINITY);
    THERE_AND_BACK(roundtrip_char, uint32_t, 0, 'a', ' ', 0x20ac, 0xd7ff, 0xe000, 0xfffd, 0x1f680, 0x10ffff);

    assert(isnan(roundtrip_f32(NAN)));
    assert(isnan(roundtrip_f64(NAN)));
    assert(signbit(roundtrip_f64(-0.0)));

    const uint32_t scalars[] = {2, 4, 0, UINT32_MAX};
    for (size_t i = 0; i < 4; i++) {
        set_scalar(scalars[i]);
        assert(get_scalar() == scalars[i] && get_scalar() == scalars[i]);
    }
}
