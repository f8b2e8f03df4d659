// World test in C: takes, makes and returns texts and lists inside other types.
#include "flavorful.h"

#define NAME(function) INTERFACE "#" function

static string_t text;
static option_string_t option;

EXPORT(NAME("f-list-in-record1"))
void f_list_in_record1(char *at, size_t len) {
    string_t a = {at, len};
    assert(is_text(a));
    free_list(a);
}

EXPORT(NAME("f-list-in-record2"))
string_t *f_list_in_record2(void) {
    text = copy_text(TEXT("list_in_record2"));
    return &text;
}

EXPORT(NAME("f-list-in-record3"))
string_t *f_list_in_record3(char *at, size_t len) {
    text = (string_t){at, len};
    return &text;
}

EXPORT(NAME("f-list-in-record4"))
string_t *f_list_in_record4(char *at, size_t len) {
    text = (string_t){at, len};
    return &text;
}

// Called with none and ok, or with the same text twice.
EXPORT(NAME("f-list-in-variant1"))
void f_list_in_variant1(uint32_t some, char *a, size_t a_len, uint32_t err, char *b, size_t b_len) {
    assert(some <= 1 && err == some);
    if (!some) return;
    assert(same_bytes(a, a_len, b, b_len));
    free_list(((string_t){a, a_len}));
    free_list(((string_t){b, b_len}));
}

EXPORT(NAME("f-list-in-variant2"))
option_string_t *f_list_in_variant2(void) {
    option = (option_string_t){1, copy_text(TEXT("list_in_variant2"))};
    return &option;
}

EXPORT(NAME("f-list-in-variant3"))
option_string_t *f_list_in_variant3(uint32_t some, char *at, size_t len) {
    assert(some <= 1);
    option = (option_string_t){(uint8_t)some, {at, len}};
    return &option;
}

// Fails the first time.
EXPORT(NAME("errno-result"))
errno_result_t *errno_result(void) {
    static bool failed;
    static errno_result_t result;
    result = failed ? (errno_result_t){0, 0} : (errno_result_t){1, B};
    failed = true;
    return &result;
}

EXPORT(NAME("list-typedefs"))
typedefs_t *list_typedefs(char *a, size_t a_len, string_t *c, size_t c_len) {
    static typedefs_t result;
    for (size_t i = 0; i < c_len; i++) assert(is_text(c[i]));
    result = (typedefs_t){{(uint8_t *)a, a_len}, {c, c_len}};
    return &result;
}

EXPORT(NAME("list-of-variants"))
of_variants_t *list_of_variants(uint8_t *a, size_t a_len, uint8_t *b, size_t b_len, uint8_t *c, size_t c_len) {
    static of_variants_t result;
    for (size_t i = 0; i < a_len; i++) assert(a[i] <= 1);
    for (size_t i = 0; i < b_len; i++) assert(b[i] <= 1);
    for (size_t i = 0; i < c_len; i++) assert(c[i] <= B);
    result = (of_variants_t){{a, a_len}, {b, b_len}, {c, c_len}};
    return &result;
}

static void free_text(string_t *ret) {
    free_list(*ret);
    assert(taken == 0);
}

static void free_optional(option_string_t *ret) {
    free_option(ret);
    assert(taken == 0);
}

POST_RETURN(NAME("f-list-in-record2")) void post_record2(string_t *ret) { free_text(ret); }
POST_RETURN(NAME("f-list-in-record3")) void post_record3(string_t *ret) { free_text(ret); }
POST_RETURN(NAME("f-list-in-record4")) void post_record4(string_t *ret) { free_text(ret); }
POST_RETURN(NAME("f-list-in-variant2")) void post_variant2(option_string_t *ret) { free_optional(ret); }
POST_RETURN(NAME("f-list-in-variant3")) void post_variant3(option_string_t *ret) { free_optional(ret); }

POST_RETURN(NAME("list-typedefs"))
void post_typedefs(typedefs_t *ret) {
    free_list(ret->a);
    free_strings(ret->b);
    assert(taken == 0);
}

POST_RETURN(NAME("list-of-variants"))
void post_of_variants(of_variants_t *ret) {
    free_list(ret->a);
    free_list(ret->b);
    free_list(ret->c);
    assert(taken == 0);
}
