// World test in C: takes, makes and returns texts.
#include "../c/interop.h"

static string_t result;

EXPORT("test:strings/to-test#take-basic")
void take_basic(char *at, size_t len) {
    string_t s = {at, len};
    assert(is_text(s));
    free_list(s);
}

EXPORT("test:strings/to-test#return-unicode")
string_t *return_unicode(void) {
    result = copy_text(TEXT("\U0001F680\U0001F680\U0001F680 \U00020204\U00013000\U00013000"));
    return &result;
}

EXPORT("test:strings/to-test#return-empty")
string_t *return_empty(void) {
    result = TEXT("");
    return &result;
}

EXPORT("test:strings/to-test#roundtrip")
string_t *roundtrip(char *at, size_t len) {
    result = (string_t){at, len};
    assert(is_text(result));
    return &result;
}

static void post_return(string_t *s) {
    free_list(*s);
    // All arguments and results are free again.
    assert(taken == 0);
}

POST_RETURN("test:strings/to-test#return-unicode") void post_return_unicode(string_t *s) { post_return(s); }
POST_RETURN("test:strings/to-test#return-empty") void post_return_empty(string_t *s) { post_return(s); }
POST_RETURN("test:strings/to-test#roundtrip") void post_roundtrip(string_t *s) { post_return(s); }
