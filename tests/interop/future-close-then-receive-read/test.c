// World test in C: get gives what set got.
#include "../c/interop.h"

static uint32_t kept;

EXPORT("a:b/the-test#set")
void set(uint32_t param) {
    assert(kept == 0);
    kept = param;
}

EXPORT("a:b/the-test#get")
uint32_t get(void) {
    uint32_t param = kept;
    kept = 0;
    return param;
}
