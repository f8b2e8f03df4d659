// World test in C: copies things that it is lent inside of records.
#include "../c/interop.h"

#define INTERFACE "test:resource-borrow-in-record/to-test"

typedef struct {
    string_t text;
} thing_t;

// A borrow of a resource of this component is what the resource is kept in, not a handle.
typedef struct {
    thing_t *thing;
} foo_t;

typedef LIST(uint32_t) things_t;

IMPORT("[export]" INTERFACE, "[resource-new]thing") uint32_t new_thing(thing_t *thing);

static uint32_t make(string_t text) {
    thing_t *thing = take(sizeof(thing_t));
    thing->text = text;
    return new_thing(thing);
}

EXPORT(INTERFACE "#[constructor]thing")
uint32_t thing(char *at, size_t len) { return make((string_t){at, len}); }

EXPORT(INTERFACE "#[method]thing.get")
string_t *thing_get(thing_t *thing) {
    static string_t result;
    result = copy_text(thing->text);
    return &result;
}

POST_RETURN(INTERFACE "#[method]thing.get") void post_thing_get(string_t *ret) { free_list(*ret); }

EXPORT(INTERFACE "#[dtor]thing")
void thing_dropped(thing_t *thing) {
    free_list(thing->text);
    give_back(thing);
}

EXPORT(INTERFACE "#test")
things_t *test(foo_t *at, size_t len) {
    static things_t result;
    result = (things_t){len > 0 ? take(len * sizeof(uint32_t)) : NULL, len};
    for (size_t i = 0; i < len; i++) result.at[i] = make(copy_text(at[i].thing->text));
    if (len > 0) give_back(at);
    return &result;
}

POST_RETURN(INTERFACE "#test") void post_test(things_t *ret) { free_list(*ret); }
