// World intermediate in C: imports and exports the same interface. Results pass through as they are.
#include "results.h"

#define NAME(function) INTERFACE "#" function

IMPORT(INTERFACE, "string-error") void import_string_error(float a, string_error_t *ret);
IMPORT(INTERFACE, "enum-error") void import_enum_error(float a, enum_error_t *ret);
IMPORT(INTERFACE, "record-error") void import_record_error(float a, record_error_t *ret);
IMPORT(INTERFACE, "variant-error") void import_variant_error(float a, variant_error_t *ret);
IMPORT(INTERFACE, "empty-error") void import_empty_error(uint32_t a, empty_error_t *ret);
IMPORT(INTERFACE, "double-error") void import_double_error(uint32_t a, double_error_t *ret);

EXPORT(NAME("string-error"))
string_error_t *string_error(float a) {
    static string_error_t result;
    import_string_error(a, &result);
    return &result;
}

EXPORT(NAME("enum-error"))
enum_error_t *enum_error(float a) {
    static enum_error_t result;
    import_enum_error(a, &result);
    return &result;
}

EXPORT(NAME("record-error"))
record_error_t *record_error(float a) {
    static record_error_t result;
    import_record_error(a, &result);
    return &result;
}

EXPORT(NAME("variant-error"))
variant_error_t *variant_error(float a) {
    static variant_error_t result;
    import_variant_error(a, &result);
    return &result;
}

EXPORT(NAME("empty-error"))
empty_error_t *empty_error(uint32_t a) {
    static empty_error_t result;
    import_empty_error(a, &result);
    return &result;
}

EXPORT(NAME("double-error"))
double_error_t *double_error(uint32_t a) {
    static double_error_t result;
    import_double_error(a, &result);
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
