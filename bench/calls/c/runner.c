// The component `runner` in C. The rows and the measuring are those of ../go/runner.
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "api.h"

#define ROUNDS 15
#define ROUND 40000000ull // nanoseconds

IMPORT("bench:bench/api", "add") uint32_t add(uint32_t a, uint32_t b);
IMPORT("bench:bench/api", "greet") void greet(const char *name, size_t len, bytes_t *ret);
IMPORT("bench:bench/api", "sum") uint64_t sum(const uint32_t *xs, size_t len);
IMPORT("bench:bench/api", "echo-bytes") void echo_bytes(const uint8_t *b, size_t len, bytes_t *ret);
IMPORT("bench:bench/api", "echo-points") void echo_points(const point_t *ps, size_t len, points_t *ret);
IMPORT("wasi_snapshot_preview1", "clock_time_get")
int32_t clock_time_get(int32_t clock, uint64_t precision, uint64_t *ret);

static const char name[] = "fifteen letters";
static uint32_t numbers[1000];
static uint8_t bytes[64 << 10];
static point_t points[100];

static void must(bool right) {
    if (!right) abort();
}

static void calls_of_add(size_t calls) {
    while (calls-- > 0) must(add(1, 2) == 3);
}

static void calls_of_greet(size_t calls) {
    while (calls-- > 0) {
        bytes_t s;
        greet(name, strlen(name), &s);
        must(s.len == strlen(name) + strlen("Hello, !"));
        free(s.data);
    }
}

static void calls_of_sum(size_t calls) {
    while (calls-- > 0) must(sum(numbers, 1000) == 499500);
}

static void calls_of_echo_bytes(size_t calls) {
    while (calls-- > 0) {
        bytes_t b;
        echo_bytes(bytes, sizeof(bytes), &b);
        must(b.len == sizeof(bytes));
        free(b.data);
    }
}

static void calls_of_echo_points(size_t calls) {
    while (calls-- > 0) {
        points_t ps;
        echo_points(points, 100, &ps);
        must(ps.len == 100);
        free_points(ps);
    }
}

static uint64_t now(void) {
    uint64_t time;
    must(clock_time_get(1, 1, &time) == 0); // the monotonic one
    return time;
}

// Repeats a number of calls that takes about a round; nanoseconds per call of the fastest round.
static double measure(void (*call)(size_t calls)) {
    size_t calls = 1;
    for (;; calls *= 2) {
        uint64_t start = now();
        call(calls);
        uint64_t took = now() - start;
        if (took >= ROUND / 2) {
            calls = (size_t)((double)calls * (double)ROUND / (double)took);
            break;
        }
    }
    uint64_t fastest = UINT64_MAX;
    for (int i = 0; i < ROUNDS; i++) {
        uint64_t start = now();
        call(calls);
        uint64_t took = now() - start;
        if (took < fastest) fastest = took;
    }
    return (double)fastest / (double)calls;
}

static char text[512];
static bytes_t returned = {(uint8_t *)text, 0};

EXPORT("run")
bytes_t *run(void) {
    static char labels[100][16];
    for (size_t i = 0; i < 1000; i++) numbers[i] = (uint32_t)i;
    for (size_t i = 0; i < 100; i++) {
        int len = snprintf(labels[i], sizeof(labels[i]), "point %zu", i);
        points[i] = (point_t){(double)i, (double)i, {(uint8_t *)labels[i], (size_t)len}};
    }
    returned.len = (size_t)snprintf(
        text, sizeof(text), "add %.1f;greet %.1f;sum %.1f;echo-bytes %.1f;echo-points %.1f",
        measure(calls_of_add), measure(calls_of_greet), measure(calls_of_sum), measure(calls_of_echo_bytes),
        measure(calls_of_echo_points));
    return &returned;
}
