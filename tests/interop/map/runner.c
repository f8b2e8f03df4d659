// World runner in C: sends maps there and back, empty, large, nested, and inside of other types. They may come back in another
// order.
#include "maps.h"

#include <stdio.h>

IMPORT(INTERFACE, "named-roundtrip") void named_roundtrip(const name_t *at, size_t len, ids_t *ret);
IMPORT(INTERFACE, "inline-roundtrip") void inline_roundtrip(const name_t *at, size_t len, ids_t *ret);
IMPORT(INTERFACE, "bytes-roundtrip") void bytes_roundtrip(const blob_t *at, size_t len, blobs_t *ret);
IMPORT(INTERFACE, "empty-roundtrip") void empty_roundtrip(const name_t *at, size_t len, names_t *ret);
IMPORT(INTERFACE, "large-roundtrip") void large_roundtrip(const name_t *at, size_t len, names_t *ret);
IMPORT(INTERFACE, "single-entry-roundtrip") void single_roundtrip(const name_t *at, size_t len, names_t *ret);
IMPORT(INTERFACE, "option-roundtrip") void option_roundtrip(const option_t *at, size_t len, options_t *ret);
IMPORT(INTERFACE, "record-roundtrip")
void record_roundtrip(const char *label, size_t label_len, const name_t *at, size_t len, entry_t *ret);
IMPORT(INTERFACE, "multi-param-roundtrip")
void multi_roundtrip(const name_t *a, size_t a_len, const blob_t *b, size_t b_len, multi_t *ret);
IMPORT(INTERFACE, "nested-roundtrip") void nested_roundtrip(const nest_t *at, size_t len, nests_t *ret);
IMPORT(INTERFACE, "variant-roundtrip") void variant_roundtrip(uint32_t is_string, const void *at, size_t len, either_t *ret);
IMPORT(INTERFACE, "result-roundtrip") void result_roundtrip(uint32_t err, const void *at, size_t len, either_t *ret);
IMPORT(INTERFACE, "tuple-roundtrip") void tuple_roundtrip(const name_t *at, size_t len, uint64_t number, tuple_t *ret);

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define LARGE 2000

static name_t names[] = {
    {0, TEXT("")}, {1, TEXT("uno")}, {2, TEXT("two")}, {42, TEXT("\u56db\u5341\u4e8c \U0001F680")}, {UINT32_MAX, TEXT("last")},
};
static uint8_t big[100000];
static const blob_t blobs[] = {
    {TEXT("hello"), {(uint8_t *)"world", 5}},
    {TEXT(""), {NULL, 0}},
    {TEXT("bin"), {(uint8_t *)"\0\x80\xff", 3}},
    {TEXT("big"), {big, sizeof(big)}},
};

// Each key is there once, so as many entries as were sent, each of them among those, are the same map.
static void expect_names(names_t got, const name_t *want, size_t len) {
    assert(got.len == len);
    for (size_t i = 0; i < len; i++) {
        size_t j = 0;
        while (j < len && got.at[j].id != want[i].id) j++;
        assert(j < len && same_text(got.at[j].name, want[i].name));
    }
    free_names(got);
}

static void expect_ids(ids_t got) {
    assert(got.len == LENGTH(names));
    for (size_t i = 0; i < got.len; i++) {
        size_t j = 0;
        while (j < got.len && !same_text(got.at[j].name, names[i].name)) j++;
        assert(j < got.len && got.at[j].id == names[i].id);
    }
    free_ids(got);
}

static void expect_blobs(blobs_t got) {
    assert(got.len == LENGTH(blobs));
    for (size_t i = 0; i < got.len; i++) {
        size_t j = 0;
        while (j < got.len && !same_text(got.at[j].name, blobs[i].name)) j++;
        assert(j < got.len);
        assert(same_bytes(got.at[j].bytes.at, got.at[j].bytes.len, blobs[i].bytes.at, blobs[i].bytes.len));
    }
    free_blobs(got);
}

static void plain(void) {
    ids_t ids;
    named_roundtrip(names, LENGTH(names), &ids);
    expect_ids(ids);
    inline_roundtrip(names, LENGTH(names), &ids);
    expect_ids(ids);
    blobs_t got_blobs;
    bytes_roundtrip(blobs, LENGTH(blobs), &got_blobs);
    expect_blobs(got_blobs);
    multi_t multi;
    multi_roundtrip(names, LENGTH(names), blobs, LENGTH(blobs), &multi);
    expect_ids(multi.ids);
    expect_blobs(multi.blobs);

    names_t got;
    empty_roundtrip(NULL, 0, &got);
    expect_names(got, NULL, 0);
    single_roundtrip(&names[3], 1, &got);
    expect_names(got, &names[3], 1);
    static name_t large[LARGE];
    static char texts[LARGE][16];
    for (uint32_t i = 0; i < LARGE; i++) {
        int len = snprintf(texts[i], sizeof(texts[i]), "name %u", (unsigned)i);
        large[i] = (name_t){i * 2654435761u, {texts[i], (size_t)len}};
    }
    large_roundtrip(large, LARGE, &got);
    expect_names(got, large, LARGE);
}

static void options(void) {
    const option_t want[] = {{TEXT("some"), {1, 0}}, {TEXT("none"), {0, 0}}, {TEXT("more"), {1, 7}}};
    options_t got;
    option_roundtrip(want, 3, &got);
    assert(got.len == 3);
    for (size_t i = 0; i < 3; i++) {
        size_t j = 0;
        while (j < 3 && !same_text(got.at[j].name, want[i].name)) j++;
        assert(j < 3 && got.at[j].value.some == want[i].value.some);
        assert(!want[i].value.some || got.at[j].value.value == want[i].value.value);
    }
    free_options(got);
}

static void nested(void) {
    const nest_t want[] = {
        {TEXT("names"), {names, LENGTH(names)}},
        {TEXT("none"), {NULL, 0}},
        {TEXT("one"), {&names[1], 1}},
    };
    nests_t got;
    nested_roundtrip(want, 3, &got);
    assert(got.len == 3);
    for (size_t i = 0; i < 3; i++) {
        size_t j = 0;
        while (j < 3 && !same_text(got.at[j].name, want[i].name)) j++;
        assert(j < 3);
        expect_names(got.at[j].names, want[i].names.at, want[i].names.len);
        got.at[j].names.len = 0;
    }
    free_nests(got);
}

static void inside_others(void) {
    entry_t entry;
    record_roundtrip("label", 5, names, LENGTH(names), &entry);
    assert(same_text(entry.label, TEXT("label")));
    free_list(entry.label);
    expect_names(entry.names, names, LENGTH(names));

    either_t either;
    variant_roundtrip(0, names, LENGTH(names), &either);
    assert(either.is_string == 0);
    expect_names(either.names, names, LENGTH(names));
    variant_roundtrip(1, "text", 4, &either);
    assert(either.is_string == 1 && same_text(either.string, TEXT("text")));
    free_list(either.string);
    result_roundtrip(0, names, LENGTH(names), &either);
    assert(either.is_string == 0);
    expect_names(either.names, names, LENGTH(names));
    result_roundtrip(1, "bad input", 9, &either);
    assert(either.is_string == 1 && same_text(either.string, TEXT("bad input")));
    free_list(either.string);

    tuple_t tuple;
    tuple_roundtrip(names, LENGTH(names), UINT64_MAX, &tuple);
    assert(tuple.number == UINT64_MAX);
    expect_names(tuple.names, names, LENGTH(names));
}

EXPORT("run")
void run(void) {
    plain();
    options();
    nested();
    inside_others();
    assert(taken == 0);
}
