// The types of this case as they lie in memory, and the values that its worlds agree on.
#ifndef PAYLOADS_H
#define PAYLOADS_H

#include "../c/async.h"

#define INTERFACE "tenon:payloads/to-test"

enum { READ = 1, WRITE = 2, EXECUTE = 4 };
enum { RED, GREEN, BLUE };

typedef struct {
    uint8_t flag;
    string_t name;
    uint64_t count;
    strings_t tags;
} entry_t;

typedef LIST(entry_t) entries_t;

typedef struct {
    enum { DOT, CIRCLE, LABEL, ENTRIES } shape : 8;
    union {
        double circle;
        string_t label;
        entries_t entries;
    };
} shape_t;

typedef struct {
    uint8_t some;
    shape_t value;
} option_shape_t;

// The arguments of wide.
typedef struct {
    uint8_t a;
    string_t b;
    entry_t c;
    option_shape_t d;
    struct {
        int64_t s64;
        float f32;
    } e;
    uint8_t f;
    uint32_t g;
} wide_t;

typedef struct {
    uint8_t err;
    union {
        entry_t value;
        shape_t failure;
    };
} wide_result_t;

typedef struct {
    uint8_t err;
    union {
        entry_t value;
        uint8_t failure;
    };
} result_t;

typedef struct {
    uint8_t a;
    uint32_t b;
} pair_t;

_Static_assert(sizeof(entry_t) == 32 && offsetof(entry_t, count) == 16, "the canonical layout");
_Static_assert(sizeof(shape_t) == 16 && offsetof(shape_t, label) == 8, "the canonical layout");
_Static_assert(offsetof(wide_t, c) == 16 && offsetof(wide_t, d) == 48 && offsetof(wide_t, e) == 72, "the canonical layout");
_Static_assert(offsetof(wide_t, f) == 88 && offsetof(wide_t, g) == 92 && sizeof(wide_t) == 96, "the canonical layout");
_Static_assert(sizeof(wide_result_t) == 40 && sizeof(result_t) == 40, "the canonical layout");

static inline void free_entry(entry_t *entry) {
    free_list(entry->name);
    free_strings(entry->tags);
}

static inline void free_shape(shape_t *shape) {
    if (shape->shape == LABEL) free_list(shape->label);
    if (shape->shape != ENTRIES) return;
    for (size_t i = 0; i < shape->entries.len; i++) free_entry(&shape->entries.at[i]);
    free_list(shape->entries);
}

#endif
