// World test in C: has a resource that three interfaces take and return.
#include "../c/interop.h"

#define ALIAS1 "test:resource-alias-redux/resource-alias1"
#define ALIAS2 "test:resource-alias-redux/resource-alias2"
#define MODULE "[export]" ALIAS1

typedef LIST(uint32_t) things_t;

IMPORT(MODULE, "[resource-new]thing") uint32_t new_thing(string_t *thing);

EXPORT(ALIAS1 "#[constructor]thing")
uint32_t thing(char *at, size_t len) {
    string_t *thing = take(sizeof(string_t));
    *thing = (string_t){at, len};
    return new_thing(thing);
}

EXPORT(ALIAS1 "#[method]thing.get")
string_t *thing_get(string_t *thing) {
    static string_t result;
    result = copy_text(*thing);
    return &result;
}

POST_RETURN(ALIAS1 "#[method]thing.get") void post_thing_get(string_t *ret) { free_list(*ret); }

EXPORT(ALIAS1 "#[dtor]thing")
void thing_dropped(string_t *thing) {
    free_list(*thing);
    give_back(thing);
}

static things_t result;

EXPORT(ALIAS1 "#a")
things_t *a(uint32_t f) {
    result = (things_t){take(sizeof(uint32_t)), 1};
    result.at[0] = f;
    return &result;
}

EXPORT(ALIAS2 "#b")
things_t *b(uint32_t f, uint32_t g) {
    result = (things_t){take(2 * sizeof(uint32_t)), 2};
    result.at[0] = f;
    result.at[1] = g;
    return &result;
}

EXPORT("the-test#test")
things_t *test(uint32_t *at, size_t len) {
    result = (things_t){at, len};
    return &result;
}

POST_RETURN(ALIAS1 "#a") void post_a(things_t *ret) { free_list(*ret); }
POST_RETURN(ALIAS2 "#b") void post_b(things_t *ret) { free_list(*ret); }
POST_RETURN("the-test#test") void post_test(things_t *ret) { free_list(*ret); }
