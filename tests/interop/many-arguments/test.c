// World test in C: takes as many arguments as can be passed flat.
#include "../c/interop.h"

EXPORT("test:many-arguments/to-test#many-arguments")
void many_arguments(uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5, uint64_t a6, uint64_t a7, uint64_t a8,
                    uint64_t a9, uint64_t a10, uint64_t a11, uint64_t a12, uint64_t a13, uint64_t a14, uint64_t a15, uint64_t a16) {
    const uint64_t arguments[] = {a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15, a16};
    for (uint64_t i = 0; i < 16; i++) assert(arguments[i] == i + 1);
}
