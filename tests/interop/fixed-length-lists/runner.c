// World runner in C: sends lists of fixed lengths there and back.
#include "lists.h"

#include <float.h>
#include <math.h>

IMPORT(INTERFACE, "list-param") void list_param(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3);
IMPORT(INTERFACE, "list-param2") void list_param2(uint32_t a00, uint32_t a01, uint32_t a10, uint32_t a11);
IMPORT(INTERFACE, "list-param3") void list_param3(const int32_t *a);
IMPORT(INTERFACE, "list-result") void list_result(uint8_t *ret);
IMPORT(INTERFACE, "list-minmax16")
void list_minmax16(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, int32_t b0, int32_t b1, int32_t b2, int32_t b3, minmax16_t *ret);
IMPORT(INTERFACE, "list-minmax-float") void list_minmax_float(float a0, float a1, double b0, double b1, minmax_float_t *ret);
IMPORT(INTERFACE, "list-roundtrip")
void list_roundtrip(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6, uint32_t a7, uint32_t a8,
                    uint32_t a9, uint32_t a10, uint32_t a11, uint8_t *ret);
IMPORT(INTERFACE, "nested-roundtrip")
void nested_roundtrip(uint32_t a00, uint32_t a01, uint32_t a10, uint32_t a11, int32_t b00, int32_t b01, int32_t b10, int32_t b11,
                      nested_t *ret);
IMPORT(INTERFACE, "large-roundtrip") void large_roundtrip(const large_t *arguments, large_t *ret);
IMPORT(INTERFACE, "nightmare-on-cpp") void nightmare(int32_t a0, int32_t a1, int32_t b0, int32_t b1, int32_t *ret);

static void floats(float a0, float a1, double b0, double b1) {
    minmax_float_t got;
    list_minmax_float(a0, a1, b0, b1, &got);
    assert(got.a[0] == a0 && got.a[1] == a1 && got.b[0] == b0 && got.b[1] == b1);
}

static void bytes(const uint8_t *a) {
    uint8_t got[12];
    list_roundtrip(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], got);
    assert(memcmp(got, a, 12) == 0);
}

EXPORT("run")
void run(void) {
    list_param(1, 2, 3, 4);
    list_param2(1, 2, 3, 4);
    const int32_t twenty[] = {-1, 2, -3, 4, -5, 6, -7, 8, -9, 10, -11, 12, -13, 14, -15, 16, -17, 18, -19, 20};
    list_param3(twenty);
    uint8_t result[8];
    list_result(result);
    assert(memcmp(result, "01ABab\x80\xff", 8) == 0);

    minmax16_t got16;
    list_minmax16(0, 1024, 32768, UINT16_MAX, 1, 2048, INT16_MAX, INT16_MIN, &got16);
    assert(got16.a[0] == 0 && got16.a[1] == 1024 && got16.a[2] == 32768 && got16.a[3] == UINT16_MAX);
    assert(got16.b[0] == 1 && got16.b[1] == 2048 && got16.b[2] == INT16_MAX && got16.b[3] == INT16_MIN);
    floats(2.0f, -42, 0.25, -0.125);
    floats(-FLT_MAX, FLT_MAX, -DBL_MAX, DBL_MAX);
    floats(-INFINITY, INFINITY, -INFINITY, INFINITY);
    bytes((const uint8_t[12]){0});
    bytes((const uint8_t *)"abcdefghi\0\x80\xff");

    const large_t large = {
        {{1, 5}, {0, UINT32_MAX}},
        {{-8, -7, -6, -5}, {-4, -3, -2, -1}, {0, 1, 2, 3}, {INT32_MIN, INT32_MAX, 6, 7}},
    };
    large_t got_large;
    large_roundtrip(&large, &got_large);
    assert(memcmp(&got_large, &large, sizeof(large)) == 0);
    const nested_t nested = {{{1, 5}, {0, UINT32_MAX}}, {{-1, INT32_MAX}, {INT32_MIN, -5}}};
    nested_t got_nested;
    nested_roundtrip(1, 5, 0, UINT32_MAX, -1, INT32_MAX, INT32_MIN, -5, &got_nested);
    assert(memcmp(&got_nested, &nested, sizeof(nested)) == 0);
    int32_t got[4];
    nightmare(1, -1, INT32_MAX, INT32_MIN, got);
    assert(got[0] == 1 && got[1] == -1 && got[2] == INT32_MAX && got[3] == INT32_MIN);
    assert(taken == 0);
}
