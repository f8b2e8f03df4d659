// World test in C: takes, makes and returns options.
#include "../c/interop.h"

#define NAME(function) "test:options/to-test#" function

typedef struct {
    uint8_t some;
    string_t value;
} option_string_t;

typedef struct {
    uint8_t some;
    struct {
        uint8_t some;
        uint32_t value;
    } value;
} option_option_t;

_Static_assert(sizeof(option_string_t) == 12 && sizeof(option_option_t) == 12, "the canonical layout");

static option_string_t result;

EXPORT(NAME("option-none-param"))
void option_none_param(uint32_t some, char *at, size_t len) {
    (void)at, (void)len;
    assert(some == 0);
}

EXPORT(NAME("option-some-param"))
void option_some_param(uint32_t some, char *at, size_t len) {
    assert(some == 1 && same_text((string_t){at, len}, TEXT("foo")));
    give_back(at);
}

EXPORT(NAME("option-none-result"))
option_string_t *option_none_result(void) {
    result = (option_string_t){0, {NULL, 0}};
    return &result;
}

EXPORT(NAME("option-some-result"))
option_string_t *option_some_result(void) {
    result = (option_string_t){1, copy_text(TEXT("foo"))};
    return &result;
}

EXPORT(NAME("option-roundtrip"))
option_string_t *option_roundtrip(uint32_t some, char *at, size_t len) {
    assert(some <= 1);
    result = (option_string_t){(uint8_t)some, {at, len}};
    assert(!some || is_text(result.value));
    return &result;
}

EXPORT(NAME("double-option-roundtrip"))
option_option_t *double_option_roundtrip(uint32_t some, uint32_t some_inside, uint32_t value) {
    static option_option_t result;
    assert(some <= 1 && some_inside <= 1);
    result = (option_option_t){(uint8_t)some, {(uint8_t)some_inside, value}};
    return &result;
}

static void post_return(option_string_t *ret) {
    if (ret->some) free_list(ret->value);
    assert(taken == 0);
}

POST_RETURN(NAME("option-none-result")) void post_option_none_result(option_string_t *ret) { post_return(ret); }
POST_RETURN(NAME("option-some-result")) void post_option_some_result(option_string_t *ret) { post_return(ret); }
POST_RETURN(NAME("option-roundtrip")) void post_option_roundtrip(option_string_t *ret) { post_return(ret); }
