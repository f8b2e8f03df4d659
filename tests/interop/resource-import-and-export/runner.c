// World runner in C: uses things that are kept in other things.
#include "../c/interop.h"

#define MODULE "test:resource-import-and-export/test"

IMPORT(MODULE, "[constructor]thing") uint32_t thing(uint32_t v);
IMPORT(MODULE, "[method]thing.foo") uint32_t thing_foo(uint32_t thing);
IMPORT(MODULE, "[method]thing.bar") void thing_bar(uint32_t thing, uint32_t v);
IMPORT(MODULE, "[static]thing.baz") uint32_t thing_baz(uint32_t a, uint32_t b);
IMPORT(MODULE, "[resource-drop]thing") void thing_drop(uint32_t thing);

EXPORT("run")
void run(void) {
    for (int i = 0; i < 50; i++) {
        uint32_t one = thing(42), twin = thing(42), other = thing(1000);
        assert(thing_foo(one) == 42 && thing_foo(twin) == 42 && thing_foo(other) == 1000);
        thing_bar(one, 33);
        assert(thing_foo(one) == 33 && thing_foo(twin) == 42 && thing_foo(other) == 1000);
        thing_bar(other, 34);
        uint32_t both = thing_baz(one, other);
        assert(thing_foo(both) == 67 && thing_foo(both) == 67);
        thing_drop(both);
        thing_drop(twin);
    }
}
