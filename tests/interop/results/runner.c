// World runner in C: checks that failures arrive as what they are, in the middle of successes.
#include "results.h"

IMPORT(INTERFACE, "string-error") void string_error(float a, string_error_t *ret);
IMPORT(INTERFACE, "enum-error") void enum_error(float a, enum_error_t *ret);
IMPORT(INTERFACE, "record-error") void record_error(float a, record_error_t *ret);
IMPORT(INTERFACE, "variant-error") void variant_error(float a, variant_error_t *ret);
IMPORT(INTERFACE, "empty-error") void empty_error(uint32_t a, empty_error_t *ret);
IMPORT(INTERFACE, "double-error") void double_error(uint32_t a, double_error_t *ret);

static void strings(void) {
    for (int a = 0; a < 10; a++) {
        string_error_t got;
        string_error((float)a, &got);
        assert(got.err == (a == 0));
        if (got.err)
            assert(same_text(got.failure, TEXT("zero")));
        else
            assert(got.value == (float)a);
        free_string_error(&got);
    }
}

static void enums(void) {
    for (int a = 0; a < 10; a++) {
        enum_error_t got;
        enum_error((float)a, &got);
        assert(got.err == (a == 0));
        if (got.err)
            assert(got.failure == E_A);
        else
            assert(got.value == (float)a);
    }
}

static void records(void) {
    for (int a = 0; a < 10; a++) {
        record_error_t got;
        record_error((float)a, &got);
        assert(got.err == (a < 2));
        if (a == 0)
            assert(got.failure.line == 420 && got.failure.column == 0);
        else if (a == 1)
            assert(got.failure.line == 77 && got.failure.column == 2);
        else
            assert(got.value == (float)a);
    }
}

static void variants(void) {
    for (int a = 0; a < 10; a++) {
        variant_error_t got;
        variant_error((float)a, &got);
        assert(got.err == (a < 3));
        if (a == 0)
            assert(got.failure.is_e2 == 1 && got.failure.e2.line == 420 && got.failure.e2.column == 0);
        else if (a < 3)
            assert(got.failure.is_e2 == 0 && got.failure.e1 == (a == 1 ? E_B : E_C));
        else
            assert(got.value == (float)a);
    }
}

static void empties(void) {
    for (uint32_t a = 0; a < 10; a++) {
        empty_error_t got;
        empty_error(a, &got);
        assert(got.err == (a == 0));
        if (!got.err) assert(got.value == (a == 1 ? 42 : a));
    }
}

static void doubles(void) {
    for (uint32_t a = 0; a < 10; a++) {
        double_error_t got;
        double_error(a, &got);
        assert(got.err == (a > 1));
        if (got.err)
            assert(same_text(got.failure, TEXT("more")));
        else
            assert(got.value.err == a);
        if (a == 1) assert(same_text(got.value.failure, TEXT("one")));
        free_double_error(&got);
    }
}

EXPORT("run")
void run(void) {
    // Whatever a function makes of a number, it makes of it again.
    for (int i = 0; i < 2; i++) {
        strings();
        enums();
        records();
        variants();
        empties();
        doubles();
    }
    assert(taken == 0);
}
