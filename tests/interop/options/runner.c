// World runner in C: sends options there and back, an empty string and an option of an option among them.
#include "../c/interop.h"

#define MODULE "test:options/to-test"

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

IMPORT(MODULE, "option-none-param") void option_none_param(uint32_t some, const char *at, size_t len);
IMPORT(MODULE, "option-some-param") void option_some_param(uint32_t some, const char *at, size_t len);
IMPORT(MODULE, "option-none-result") void option_none_result(option_string_t *ret);
IMPORT(MODULE, "option-some-result") void option_some_result(option_string_t *ret);
IMPORT(MODULE, "option-roundtrip") void option_roundtrip(uint32_t some, const char *at, size_t len, option_string_t *ret);
IMPORT(MODULE, "double-option-roundtrip")
void double_option_roundtrip(uint32_t some, uint32_t some_inside, uint32_t value, option_option_t *ret);

static void there_and_back(string_t text) {
    option_string_t got;
    option_roundtrip(1, text.at, text.len, &got);
    assert(got.some == 1 && same_text(got.value, text));
    free_list(got.value);
}

static void twice_there_and_back(uint8_t some, uint8_t some_inside, uint32_t value) {
    option_option_t got;
    double_option_roundtrip(some, some_inside, value, &got);
    assert(got.some == some);
    if (some) assert(got.value.some == some_inside);
    if (some && some_inside) assert(got.value.value == value);
}

EXPORT("run")
void run(void) {
    option_none_param(0, NULL, 0);
    option_some_param(1, "foo", 3);
    option_string_t got;
    option_none_result(&got);
    assert(got.some == 0);
    option_some_result(&got);
    assert(got.some == 1 && is_text(got.value));
    free_list(got.value);

    option_roundtrip(0, NULL, 0, &got);
    assert(got.some == 0);
    there_and_back(TEXT(""));
    there_and_back(TEXT("foo"));
    there_and_back(TEXT("\U0001F680"));
    string_t longer = repeat(TEXT("x"), 100000);
    there_and_back(longer);
    give_back(longer.at);

    twice_there_and_back(0, 0, 0);
    twice_there_and_back(1, 0, 0);
    twice_there_and_back(1, 1, 0);
    twice_there_and_back(1, 1, UINT32_MAX);
    assert(taken == 0);
}
