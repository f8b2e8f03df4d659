// World leaf in C: has a resource that keeps a text.
#include "../c/interop.h"

#define INTERFACE "my:test/leaf-interface"

IMPORT("[export]" INTERFACE, "[resource-new]leaf-thing") uint32_t new_thing(string_t *thing);

EXPORT(INTERFACE "#[constructor]leaf-thing")
uint32_t thing(char *at, size_t len) {
    string_t *thing = take(sizeof(string_t));
    *thing = (string_t){at, len};
    return new_thing(thing);
}

EXPORT(INTERFACE "#[method]leaf-thing.get")
string_t *thing_get(string_t *thing) {
    static string_t result;
    result = copy_text(*thing);
    return &result;
}

POST_RETURN(INTERFACE "#[method]leaf-thing.get") void post_thing_get(string_t *ret) { free_list(*ret); }

EXPORT(INTERFACE "#[dtor]leaf-thing")
void thing_dropped(string_t *thing) {
    free_list(*thing);
    give_back(thing);
}
