// The component `test` in C, with bindings by hand: each function owns its arguments, and the result stays until it was read.
#include <string.h>

#include "api.h"

static bytes_t returned_bytes;
static points_t returned_points;

EXPORT("bench:bench/api#add")
uint32_t add(uint32_t a, uint32_t b) { return a + b; }

EXPORT("bench:bench/api#greet")
bytes_t *greet(uint8_t *name, size_t len) {
    static const char before[] = "Hello, ";
    const size_t n = sizeof(before) - 1;
    bytes_t s = {allocate(n + len + 1), n + len + 1};
    memcpy(s.data, before, n);
    memcpy(s.data + n, name, len);
    s.data[n + len] = '!';
    if (len > 0) free(name);
    returned_bytes = s;
    return &returned_bytes;
}

EXPORT("bench:bench/api#sum")
uint64_t sum(uint32_t *xs, size_t len) {
    uint64_t sum = 0;
    for (size_t i = 0; i < len; i++) sum += xs[i];
    if (len > 0) free(xs);
    return sum;
}

EXPORT("bench:bench/api#echo-bytes")
bytes_t *echo_bytes(uint8_t *b, size_t len) {
    returned_bytes = (bytes_t){b, len};
    return &returned_bytes;
}

EXPORT("bench:bench/api#echo-points")
points_t *echo_points(point_t *ps, size_t len) {
    returned_points = (points_t){ps, len};
    return &returned_points;
}

EXPORT("cabi_post_bench:bench/api#greet")
void post_greet(bytes_t *s) { free(s->data); }

EXPORT("cabi_post_bench:bench/api#echo-bytes")
void post_echo_bytes(bytes_t *b) {
    if (b->len > 0) free(b->data);
}

EXPORT("cabi_post_bench:bench/api#echo-points")
void post_echo_points(points_t *ps) { free_points(*ps); }
