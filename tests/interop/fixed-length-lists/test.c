// World test in C: takes, makes and returns lists of fixed lengths. A short one is passed as its elements, one after the other.
#include "lists.h"

#define NAME(function) INTERFACE "#" function

EXPORT(NAME("list-param"))
void list_param(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3) { assert(a0 == 1 && a1 == 2 && a2 == 3 && a3 == 4); }

EXPORT(NAME("list-param2"))
void list_param2(uint32_t a00, uint32_t a01, uint32_t a10, uint32_t a11) {
    assert(a00 == 1 && a01 == 2 && a10 == 3 && a11 == 4);
}

// Too many to be passed flat: they lie in memory, which is ours now.
EXPORT(NAME("list-param3"))
void list_param3(int32_t *a) {
    for (int32_t i = 0; i < 20; i++) assert(a[i] == (i % 2 == 0 ? -i - 1 : i + 1));
    give_back(a);
    assert(taken == 0);
}

EXPORT(NAME("list-result"))
uint8_t *list_result(void) {
    static uint8_t result[8] = {'0', '1', 'A', 'B', 'a', 'b', 128, 255};
    return result;
}

EXPORT(NAME("list-minmax16"))
minmax16_t *list_minmax16(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, int32_t b0, int32_t b1, int32_t b2, int32_t b3) {
    static minmax16_t result;
    result = (minmax16_t){
        {(uint16_t)a0, (uint16_t)a1, (uint16_t)a2, (uint16_t)a3}, {(int16_t)b0, (int16_t)b1, (int16_t)b2, (int16_t)b3}};
    assert(a0 == result.a[0] && a1 == result.a[1] && a2 == result.a[2] && a3 == result.a[3]);
    assert(b0 == result.b[0] && b1 == result.b[1] && b2 == result.b[2] && b3 == result.b[3]);
    return &result;
}

EXPORT(NAME("list-minmax-float"))
minmax_float_t *list_minmax_float(float a0, float a1, double b0, double b1) {
    static minmax_float_t result;
    result = (minmax_float_t){{a0, a1}, {b0, b1}};
    return &result;
}

EXPORT(NAME("list-roundtrip"))
uint8_t *list_roundtrip(uint32_t a0, uint32_t a1, uint32_t a2, uint32_t a3, uint32_t a4, uint32_t a5, uint32_t a6, uint32_t a7,
                        uint32_t a8, uint32_t a9, uint32_t a10, uint32_t a11) {
    static uint8_t result[12];
    const uint32_t elements[] = {a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11};
    for (size_t i = 0; i < 12; i++) {
        assert(elements[i] <= UINT8_MAX);
        result[i] = (uint8_t)elements[i];
    }
    return result;
}

EXPORT(NAME("nested-roundtrip"))
nested_t *nested_roundtrip(uint32_t a00, uint32_t a01, uint32_t a10, uint32_t a11, int32_t b00, int32_t b01, int32_t b10, int32_t b11) {
    static nested_t result;
    result = (nested_t){{{a00, a01}, {a10, a11}}, {{b00, b01}, {b10, b11}}};
    return &result;
}

EXPORT(NAME("large-roundtrip"))
large_t *large_roundtrip(large_t *arguments) {
    static large_t result;
    result = *arguments;
    give_back(arguments);
    assert(taken == 0);
    return &result;
}

EXPORT(NAME("nightmare-on-cpp"))
int32_t *nightmare(int32_t a0, int32_t a1, int32_t b0, int32_t b1) {
    static int32_t result[4];
    result[0] = a0, result[1] = a1, result[2] = b0, result[3] = b1;
    return result;
}
