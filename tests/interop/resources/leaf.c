// World leaf in C: has a resource that keeps a number.
#include "../c/interop.h"

typedef struct {
    int32_t a;
} y_t;

IMPORT("[export]imports", "[resource-new]y") uint32_t new_y(y_t *y);
// An export is given an own as a handle, a borrow as what the resource is kept in.
IMPORT("[export]imports", "[resource-rep]y") y_t *y_of(uint32_t handle);
IMPORT("[export]imports", "[resource-drop]y") void drop_y(uint32_t handle);

static uint32_t make(int32_t a) {
    y_t *y = take(sizeof(y_t));
    y->a = a;
    return new_y(y);
}

EXPORT("imports#[constructor]y") uint32_t y(int32_t a) { return make(a); }
EXPORT("imports#[method]y.get-a") int32_t y_get_a(y_t *y) { return y->a; }
EXPORT("imports#[method]y.set-a") void y_set_a(y_t *y, int32_t a) { y->a = a; }

EXPORT("imports#[static]y.add")
uint32_t y_add(uint32_t y, int32_t a) {
    int32_t sum = y_of(y)->a + a;
    drop_y(y);
    return make(sum);
}

EXPORT("imports#[dtor]y") void y_dropped(y_t *y) { give_back(y); }
