// World runner in C: lends things inside of records inside of lists.
#include "../c/interop.h"

#include <stdio.h>

#define MODULE "test:resource-borrow-in-record/to-test"
#define MOST 300

typedef struct {
    uint32_t thing;
} foo_t;

typedef LIST(uint32_t) things_t;

IMPORT(MODULE, "[constructor]thing") uint32_t thing(const char *at, size_t len);
IMPORT(MODULE, "[method]thing.get") void thing_get(uint32_t thing, string_t *ret);
IMPORT(MODULE, "[resource-drop]thing") void thing_drop(uint32_t thing);
IMPORT(MODULE, "test") void test(const foo_t *at, size_t len, things_t *ret);

// The text of thing number i.
static string_t text(size_t i) {
    static char buffer[64];
    int len = snprintf(buffer, sizeof(buffer), "thing %zu \U0001F680", i);
    return (string_t){buffer, (size_t)len};
}

static void expect(uint32_t thing, size_t i) {
    string_t got;
    thing_get(thing, &got);
    assert(same_text(got, text(i)));
    free_list(got);
}

static void lend(size_t n) {
    foo_t foos[MOST + 1];
    for (size_t i = 0; i < n; i++) {
        string_t t = text(i);
        foos[i].thing = thing(t.at, t.len);
    }
    // A thing may be lent twice in one call.
    size_t len = n;
    if (n > 1) foos[len++] = foos[0];
    for (int round = 0; round < 2; round++) {
        things_t got;
        test(foos, len, &got);
        assert(got.len == len);
        for (size_t i = 0; i < got.len; i++) {
            expect(got.at[i], i % n);
            thing_drop(got.at[i]);
        }
        free_list(got);
    }
    // All are still here, and drop once.
    for (size_t i = 0; i < n; i++) {
        expect(foos[i].thing, i);
        thing_drop(foos[i].thing);
    }
}

EXPORT("run")
void run(void) {
    const size_t counts[] = {0, 1, 2, MOST};
    for (size_t i = 0; i < 4; i++) lend(counts[i]);
    assert(taken == 0);
}
