// World intermediate in C: imports and exports the same interface. Each of its things keeps the handle of one that it imports,
// and nothing else: the handle is what it is kept in.
#include "../c/interop.h"

#define INTERFACE "test:resource-import-and-export/test"

IMPORT(INTERFACE, "[constructor]thing") uint32_t inner_thing(uint32_t v);
IMPORT(INTERFACE, "[method]thing.foo") uint32_t inner_foo(uint32_t thing);
IMPORT(INTERFACE, "[method]thing.bar") void inner_bar(uint32_t thing, uint32_t v);
IMPORT(INTERFACE, "[static]thing.baz") uint32_t inner_baz(uint32_t a, uint32_t b);
IMPORT(INTERFACE, "[resource-drop]thing") void inner_drop(uint32_t thing);
IMPORT("$root", "toplevel-import") uint32_t toplevel_import(uint32_t a);

IMPORT("[export]" INTERFACE, "[resource-new]thing") uint32_t new_thing(uint32_t inner);
IMPORT("[export]" INTERFACE, "[resource-rep]thing") uint32_t inner_of(uint32_t thing);
IMPORT("[export]" INTERFACE, "[resource-drop]thing") void drop_thing(uint32_t thing);

EXPORT(INTERFACE "#[constructor]thing") uint32_t thing(uint32_t v) { return new_thing(inner_thing(v)); }
EXPORT(INTERFACE "#[method]thing.foo") uint32_t thing_foo(uint32_t inner) { return inner_foo(inner); }
EXPORT(INTERFACE "#[method]thing.bar") void thing_bar(uint32_t inner, uint32_t v) { inner_bar(inner, v); }

// What is inside was given on when a thing was used up: its destructor must leave it alone.
static uint32_t given_on;

static uint32_t use_up(uint32_t thing) {
    uint32_t inner = inner_of(thing);
    given_on = inner;
    drop_thing(thing);
    assert(given_on == 0);
    return inner;
}

EXPORT(INTERFACE "#[static]thing.baz")
uint32_t thing_baz(uint32_t a, uint32_t b) {
    uint32_t inner_a = use_up(a), inner_b = use_up(b);
    return new_thing(inner_baz(inner_a, inner_b));
}

EXPORT(INTERFACE "#[dtor]thing")
void thing_dropped(uint32_t inner) {
    if (inner == given_on)
        given_on = 0;
    else
        inner_drop(inner);
}

EXPORT("toplevel-export") uint32_t toplevel_export(uint32_t a) { return toplevel_import(a); }
