// World runner in C: sends lists and strings there and back, empty ones, large ones, nested ones, and the least and greatest
// elements.
#include "../c/interop.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#define MODULE "test:lists/to-test"
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))
// What the other side may hold more than at the beginning.
#define ALLOWANCE (16u << 20)

typedef struct {
    uint8_t a;
    uint32_t b;
    uint8_t c;
} tuple_t;

typedef struct {
    string_t name;
    bytes_t value;
} header_t;

typedef LIST(header_t) headers_t;

typedef struct {
    bytes_t a, b;
} pair_t;

IMPORT(MODULE, "empty-list-param") void empty_list_param(const uint8_t *at, size_t len);
IMPORT(MODULE, "empty-string-param") void empty_string_param(const char *at, size_t len);
IMPORT(MODULE, "empty-list-result") void empty_list_result(bytes_t *ret);
IMPORT(MODULE, "empty-string-result") void empty_string_result(string_t *ret);
IMPORT(MODULE, "list-param") void list_param(const uint8_t *at, size_t len);
IMPORT(MODULE, "list-param2") void list_param2(const char *at, size_t len);
IMPORT(MODULE, "list-param3") void list_param3(const string_t *at, size_t len);
IMPORT(MODULE, "list-param4") void list_param4(const strings_t *at, size_t len);
IMPORT(MODULE, "list-param5") void list_param5(const tuple_t *at, size_t len);
IMPORT(MODULE, "list-param-large") void list_param_large(const string_t *at, size_t len);
IMPORT(MODULE, "list-result") void list_result(bytes_t *ret);
IMPORT(MODULE, "list-result2") void list_result2(string_t *ret);
IMPORT(MODULE, "list-result3") void list_result3(strings_t *ret);
IMPORT(MODULE, "list-roundtrip") void list_roundtrip(const uint8_t *at, size_t len, bytes_t *ret);
IMPORT(MODULE, "string-roundtrip") void string_roundtrip(const char *at, size_t len, string_t *ret);
IMPORT(MODULE, "wasi-http-headers-roundtrip") void headers_roundtrip(const header_t *at, size_t len, headers_t *ret);
IMPORT(MODULE, "allocated-bytes") uint32_t allocated_bytes(void);

// They differ in the elements only.
typedef void minmax_t(const void *a, size_t a_len, const void *b, size_t b_len, pair_t *ret);
IMPORT(MODULE, "list-minmax8") minmax_t list_minmax8;
IMPORT(MODULE, "list-minmax16") minmax_t list_minmax16;
IMPORT(MODULE, "list-minmax32") minmax_t list_minmax32;
IMPORT(MODULE, "list-minmax64") minmax_t list_minmax64;
IMPORT(MODULE, "list-minmax-float") minmax_t list_minmax_float;

static void empties(void) {
    empty_list_param(NULL, 0);
    empty_list_param((const uint8_t *)"nothing of this", 0);
    empty_string_param("", 0);
    bytes_t list;
    empty_list_result(&list);
    assert(list.len == 0);
    string_t text;
    empty_string_result(&text);
    assert(text.len == 0);
}

static void params(void) {
    list_param((const uint8_t *)"\1\2\3\4", 4);
    list_param2("foo", 3);
    string_t texts[] = {TEXT("foo"), TEXT("bar"), TEXT("baz")};
    list_param3(texts, 3);
    const strings_t lists[] = {{texts, 2}, {texts + 2, 1}};
    list_param4(lists, 2);
    const tuple_t tuples[] = {{1, 2, 3}, {4, 5, 6}};
    list_param5(tuples, 2);
    string_t large[1000];
    for (size_t i = 0; i < 1000; i++) large[i] = TEXT("string");
    list_param_large(large, 1000);
}

static bool same_texts(strings_t a, strings_t b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if (!same_text(a.at[i], b.at[i])) return false;
    return true;
}

static void results(void) {
    bytes_t list, other_list;
    string_t text, other_text;
    strings_t texts, other_texts;
    list_result(&list);
    list_result2(&text);
    list_result3(&texts);
    list_result(&other_list);
    list_result2(&other_text);
    list_result3(&other_texts);
    assert(same_bytes(list.at, list.len, other_list.at, other_list.len));
    assert(is_text(text) && same_text(text, other_text));
    assert(same_texts(texts, other_texts));
    free_list(list);
    free_list(other_list);
    free_list(text);
    free_list(other_text);
    free_strings(texts);
    free_strings(other_texts);
}

static void call_with_pair(minmax_t *call, bytes_t a, size_t a_size, bytes_t b, size_t b_size) {
    pair_t got;
    call(a.at, a.len, b.at, b.len, &got);
    assert(got.a.len == a.len && got.b.len == b.len);
    assert(a.len == 0 || memcmp(got.a.at, a.at, a.len * a_size) == 0);
    assert(b.len == 0 || memcmp(got.b.at, b.at, b.len * b_size) == 0);
    free_list(got.a);
    free_list(got.b);
}

// Sends two lists there and back: as they are, empty, and one of them very long. The lengths are in elements.
static void pairs(minmax_t *call, const void *a_at, size_t a_len, size_t a_size, const void *b_at, size_t b_len, size_t b_size) {
    const bytes_t none = {NULL, 0}, a = {(uint8_t *)a_at, a_len}, b = {(uint8_t *)b_at, b_len};
    call_with_pair(call, a, a_size, b, b_size);
    call_with_pair(call, none, a_size, b, b_size);
    call_with_pair(call, a, a_size, none, b_size);
    call_with_pair(call, none, a_size, none, b_size);
    string_t bytes = repeat((string_t){(char *)a_at, a_len * a_size}, 10000);
    call_with_pair(call, (bytes_t){(uint8_t *)bytes.at, a_len * 10000}, a_size, b, b_size);
    give_back(bytes.at);
}

#define PAIRS(call, a, b) pairs(call, a, LENGTH(a), sizeof((a)[0]), b, LENGTH(b), sizeof((b)[0]))

static void numbers(void) {
    const uint8_t u8[] = {0, UINT8_MAX};
    const int8_t s8[] = {INT8_MIN, 0, INT8_MAX};
    PAIRS(list_minmax8, u8, s8);
    const uint16_t u16[] = {0, UINT16_MAX};
    const int16_t s16[] = {INT16_MIN, 0, INT16_MAX};
    PAIRS(list_minmax16, u16, s16);
    const uint32_t u32[] = {0, UINT32_MAX};
    const int32_t s32[] = {INT32_MIN, 0, INT32_MAX};
    PAIRS(list_minmax32, u32, s32);
    const uint64_t u64[] = {0, UINT64_MAX};
    const int64_t s64[] = {INT64_MIN, 0, INT64_MAX};
    PAIRS(list_minmax64, u64, s64);
    const float f32[] = {-FLT_MAX, FLT_MAX, FLT_TRUE_MIN, -INFINITY, INFINITY};
    const double f64[] = {-DBL_MAX, DBL_MAX, DBL_TRUE_MIN, -INFINITY, INFINITY};
    PAIRS(list_minmax_float, f32, f64);

    const float nan32 = NAN;
    const double nan64 = NAN;
    pair_t got;
    list_minmax_float(&nan32, 1, &nan64, 1, &got);
    assert(got.a.len == 1 && isnan(*(float *)(void *)got.a.at));
    assert(got.b.len == 1 && isnan(*(double *)(void *)got.b.at));
    give_back(got.a.at);
    give_back(got.b.at);
}

static void text_there_and_back(string_t text) {
    string_t got;
    string_roundtrip(text.at, text.len, &got);
    assert(same_text(got, text));
    free_list(got);
}

static void bytes_and_strings(void) {
    static uint8_t list[1000003];
    for (size_t i = 0; i < sizeof(list); i++) list[i] = (uint8_t)(i * 7);
    const size_t sizes[] = {0, 1, 7, 8, 255, 4096, 65536, sizeof(list)};
    for (size_t i = 0; i < LENGTH(sizes); i++) {
        bytes_t got;
        list_roundtrip(list, sizes[i], &got);
        assert(same_bytes(got.at, got.len, list, sizes[i]));
        free_list(got);
    }
    const string_t texts[] = {
        TEXT(""), TEXT("x"), TEXT("hello"), TEXT("hello \u2691 world"), TEXT("a\0b"),
        TEXT("\U0001F680\U00020204\U00013000"), TEXT("\ufffd"), TEXT("\ufeffx"),
    };
    for (size_t i = 0; i < LENGTH(texts); i++) text_there_and_back(texts[i]);
    string_t longer = repeat(TEXT("\u00fc"), 300000);
    text_there_and_back(longer);
    give_back(longer.at);
}

static void headers_there_and_back(const header_t *at, size_t len) {
    headers_t got;
    headers_roundtrip(at, len, &got);
    assert(got.len == len);
    for (size_t i = 0; i < len; i++) {
        header_t header = got.at[i];
        assert(same_text(header.name, at[i].name));
        assert(same_bytes(header.value.at, header.value.len, at[i].value.at, at[i].value.len));
        free_list(header.name);
        free_list(header.value);
    }
    free_list(got);
}

#define BYTES(literal) ((bytes_t){(uint8_t *)(literal), sizeof(literal) - 1})

static void headers(void) {
    headers_there_and_back(NULL, 0);
    const header_t some[] = {
        {TEXT("Content-Type"), BYTES("text/plain")}, {TEXT("Not-Found"), BYTES("Not Found")},
        {TEXT(""), {NULL, 0}}, {TEXT("x-\u00e9"), BYTES("\0\x80\xff")},
    };
    headers_there_and_back(some, 2);
    headers_there_and_back(some + 2, 2);

    static char names[1000][8];
    static uint8_t values[1000][50];
    header_t many[1000];
    for (size_t i = 0; i < 1000; i++) {
        size_t len = (size_t)snprintf(names[i], sizeof(names[i]), "x-%zu", i);
        memset(values[i], (int)(i & 0xff), i % 50);
        many[i] = (header_t){{names[i], len}, {values[i], i % 50}};
    }
    headers_there_and_back(many, 1000);
}

EXPORT("run")
void run(void) {
    uint32_t before = allocated_bytes();
    // The second time, all memory has been used before.
    for (int i = 0; i < 2; i++) {
        empties();
        params();
        results();
        numbers();
        bytes_and_strings();
        headers();
    }
    assert(allocated_bytes() <= before + ALLOWANCE);
    assert(taken == 0);
}
