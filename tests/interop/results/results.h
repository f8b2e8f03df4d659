// The results of this case as they lie in memory.
#ifndef RESULTS_H
#define RESULTS_H

#include "../c/interop.h"

#define INTERFACE "test:results/test"

// A result: err says whether it is a failure.
#define RESULT(value_type, failure_type)   \
    struct {                               \
        uint8_t err;                       \
        union {                            \
            value_type value;              \
            failure_type failure;          \
        };                                 \
    }

enum { E_A, E_B, E_C };

typedef struct {
    uint32_t line, column;
} e2_t;

typedef struct {
    uint8_t is_e2;
    union {
        uint8_t e1;
        e2_t e2;
    };
} e3_t;

typedef struct {
    uint8_t err;
    string_t failure;
} inner_t;

typedef RESULT(float, string_t) string_error_t;
typedef RESULT(float, uint8_t) enum_error_t;
typedef RESULT(float, e2_t) record_error_t;
typedef RESULT(float, e3_t) variant_error_t;
typedef struct {
    uint8_t err;
    uint32_t value;
} empty_error_t;
typedef RESULT(inner_t, string_t) double_error_t;

_Static_assert(sizeof(string_error_t) == 12 && offsetof(string_error_t, failure) == 4, "the canonical layout");
_Static_assert(sizeof(enum_error_t) == 8 && offsetof(enum_error_t, failure) == 4, "the canonical layout");
_Static_assert(sizeof(variant_error_t) == 16 && offsetof(variant_error_t, failure.e2) == 8, "the canonical layout");
_Static_assert(sizeof(double_error_t) == 16 && offsetof(double_error_t, value.failure) == 8, "the canonical layout");

// The failure's text, if there is one.
static inline void free_string_error(string_error_t *result) {
    if (result->err) free_list(result->failure);
}

static inline void free_double_error(double_error_t *result) {
    if (result->err)
        free_list(result->failure);
    else if (result->value.err)
        free_list(result->value.failure);
}

#endif
