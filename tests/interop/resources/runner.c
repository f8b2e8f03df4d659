// World runner in C: makes, uses, gives away, lends and drops resources, and counts the drops.
#include "../c/interop.h"

#define MODULE "exports"

IMPORT(MODULE, "[constructor]x") uint32_t x(int32_t a);
IMPORT(MODULE, "[method]x.get-a") int32_t x_get_a(uint32_t x);
IMPORT(MODULE, "[method]x.set-a") void x_set_a(uint32_t x, int32_t a);
IMPORT(MODULE, "[static]x.add") uint32_t x_add(uint32_t x, int32_t a);
IMPORT(MODULE, "consume") void consume(uint32_t x);

IMPORT(MODULE, "[constructor]z") uint32_t z(int32_t a);
IMPORT(MODULE, "[method]z.get-a") int32_t z_get_a(uint32_t z);
IMPORT(MODULE, "[static]z.num-dropped") uint32_t z_num_dropped(void);
IMPORT(MODULE, "[resource-drop]z") void z_drop(uint32_t z);
IMPORT(MODULE, "add") uint32_t add(uint32_t a, uint32_t b);

IMPORT(MODULE, "[constructor]kebab-case") uint32_t kebab_case(uint32_t a);
IMPORT(MODULE, "[method]kebab-case.get-a") uint32_t kebab_case_get_a(uint32_t k);
IMPORT(MODULE, "[static]kebab-case.take-owned") uint32_t kebab_case_take_owned(uint32_t k);

typedef struct {
    uint8_t err;
    string_t failure;
} result_t;

IMPORT(MODULE, "test-imports") void test_imports(result_t *ret);

static void xs(void) {
    const int32_t values[] = {0, 5, -1, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
        uint32_t one = x(values[i]);
        assert(x_get_a(one) == values[i]);
        x_set_a(one, 10);
        assert(x_get_a(one) == 10);
        uint32_t sum = x_add(one, 5);
        assert(x_get_a(sum) == 15);
        consume(sum);
    }
}

static void zs(void) {
    uint32_t before = z_num_dropped();
    uint32_t one = z(10), two = z(20);
    uint32_t sum = add(one, two);
    assert(z_get_a(sum) == 30);
    uint32_t twice = add(one, one);
    assert(z_get_a(twice) == 20);
    assert(z_get_a(one) == 10);
    assert(z_num_dropped() == before);
    const uint32_t all[] = {one, two, sum, twice};
    for (uint32_t i = 0; i < 4; i++) {
        z_drop(all[i]);
        assert(z_num_dropped() == before + i + 1);
    }
}

static void kebabs(void) {
    uint32_t kebab = kebab_case(110);
    assert(kebab_case_get_a(kebab) == 110);
    assert(kebab_case_take_owned(kebab) == 110);
}

EXPORT("run")
void run(void) {
    result_t result;
    test_imports(&result);
    assert(result.err == 0);
    for (int i = 0; i < 20; i++) {
        xs();
        zs();
        kebabs();
    }
}
