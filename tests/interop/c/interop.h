// What the C programs of this suite share: memory, strings and lists as the canonical ABI lays them out. Their bindings are
// written by hand, each beside the program that needs it. A fact that does not hold ends a program: it is asserted.
#ifndef INTEROP_H
#define INTEROP_H

#undef NDEBUG
#include <assert.h>
#include <malloc.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define IMPORT(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))
// The function that is called when the caller has read an export's result.
#define POST_RETURN(name) EXPORT("cabi_post_" name)

// How many bytes were taken and not yet freed, by this program or by others on its behalf.
static size_t taken;

static inline void *take(size_t size) {
    void *p = malloc(size > 0 ? size : 1);
    assert(p != NULL);
    taken += malloc_usable_size(p);
    return p;
}

static inline void give_back(void *p) {
    taken -= malloc_usable_size(p);
    free(p);
}

// What others get memory here with: for arguments, for results, and for what they write when something is read.
EXPORT("cabi_realloc")
void *cabi_realloc(void *old, size_t old_size, size_t align, size_t size) {
    assert(align == 1 || align == 2 || align == 4 || align == 8);
    if (size == 0) return (void *)align;
    void *p = take(size);
    if (old_size > 0) {
        memcpy(p, old, old_size < size ? old_size : size);
        give_back(old);
    }
    return p;
}

// A list, or a string, is where its elements are and how many.
#define LIST(element)    \
    struct {             \
        element *at;     \
        size_t len;      \
    }

typedef LIST(char) string_t;
typedef LIST(string_t) strings_t;
typedef LIST(uint8_t) bytes_t;

_Static_assert(sizeof(string_t) == 8, "the canonical layout of a string");

// Frees a list that came from somewhere else. An empty one takes no memory.
#define free_list(list)                              \
    do {                                             \
        if ((list).len > 0) give_back((list).at);    \
    } while (0)

static inline void free_strings(strings_t list) {
    for (size_t i = 0; i < list.len; i++) free_list(list.at[i]);
    free_list(list);
}

// A string of the program itself, which is never freed.
#define TEXT(literal) ((string_t){(char *)(literal), sizeof(literal) - 1})

static inline bool same_bytes(const void *a, size_t a_size, const void *b, size_t b_size) {
    return a_size == b_size && (a_size == 0 || memcmp(a, b, a_size) == 0);
}

static inline bool same_text(string_t a, string_t b) { return same_bytes(a.at, a.len, b.at, b.len); }

static inline string_t copy_text(string_t text) {
    if (text.len == 0) return text;
    string_t copy = {take(text.len), text.len};
    memcpy(copy.at, text.at, text.len);
    return copy;
}

// A text many times, to be freed.
static inline string_t repeat(string_t text, size_t times) {
    string_t all = {take(text.len * times), text.len * times};
    for (size_t i = 0; i < times; i++) memcpy(all.at + i * text.len, text.at, text.len);
    return all;
}

// Whether it is UTF-8, in its shortest form, without surrogates.
static inline bool is_text(string_t text) {
    static const uint32_t least[] = {0, 0x80, 0x800, 0x10000};
    for (size_t i = 0; i < text.len;) {
        uint8_t first = (uint8_t)text.at[i++];
        if (first < 0x80) continue;
        size_t more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
        if (first < 0xc2 || first > 0xf4 || text.len - i < more) return false;
        uint32_t c = first & (0x3fu >> more);
        for (size_t j = 0; j < more; j++) {
            uint8_t next = (uint8_t)text.at[i++];
            if ((next & 0xc0) != 0x80) return false;
            c = c << 6 | (next & 0x3f);
        }
        if (c < least[more] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) return false;
    }
    return true;
}

#endif
