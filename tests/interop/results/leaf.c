// World leaf in C: fails in every way that its functions can, for small numbers.
#include "results.h"

#define NAME(function) INTERFACE "#" function

// What is not written of a result keeps whatever was there before: nobody may look at it.
#define FRESH(type)                         \
    static type result;                     \
    memset(&result, 0xaa, sizeof(result))

EXPORT(NAME("string-error"))
string_error_t *string_error(float a) {
    FRESH(string_error_t);
    result.err = a == 0;
    if (result.err)
        result.failure = copy_text(TEXT("zero"));
    else
        result.value = a;
    return &result;
}

EXPORT(NAME("enum-error"))
enum_error_t *enum_error(float a) {
    FRESH(enum_error_t);
    result.err = a == 0;
    if (result.err)
        result.failure = E_A;
    else
        result.value = a;
    return &result;
}

EXPORT(NAME("record-error"))
record_error_t *record_error(float a) {
    FRESH(record_error_t);
    result.err = a == 0 || a == 1;
    if (a == 0)
        result.failure = (e2_t){420, 0};
    else if (a == 1)
        result.failure = (e2_t){77, 2};
    else
        result.value = a;
    return &result;
}

EXPORT(NAME("variant-error"))
variant_error_t *variant_error(float a) {
    FRESH(variant_error_t);
    result.err = a == 0 || a == 1 || a == 2;
    if (!result.err) {
        result.value = a;
        return &result;
    }
    result.failure.is_e2 = a == 0;
    if (a == 0)
        result.failure.e2 = (e2_t){420, 0};
    else
        result.failure.e1 = a == 1 ? E_B : E_C;
    return &result;
}

EXPORT(NAME("empty-error"))
empty_error_t *empty_error(uint32_t a) {
    FRESH(empty_error_t);
    result.err = a == 0;
    if (a > 0) result.value = a == 1 ? 42 : a;
    return &result;
}

EXPORT(NAME("double-error"))
double_error_t *double_error(uint32_t a) {
    FRESH(double_error_t);
    result.err = a > 1;
    if (result.err) {
        result.failure = copy_text(TEXT("more"));
        return &result;
    }
    result.value.err = a == 1;
    if (a == 1) result.value.failure = copy_text(TEXT("one"));
    return &result;
}

POST_RETURN(NAME("string-error"))
void post_string_error(string_error_t *result) {
    free_string_error(result);
    assert(taken == 0);
}

POST_RETURN(NAME("double-error"))
void post_double_error(double_error_t *result) {
    free_double_error(result);
    assert(taken == 0);
}
