// The types of this case as they lie in memory.
#ifndef FLAVORFUL_H
#define FLAVORFUL_H

#include "../c/interop.h"

#define INTERFACE "test:flavorful/to-test"

enum { SUCCESS, A, B };

typedef struct {
    uint8_t some;
    string_t value;
} option_string_t;

typedef struct {
    uint8_t err, errno;
} errno_result_t;

typedef struct {
    bytes_t a;
    strings_t b;
} typedefs_t;

// Lists of a bool, of a result without payloads, and of a my-errno: each takes a byte.
typedef struct {
    bytes_t a, b, c;
} of_variants_t;

_Static_assert(sizeof(option_string_t) == 12 && sizeof(errno_result_t) == 2 && sizeof(typedefs_t) == 16, "the canonical layout");

static inline void free_option(option_string_t *option) {
    if (option->some) free_list(option->value);
}

#endif
