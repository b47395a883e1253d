/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of packed numbers. */
#include "number.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void append_fills_up_to_the_maximum(void **state)
{
    struct number n = { 0 };

    (void)state;
    assert_true(number_append(&n, SYMBOL_PLUS));
    for (unsigned i = 1; i < NUMBER_SYMBOLS_MAX; i++) {
        assert_true(number_append(&n, i % 12));
        assert_int_equal(number_symbol_at(&n, i), i % 12);
        assert_true(number_is_valid(&n));
    }
    assert_false(number_append(&n, 1));
    assert_int_equal(n.length, NUMBER_SYMBOLS_MAX);
}

static void append_refuses(void **state)
{
    struct number n = { 0 };

    (void)state;
    assert_false(number_append(&n, SYMBOL_COUNT));
    assert_true(number_append(&n, 4));
    assert_false(number_append(&n, SYMBOL_PLUS));
    assert_int_equal(n.length, 1);
}

static void validity(void **state)
{
    const struct number empty = { 0 };
    const struct number too_long = { .length = NUMBER_SYMBOLS_MAX + 1 };
    const struct number huge = { .length = UINT32_MAX };
    const struct number hidden_digit = { .length = 2, .packed = { 0x512 } };
    const struct number bad_symbol = { .length = 2, .packed = { 0xd1 } };
    const struct number late_plus = { .length = 2, .packed = { 0xc1 } };
    const struct number good = { .length = 2, .packed = { 0xbc } };
    const struct number hidden_in_last_word = { .length = 1, .packed = { 1, 0, 0, 0, 0x80000000 } };

    (void)state;
    assert_false(number_is_valid(&empty));
    assert_false(number_is_valid(&too_long));
    assert_false(number_is_valid(&huge));
    assert_false(number_is_valid(&hidden_digit));
    assert_false(number_is_valid(&bad_symbol));
    assert_false(number_is_valid(&late_plus));
    assert_false(number_is_valid(&hidden_in_last_word));
    assert_true(number_is_valid(&good));
}

static void equality_sees_every_symbol(void **state)
{
    struct number a = { 0 }, b;

    (void)state;
    for (unsigned i = 0; i < NUMBER_SYMBOLS_MAX; i++) {
        number_append(&a, i % 10);
    }
    assert_true(number_is_equal(&a, &a));
    for (unsigned i = 0; i < NUMBER_SYMBOLS_MAX; i++) {
        b = a;
        b.packed[i / 8] ^= 1u << (4 * (i % 8));
        assert_false(number_is_equal(&a, &b));
    }
    b = a;
    b.length--;
    assert_false(number_is_equal(&a, &b));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(append_fills_up_to_the_maximum),
        cmocka_unit_test(append_refuses),
        cmocka_unit_test(validity),
        cmocka_unit_test(equality_sees_every_symbol),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
