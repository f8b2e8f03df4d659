// The maps of this case as they lie in memory: lists of pairs of a key and a value, in any order.
#ifndef MAPS_H
#define MAPS_H

#include "../c/interop.h"

#define INTERFACE "test:maps/to-test"

typedef struct {
    uint32_t id;
    string_t name;
} name_t;

typedef struct {
    string_t name;
    uint32_t id;
} id_t;

typedef struct {
    string_t name;
    bytes_t bytes;
} blob_t;

typedef LIST(name_t) names_t;
typedef LIST(id_t) ids_t;
typedef LIST(blob_t) blobs_t;

typedef struct {
    string_t name;
    struct {
        uint8_t some;
        uint32_t value;
    } value;
} option_t;

typedef struct {
    string_t name;
    names_t names;
} nest_t;

typedef LIST(option_t) options_t;
typedef LIST(nest_t) nests_t;

typedef struct {
    string_t label;
    names_t names;
} entry_t;

typedef struct {
    ids_t ids;
    blobs_t blobs;
} multi_t;

// A map or a string, be it as a variant or as a result.
typedef struct {
    uint8_t is_string;
    union {
        names_t names;
        string_t string;
    };
} either_t;

typedef struct {
    names_t names;
    uint64_t number;
} tuple_t;

_Static_assert(sizeof(name_t) == 12 && sizeof(id_t) == 12 && sizeof(blob_t) == 16, "the canonical layout");
_Static_assert(sizeof(option_t) == 16 && sizeof(nest_t) == 16 && sizeof(either_t) == 12 && sizeof(tuple_t) == 16,
               "the canonical layout");

static inline void free_names(names_t names) {
    for (size_t i = 0; i < names.len; i++) free_list(names.at[i].name);
    free_list(names);
}

static inline void free_ids(ids_t ids) {
    for (size_t i = 0; i < ids.len; i++) free_list(ids.at[i].name);
    free_list(ids);
}

static inline void free_blobs(blobs_t blobs) {
    for (size_t i = 0; i < blobs.len; i++) {
        free_list(blobs.at[i].name);
        free_list(blobs.at[i].bytes);
    }
    free_list(blobs);
}

static inline void free_options(options_t options) {
    for (size_t i = 0; i < options.len; i++) free_list(options.at[i].name);
    free_list(options);
}

static inline void free_nests(nests_t nests) {
    for (size_t i = 0; i < nests.len; i++) {
        free_list(nests.at[i].name);
        free_names(nests.at[i].names);
    }
    free_list(nests);
}

#endif
