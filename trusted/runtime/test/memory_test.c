/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The memory functions at every alignment and small length, with guard bytes on both sides. The
 * build renames them (memcpy = tested_memcpy ...), so that the C library's own stay in place.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "runtime/memory.h"

enum { ROOM = 192, SHIFTS = 9, LENGTHS = 152, GUARD = 0xa5 };

static uint8_t from[ROOM];
static uint8_t to[ROOM];

static void fill(void)
{
    for (unsigned i = 0; i < ROOM; i++) {
        from[i] = (uint8_t)(i * 7 + 1);
        to[i] = GUARD;
    }
}

static void assert_copied(unsigned target, unsigned source, unsigned length)
{
    for (unsigned i = 0; i < ROOM; i++) {
        uint8_t wanted = GUARD;

        if (i >= target && i < target + length) {
            wanted = (uint8_t)((source + i - target) * 7 + 1);
        }
        assert_int_equal(to[i], wanted);
    }
}

static void test_copy(void **state)
{
    (void)state;
    for (unsigned target = 0; target < SHIFTS; target++) {
        for (unsigned source = 0; source < SHIFTS; source++) {
            for (unsigned length = 0; length < LENGTHS; length++) {
                fill();
                assert_ptr_equal(memcpy(to + target, from + source, length), to + target);
                assert_copied(target, source, length);
            }
        }
    }
}

static void test_set(void **state)
{
    (void)state;
    for (unsigned target = 0; target < SHIFTS; target++) {
        for (unsigned length = 0; length < LENGTHS; length++) {
            fill();
            assert_ptr_equal(memset(to + target, 0x1c3, length), to + target);
            for (unsigned i = 0; i < ROOM; i++) {
                assert_int_equal(to[i], i >= target && i < target + length ? 0xc3 : GUARD);
            }
        }
    }
}

static void test_compare(void **state)
{
    (void)state;
    fill();
    for (unsigned i = 0; i < ROOM; i++) {
        to[i] = from[i];
    }
    assert_int_equal(memcmp(to, from, ROOM), 0);
    to[20] = (uint8_t)(from[20] - 1);
    assert_true(memcmp(to, from, ROOM) < 0);
    assert_true(memcmp(from, to, ROOM) > 0);
    assert_int_equal(memcmp(to, from, 20), 0);
    to[5] = 0xff; /* bytes are unsigned */
    from[5] = 0x01;
    assert_true(memcmp(to, from, ROOM) > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_set),
        cmocka_unit_test(test_compare),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
