// World test in C: returns maps, some of them the other way round.
#include "maps.h"

#define NAME(function) INTERFACE "#" function

static names_t names;
static ids_t ids;
static blobs_t blobs;

// The names by themselves; what they were keys of is freed.
static ids_t inverted(name_t *at, size_t len) {
    ids_t result = {len > 0 ? take(len * sizeof(id_t)) : NULL, len};
    for (size_t i = 0; i < len; i++) result.at[i] = (id_t){at[i].name, at[i].id};
    if (len > 0) give_back(at);
    return result;
}

static names_t *the_same(name_t *at, size_t len) {
    names = (names_t){at, len};
    for (size_t i = 0; i < len; i++) assert(is_text(at[i].name));
    return &names;
}

EXPORT(NAME("named-roundtrip"))
ids_t *named_roundtrip(name_t *at, size_t len) {
    ids = inverted(at, len);
    return &ids;
}

EXPORT(NAME("inline-roundtrip"))
ids_t *inline_roundtrip(name_t *at, size_t len) {
    ids = inverted(at, len);
    return &ids;
}

EXPORT(NAME("bytes-roundtrip"))
blobs_t *bytes_roundtrip(blob_t *at, size_t len) {
    blobs = (blobs_t){at, len};
    return &blobs;
}

EXPORT(NAME("empty-roundtrip")) names_t *empty_roundtrip(name_t *at, size_t len) { return the_same(at, len); }
EXPORT(NAME("large-roundtrip")) names_t *large_roundtrip(name_t *at, size_t len) { return the_same(at, len); }
EXPORT(NAME("single-entry-roundtrip")) names_t *single_roundtrip(name_t *at, size_t len) { return the_same(at, len); }

EXPORT(NAME("option-roundtrip"))
options_t *option_roundtrip(option_t *at, size_t len) {
    static options_t result;
    result = (options_t){at, len};
    for (size_t i = 0; i < len; i++) assert(at[i].value.some <= 1);
    return &result;
}

EXPORT(NAME("record-roundtrip"))
entry_t *record_roundtrip(char *label, size_t label_len, name_t *at, size_t len) {
    static entry_t result;
    result = (entry_t){{label, label_len}, {at, len}};
    return &result;
}

EXPORT(NAME("multi-param-roundtrip"))
multi_t *multi_roundtrip(name_t *a, size_t a_len, blob_t *b, size_t b_len) {
    static multi_t result;
    result = (multi_t){inverted(a, a_len), {b, b_len}};
    return &result;
}

EXPORT(NAME("nested-roundtrip"))
nests_t *nested_roundtrip(nest_t *at, size_t len) {
    static nests_t result;
    result = (nests_t){at, len};
    return &result;
}

static either_t *either(uint32_t is_string, void *at, size_t len) {
    static either_t result;
    assert(is_string <= 1);
    result = (either_t){.is_string = (uint8_t)is_string, .names = {at, len}};
    return &result;
}

EXPORT(NAME("variant-roundtrip"))
either_t *variant_roundtrip(uint32_t is_string, void *at, size_t len) { return either(is_string, at, len); }

EXPORT(NAME("result-roundtrip"))
either_t *result_roundtrip(uint32_t err, void *at, size_t len) { return either(err, at, len); }

EXPORT(NAME("tuple-roundtrip"))
tuple_t *tuple_roundtrip(name_t *at, size_t len, uint64_t number) {
    static tuple_t result;
    result = (tuple_t){{at, len}, number};
    return &result;
}

static void nothing_left(void) { assert(taken == 0); }

static void post_names(names_t *ret) {
    free_names(*ret);
    nothing_left();
}

static void post_ids(ids_t *ret) {
    free_ids(*ret);
    nothing_left();
}

static void post_either(either_t *ret) {
    if (ret->is_string)
        free_list(ret->string);
    else
        free_names(ret->names);
    nothing_left();
}

POST_RETURN(NAME("named-roundtrip")) void post_named(ids_t *ret) { post_ids(ret); }
POST_RETURN(NAME("inline-roundtrip")) void post_inline(ids_t *ret) { post_ids(ret); }
POST_RETURN(NAME("empty-roundtrip")) void post_empty(names_t *ret) { post_names(ret); }
POST_RETURN(NAME("large-roundtrip")) void post_large(names_t *ret) { post_names(ret); }
POST_RETURN(NAME("single-entry-roundtrip")) void post_single(names_t *ret) { post_names(ret); }
POST_RETURN(NAME("variant-roundtrip")) void post_variant(either_t *ret) { post_either(ret); }
POST_RETURN(NAME("result-roundtrip")) void post_result(either_t *ret) { post_either(ret); }

POST_RETURN(NAME("bytes-roundtrip"))
void post_bytes(blobs_t *ret) {
    free_blobs(*ret);
    nothing_left();
}

POST_RETURN(NAME("option-roundtrip"))
void post_option(options_t *ret) {
    free_options(*ret);
    nothing_left();
}

POST_RETURN(NAME("record-roundtrip"))
void post_record(entry_t *ret) {
    free_list(ret->label);
    free_names(ret->names);
    nothing_left();
}

POST_RETURN(NAME("multi-param-roundtrip"))
void post_multi(multi_t *ret) {
    free_ids(ret->ids);
    free_blobs(ret->blobs);
    nothing_left();
}

POST_RETURN(NAME("nested-roundtrip"))
void post_nested(nests_t *ret) {
    free_nests(*ret);
    nothing_left();
}

POST_RETURN(NAME("tuple-roundtrip"))
void post_tuple(tuple_t *ret) {
    free_names(ret->names);
    nothing_left();
}
