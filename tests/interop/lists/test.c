// World test in C: takes, makes and returns lists and strings, and counts what it has not freed.
#include "../c/interop.h"

#define NAME(function) "test:lists/to-test#" function

typedef LIST(strings_t) strings_list_t;

typedef struct {
    uint8_t a;
    uint32_t b;
    uint8_t c;
} tuple_t;

typedef struct {
    bytes_t a, b;
} pair_t;

typedef struct {
    string_t name;
    bytes_t value;
} header_t;

typedef LIST(header_t) headers_t;

_Static_assert(sizeof(tuple_t) == 12 && offsetof(tuple_t, b) == 4 && offsetof(tuple_t, c) == 8, "the canonical layout");

static bytes_t list;
static string_t text;
static strings_t texts;
static pair_t pair;
static headers_t headers;

EXPORT(NAME("empty-list-param"))
void empty_list_param(uint8_t *at, size_t len) {
    (void)at;
    assert(len == 0);
}

EXPORT(NAME("empty-string-param"))
void empty_string_param(char *at, size_t len) {
    (void)at;
    assert(len == 0);
}

EXPORT(NAME("empty-list-result"))
bytes_t *empty_list_result(void) {
    list = (bytes_t){NULL, 0};
    return &list;
}

EXPORT(NAME("empty-string-result"))
string_t *empty_string_result(void) {
    text = TEXT("");
    return &text;
}

EXPORT(NAME("list-param"))
void list_param(uint8_t *at, size_t len) {
    assert(same_bytes(at, len, "\1\2\3\4", 4));
    give_back(at);
}

EXPORT(NAME("list-param2"))
void list_param2(char *at, size_t len) {
    assert(same_text((string_t){at, len}, TEXT("foo")));
    give_back(at);
}

EXPORT(NAME("list-param3"))
void list_param3(string_t *at, size_t len) {
    assert(len == 3);
    assert(same_text(at[0], TEXT("foo")) && same_text(at[1], TEXT("bar")) && same_text(at[2], TEXT("baz")));
    free_strings((strings_t){at, len});
}

EXPORT(NAME("list-param4"))
void list_param4(strings_t *at, size_t len) {
    assert(len == 2 && at[0].len == 2 && at[1].len == 1);
    assert(same_text(at[0].at[0], TEXT("foo")) && same_text(at[0].at[1], TEXT("bar")));
    assert(same_text(at[1].at[0], TEXT("baz")));
    free_strings(at[0]);
    free_strings(at[1]);
    give_back(at);
}

EXPORT(NAME("list-param5"))
void list_param5(tuple_t *at, size_t len) {
    assert(len == 2);
    assert(at[0].a == 1 && at[0].b == 2 && at[0].c == 3);
    assert(at[1].a == 4 && at[1].b == 5 && at[1].c == 6);
    give_back(at);
}

EXPORT(NAME("list-param-large"))
void list_param_large(string_t *at, size_t len) {
    assert(len == 1000);
    for (size_t i = 0; i < len; i++) assert(same_text(at[i], TEXT("string")));
    free_strings((strings_t){at, len});
}

EXPORT(NAME("list-result"))
bytes_t *list_result(void) {
    list = (bytes_t){take(5), 5};
    for (size_t i = 0; i < 5; i++) list.at[i] = (uint8_t)(i + 1);
    return &list;
}

EXPORT(NAME("list-result2"))
string_t *list_result2(void) {
    text = copy_text(TEXT("hello!"));
    return &text;
}

EXPORT(NAME("list-result3"))
strings_t *list_result3(void) {
    texts = (strings_t){take(2 * sizeof(string_t)), 2};
    texts.at[0] = copy_text(TEXT("hello,"));
    texts.at[1] = copy_text(TEXT("world!"));
    return &texts;
}

// What was given goes back as it is, whatever its elements are.
static pair_t *both(void *a, size_t a_len, void *b, size_t b_len) {
    pair = (pair_t){{a, a_len}, {b, b_len}};
    return &pair;
}

EXPORT(NAME("list-minmax8"))
pair_t *list_minmax8(uint8_t *a, size_t a_len, int8_t *b, size_t b_len) { return both(a, a_len, b, b_len); }

EXPORT(NAME("list-minmax16"))
pair_t *list_minmax16(uint16_t *a, size_t a_len, int16_t *b, size_t b_len) { return both(a, a_len, b, b_len); }

EXPORT(NAME("list-minmax32"))
pair_t *list_minmax32(uint32_t *a, size_t a_len, int32_t *b, size_t b_len) { return both(a, a_len, b, b_len); }

EXPORT(NAME("list-minmax64"))
pair_t *list_minmax64(uint64_t *a, size_t a_len, int64_t *b, size_t b_len) { return both(a, a_len, b, b_len); }

EXPORT(NAME("list-minmax-float"))
pair_t *list_minmax_float(float *a, size_t a_len, double *b, size_t b_len) { return both(a, a_len, b, b_len); }

EXPORT(NAME("list-roundtrip"))
bytes_t *list_roundtrip(uint8_t *at, size_t len) {
    list = (bytes_t){at, len};
    return &list;
}

EXPORT(NAME("string-roundtrip"))
string_t *string_roundtrip(char *at, size_t len) {
    text = (string_t){at, len};
    assert(is_text(text));
    return &text;
}

EXPORT(NAME("wasi-http-headers-roundtrip"))
headers_t *headers_roundtrip(header_t *at, size_t len) {
    headers = (headers_t){at, len};
    for (size_t i = 0; i < len; i++) assert(is_text(at[i].name));
    return &headers;
}

EXPORT(NAME("allocated-bytes"))
uint32_t allocated_bytes(void) { return (uint32_t)taken; }

static void free_pair(pair_t *ret) {
    free_list(ret->a);
    free_list(ret->b);
}

POST_RETURN(NAME("empty-list-result")) void post_empty_list_result(bytes_t *ret) { free_list(*ret); }
POST_RETURN(NAME("empty-string-result")) void post_empty_string_result(string_t *ret) { free_list(*ret); }
POST_RETURN(NAME("list-result")) void post_list_result(bytes_t *ret) { free_list(*ret); }
POST_RETURN(NAME("list-result2")) void post_list_result2(string_t *ret) { free_list(*ret); }
POST_RETURN(NAME("list-result3")) void post_list_result3(strings_t *ret) { free_strings(*ret); }
POST_RETURN(NAME("list-minmax8")) void post_list_minmax8(pair_t *ret) { free_pair(ret); }
POST_RETURN(NAME("list-minmax16")) void post_list_minmax16(pair_t *ret) { free_pair(ret); }
POST_RETURN(NAME("list-minmax32")) void post_list_minmax32(pair_t *ret) { free_pair(ret); }
POST_RETURN(NAME("list-minmax64")) void post_list_minmax64(pair_t *ret) { free_pair(ret); }
POST_RETURN(NAME("list-minmax-float")) void post_list_minmax_float(pair_t *ret) { free_pair(ret); }
POST_RETURN(NAME("list-roundtrip")) void post_list_roundtrip(bytes_t *ret) { free_list(*ret); }
POST_RETURN(NAME("string-roundtrip")) void post_string_roundtrip(string_t *ret) { free_list(*ret); }

POST_RETURN(NAME("wasi-http-headers-roundtrip"))
void post_headers_roundtrip(headers_t *ret) {
    for (size_t i = 0; i < ret->len; i++) {
        free_list(ret->at[i].name);
        free_list(ret->at[i].value);
    }
    free_list(*ret);
}
