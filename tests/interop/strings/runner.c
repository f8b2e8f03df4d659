// World runner in C: passes and receives texts, empty, long, and in many scripts.
#include "../c/interop.h"

#define MODULE "test:strings/to-test"

IMPORT(MODULE, "take-basic") void take_basic(const char *at, size_t len);
IMPORT(MODULE, "return-unicode") void return_unicode(string_t *ret);
IMPORT(MODULE, "return-empty") void return_empty(string_t *ret);
IMPORT(MODULE, "roundtrip") void roundtrip(const char *at, size_t len, string_t *ret);

static void there_and_back(string_t s) {
    string_t got;
    roundtrip(s.at, s.len, &got);
    assert(same_text(got, s));
    free_list(got);
}

static bool all_ascii(string_t s) {
    for (size_t i = 0; i < s.len; i++)
        if ((uint8_t)s.at[i] >= 0x80) return false;
    return true;
}

EXPORT("run")
void run(void) {
    take_basic("latin utf16", strlen("latin utf16"));
    string_t got;
    return_empty(&got);
    assert(got.len == 0);
    return_unicode(&got);
    assert(is_text(got) && !all_ascii(got));

    const string_t texts[] = {
        TEXT(""), TEXT("a"), TEXT("latin utf16"), TEXT("with\0zeros\0"), TEXT("\u00e4\u00df\u00e9"),
        TEXT("\u202eright to left"), TEXT("\u4f60\u597d"), TEXT("\U0001F469\u200d\U0001F680"), TEXT("\U0010FFFF"), got,
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) there_and_back(texts[i]);
    string_t longer = repeat(TEXT("0123456789abcdef"), 50000);
    there_and_back(longer);
    give_back(longer.at);
    longer = repeat(got, 1000);
    there_and_back(longer);
    give_back(longer.at);
    free_list(got);
    // A part of a string is passed as the part that it is.
    static char letters[] = "abcdef";
    for (size_t i = 0; i < 5; i++) there_and_back((string_t){letters + i, 1});
    assert(taken == 0);
}
