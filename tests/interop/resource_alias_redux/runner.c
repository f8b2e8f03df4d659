// World runner in C: passes a resource through the three interfaces that know it.
#include "../c/interop.h"

#include <stdio.h>

#define ALIAS1 "test:resource-alias-redux/resource-alias1"
#define ALIAS2 "test:resource-alias-redux/resource-alias2"

typedef LIST(uint32_t) things_t;

IMPORT(ALIAS1, "[constructor]thing") uint32_t thing(const char *at, size_t len);
IMPORT(ALIAS1, "[method]thing.get") void thing_get(uint32_t thing, string_t *ret);
IMPORT(ALIAS1, "[resource-drop]thing") void thing_drop(uint32_t thing);
IMPORT(ALIAS1, "a") void a(uint32_t f, things_t *ret);
IMPORT(ALIAS2, "b") void b(uint32_t f, uint32_t g, things_t *ret);
IMPORT("the-test", "test") void test(const uint32_t *at, size_t len, things_t *ret);

static void expect(uint32_t thing, string_t text) {
    string_t got;
    thing_get(thing, &got);
    assert(same_text(got, text));
    free_list(got);
}

static uint32_t make(string_t text) {
    uint32_t made = thing(text.at, text.len);
    expect(made, text);
    return made;
}

// The list is one of these texts' things, in this order, and is freed with them.
static void expect_all(things_t list, const string_t *texts, size_t len) {
    assert(list.len == len);
    for (size_t i = 0; i < len; i++) {
        expect(list.at[i], texts[i]);
        thing_drop(list.at[i]);
    }
    free_list(list);
}

EXPORT("run")
void run(void) {
    string_t longer = repeat(TEXT("long "), 10000);
    const string_t texts[] = {TEXT("Ni Hao"), TEXT(""), TEXT("\u4f60\u597d \U0001F680"), longer};
    things_t got;
    for (size_t i = 0; i < 4; i++) {
        a(make(texts[i]), &got);
        expect_all(got, &texts[i], 1);
    }
    give_back(longer.at);

    const string_t two[] = {TEXT("Ciao"), TEXT("Bonjour")};
    b(make(two[0]), make(two[1]), &got);
    expect_all(got, two, 2);

    static char buffers[20][16];
    string_t many[20];
    for (size_t n = 0; n <= 20; n++) {
        uint32_t list[20];
        for (size_t i = 0; i < n; i++) {
            many[i] = (string_t){buffers[i], (size_t)snprintf(buffers[i], sizeof(buffers[i]), "thing %zu", i)};
            list[i] = make(many[i]);
        }
        test(list, n, &got);
        expect_all(got, many, n);
    }
    assert(taken == 0);
}
