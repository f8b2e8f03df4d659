// World runner in C: passes and receives texts and lists inside other types.
#include "flavorful.h"

IMPORT(INTERFACE, "f-list-in-record1") void f_list_in_record1(const char *at, size_t len);
IMPORT(INTERFACE, "f-list-in-record2") void f_list_in_record2(string_t *ret);
IMPORT(INTERFACE, "f-list-in-record3") void f_list_in_record3(const char *at, size_t len, string_t *ret);
IMPORT(INTERFACE, "f-list-in-record4") void f_list_in_record4(const char *at, size_t len, string_t *ret);
IMPORT(INTERFACE, "f-list-in-variant1")
void f_list_in_variant1(uint32_t some, const char *a, size_t a_len, uint32_t err, const char *b, size_t b_len);
IMPORT(INTERFACE, "f-list-in-variant2") void f_list_in_variant2(option_string_t *ret);
IMPORT(INTERFACE, "f-list-in-variant3")
void f_list_in_variant3(uint32_t some, const char *at, size_t len, option_string_t *ret);
IMPORT(INTERFACE, "errno-result") void errno_result(errno_result_t *ret);
IMPORT(INTERFACE, "list-typedefs")
void list_typedefs(const char *a, size_t a_len, const string_t *c, size_t c_len, typedefs_t *ret);
IMPORT(INTERFACE, "list-of-variants")
void list_of_variants(const uint8_t *a, size_t a_len, const uint8_t *b, size_t b_len, const uint8_t *c, size_t c_len,
                      of_variants_t *ret);

static void records(string_t text) {
    f_list_in_record1(text.at, text.len);
    string_t got;
    f_list_in_record3(text.at, text.len, &got);
    assert(same_text(got, text));
    free_list(got);
    f_list_in_record4(text.at, text.len, &got);
    assert(same_text(got, text));
    free_list(got);
}

static void variants(string_t text) {
    f_list_in_variant1(0, NULL, 0, 0, NULL, 0);
    f_list_in_variant1(1, text.at, text.len, 1, text.at, text.len);
    option_string_t got;
    f_list_in_variant3(0, NULL, 0, &got);
    assert(got.some == 0);
    f_list_in_variant3(1, text.at, text.len, &got);
    assert(got.some == 1 && same_text(got.value, text));
    free_option(&got);
}

static void typedefs(string_t text) {
    const string_t texts[] = {text, TEXT(""), TEXT("more")};
    typedefs_t got;
    list_typedefs(text.at, text.len, texts, 3, &got);
    assert(same_bytes(got.a.at, got.a.len, text.at, text.len));
    assert(got.b.len == 3);
    for (size_t i = 0; i < 3; i++) assert(same_text(got.b.at[i], texts[i]));
    free_list(got.a);
    free_strings(got.b);
}

static void errnos(void) {
    errno_result_t got;
    errno_result(&got);
    assert(got.err == 1 && got.errno == B);
    for (int i = 0; i < 2; i++) {
        errno_result(&got);
        assert(got.err == 0);
    }
}

static void lists(void) {
    const uint8_t a[] = {1, 0}, b[] = {0, 1}, c[] = {SUCCESS, A};
    for (size_t n = 0; n < 3; n++) {
        of_variants_t got;
        list_of_variants(a, n, b, n, c, n, &got);
        assert(same_bytes(got.a.at, got.a.len, a, n));
        assert(same_bytes(got.b.at, got.b.len, b, n));
        assert(same_bytes(got.c.at, got.c.len, c, n));
        free_list(got.a);
        free_list(got.b);
        free_list(got.c);
    }
}

static void all_of(string_t text) {
    records(text);
    variants(text);
    typedefs(text);
}

EXPORT("run")
void run(void) {
    all_of(TEXT("list_in_record1"));
    all_of(TEXT(""));
    all_of(TEXT("\u00fc\U0001F680"));
    string_t longer = repeat(TEXT("x"), 100000);
    all_of(longer);
    give_back(longer.at);

    string_t text;
    f_list_in_record2(&text);
    assert(is_text(text));
    free_list(text);
    option_string_t option;
    f_list_in_variant2(&option);
    assert(option.some == 0 || is_text(option.value));
    free_option(&option);
    errnos();
    lists();
    assert(taken == 0);
}
