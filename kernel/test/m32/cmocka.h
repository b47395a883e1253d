/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The little of cmocka's interface that the host tests use, for their 32-bit builds: Debian has
 * the library for the machine's own word size only. A failed assertion ends the run.
 */
#pragma once

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct CMUnitTest {
    const char *name;
    void (*test)(void **state);
    int (*setup)(void **state);
    int (*teardown)(void **state);
};

#define cmocka_unit_test(f) { #f, f, NULL, NULL }
#define cmocka_unit_test_setup(f, setup) { #f, f, setup, NULL }
#define cmocka_unit_test_setup_teardown(f, setup, teardown) { #f, f, setup, teardown }
#define cmocka_run_group_tests(tests, setup, teardown) \
    cmocka_run_group_tests_name(#tests, tests, setup, teardown)
#define cmocka_run_group_tests_name(name, tests, setup, teardown) \
    shim_run(name, tests, sizeof(tests) / sizeof(tests[0]), setup, teardown)

#define shim_check(condition, text) \
    ((condition) ? (void)0 : (fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, text), abort()))
#define fail() shim_check(0, "fail")
#define fail_msg(...) (fprintf(stderr, __VA_ARGS__), fail())
#define assert_true(c) shim_check(c, #c)
#define assert_false(c) shim_check(!(c), "not " #c)
#define assert_null(p) shim_check((p) == NULL, #p " is NULL")
#define assert_non_null(p) shim_check((p) != NULL, #p)
#define assert_ptr_equal(a, b) shim_check((const void *)(a) == (const void *)(b), #a " == " #b)
#define assert_int_equal(a, b) shim_check((uintmax_t)(a) == (uintmax_t)(b), #a " == " #b)
#define assert_int_not_equal(a, b) shim_check((uintmax_t)(a) != (uintmax_t)(b), #a " != " #b)
#define assert_in_range(v, low, high)                                                     \
    shim_check((uintmax_t)(v) >= (uintmax_t)(low) && (uintmax_t)(v) <= (uintmax_t)(high), \
               #v " in " #low ".." #high)
#define assert_string_equal(a, b) shim_check(strcmp(a, b) == 0, #a " == " #b)
#define assert_string_not_equal(a, b) shim_check(strcmp(a, b) != 0, #a " != " #b)
#define assert_memory_equal(a, b, n) shim_check(memcmp(a, b, n) == 0, #a " == " #b)
#define assert_memory_not_equal(a, b, n) shim_check(memcmp(a, b, n) != 0, #a " != " #b)

#define print_message printf
#define test_malloc malloc /* the address sanitizer does cmocka's checks */
#define test_calloc calloc
#define test_free free

static inline int shim_run(const char *name, const struct CMUnitTest *tests, size_t count,
                           int (*setup)(void **state), int (*teardown)(void **state))
{
    void *group = NULL;

    if (setup != NULL) {
        setup(&group);
    }
    for (size_t i = 0; i < count; i++) {
        void *state = group;

        if (tests[i].setup != NULL) {
            tests[i].setup(&state);
        }
        tests[i].test(&state);
        if (tests[i].teardown != NULL) {
            tests[i].teardown(&state);
        }
        printf("[       OK ] %s\n",
               tests[i].name); /* as cmocka says it: scripts/test counts these */
    }
    if (teardown != NULL) {
        teardown(&group);
    }
    printf("%s: %zu passed\n", name, count);
    return 0;
}
