// World resources in C: has three resources, counts the drops of one of them, and checks the one that it imports.
#include "../c/interop.h"

#define MODULE "[export]exports"

typedef struct {
    int32_t a;
} number_t;

static number_t *number(int32_t a) {
    number_t *n = take(sizeof(number_t));
    n->a = a;
    return n;
}

IMPORT(MODULE, "[resource-new]x") uint32_t new_x(number_t *x);
IMPORT(MODULE, "[resource-rep]x") number_t *x_of(uint32_t handle);
IMPORT(MODULE, "[resource-drop]x") void drop_x(uint32_t handle);

EXPORT("exports#[constructor]x") uint32_t x(int32_t a) { return new_x(number(a)); }
EXPORT("exports#[method]x.get-a") int32_t x_get_a(number_t *x) { return x->a; }
EXPORT("exports#[method]x.set-a") void x_set_a(number_t *x, int32_t a) { x->a = a; }
EXPORT("exports#[dtor]x") void x_dropped(number_t *x) { give_back(x); }

EXPORT("exports#[static]x.add")
uint32_t x_add(uint32_t x, int32_t a) {
    int32_t sum = x_of(x)->a + a;
    drop_x(x);
    return new_x(number(sum));
}

EXPORT("exports#consume") void consume(uint32_t x) { drop_x(x); }

IMPORT(MODULE, "[resource-new]z") uint32_t new_z(number_t *z);

static uint32_t dropped;

EXPORT("exports#[constructor]z") uint32_t z(int32_t a) { return new_z(number(a)); }
EXPORT("exports#[method]z.get-a") int32_t z_get_a(number_t *z) { return z->a; }
EXPORT("exports#[static]z.num-dropped") uint32_t z_num_dropped(void) { return dropped; }
EXPORT("exports#add") uint32_t add(number_t *a, number_t *b) { return new_z(number(a->a + b->a)); }

EXPORT("exports#[dtor]z")
void z_dropped(number_t *z) {
    give_back(z);
    dropped++;
}

IMPORT(MODULE, "[resource-new]kebab-case") uint32_t new_kebab_case(uint32_t a);
IMPORT(MODULE, "[resource-rep]kebab-case") uint32_t kebab_case_of(uint32_t handle);
IMPORT(MODULE, "[resource-drop]kebab-case") void drop_kebab_case(uint32_t handle);

// A kebab-case is kept nowhere: it is its number, and so it needs no destructor.
EXPORT("exports#[constructor]kebab-case") uint32_t kebab_case(uint32_t a) { return new_kebab_case(a); }
EXPORT("exports#[method]kebab-case.get-a") uint32_t kebab_case_get_a(uint32_t k) { return k; }

EXPORT("exports#[static]kebab-case.take-owned")
uint32_t kebab_case_take_owned(uint32_t k) {
    uint32_t a = kebab_case_of(k);
    drop_kebab_case(k);
    return a;
}

IMPORT("imports", "[constructor]y") uint32_t y(int32_t a);
IMPORT("imports", "[method]y.get-a") int32_t y_get_a(uint32_t y);
IMPORT("imports", "[method]y.set-a") void y_set_a(uint32_t y, int32_t a);
IMPORT("imports", "[static]y.add") uint32_t y_add(uint32_t y, int32_t a);
IMPORT("imports", "[resource-drop]y") void y_drop(uint32_t y);

// What is wrong, or NULL.
static const char *mistake(void) {
    uint32_t one = y(10);
    if (y_get_a(one) != 10) return "a new y of 10 has another number";
    y_set_a(one, 20);
    if (y_get_a(one) != 20) return "a y that was set to 20 has another number";
    uint32_t sum = y_add(one, 20);
    if (y_get_a(sum) != 40) return "20 and 20 do not make 40";
    y_drop(sum);

    uint32_t first = y(1), second = y(2);
    y_set_a(first, -3);
    if (y_get_a(first) != -3 || y_get_a(second) != 2) return "two are not kept apart";
    y_drop(first);
    y_drop(second);
    return NULL;
}

typedef struct {
    uint8_t err;
    string_t failure;
} result_t;

EXPORT("exports#test-imports")
result_t *test_imports(void) {
    static result_t result;
    const char *what = mistake();
    result = (result_t){what != NULL, {(char *)what, what == NULL ? 0 : strlen(what)}};
    return &result;
}
