// What both C components share: the interface's types as the canonical ABI lays them out, and how memory is allocated.
#ifndef API_H
#define API_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct {
    uint8_t *data;
    size_t len;
} bytes_t;

typedef struct {
    double x, y;
    bytes_t label;
} point_t;

typedef struct {
    point_t *data;
    size_t len;
} points_t;

_Static_assert(sizeof(point_t) == 24, "the canonical layout of a point");

static inline void *allocate(size_t size) {
    void *p = malloc(size);
    if (p == NULL) abort();
    return p;
}

static void free_points(points_t ps) {
    for (size_t i = 0; i < ps.len; i++)
        if (ps.data[i].label.len > 0) free(ps.data[i].label.data);
    if (ps.len > 0) free(ps.data);
}

EXPORT("cabi_realloc")
void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
    (void)old_size;
    if (size == 0) return (void *)align;
    void *p = realloc(old, size);
    if (p == NULL) abort();
    return p;
}

#endif
