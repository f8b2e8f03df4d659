// World runner in C: passes as many arguments as can be passed flat.
#include "../c/interop.h"

IMPORT("test:many-arguments/to-test", "many-arguments")
void many_arguments(uint64_t a1, uint64_t a2, uint64_t a3, uint64_t a4, uint64_t a5, uint64_t a6, uint64_t a7, uint64_t a8,
                    uint64_t a9, uint64_t a10, uint64_t a11, uint64_t a12, uint64_t a13, uint64_t a14, uint64_t a15, uint64_t a16);

EXPORT("run")
void run(void) { many_arguments(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16); }
