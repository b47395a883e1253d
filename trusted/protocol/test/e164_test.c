/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of comparing numbers by meaning. */
#include "e164.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct number number_of(const char *text)
{
    struct number n = { 0 };

    for (; *text != '\0'; text++) {
        assert_true(
            number_append(&n, (unsigned)(strchr(NUMBER_ALPHABET, *text) - NUMBER_ALPHABET)));
    }
    return n;
}

static void the_same_number(void **state)
{
    static const char *const rows[][2] = {
        { "030123456", "+4930123456" },
        { "030123456", "004930123456" },
        { "+4930123456", "004930123456" },
        { "030123456", "030123456" },
        { "+49030123456", "030123456" },
        { "0049030123456", "+4930123456" },
        { "09001234567", "+499001234567" },
        { "0043123456", "+43123456" },
        { "112", "+49112" },
        { "110", "0049110" },
        { "116117", "+49116117" },
        { "11833", "+4911833" },
        { "*100#", "*100#" },
        { "0", "0" },
        { "000", "000" },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct number a = number_of(rows[i][0]), b = number_of(rows[i][1]);

        print_message("%s %s\n", rows[i][0], rows[i][1]);
        assert_true(e164_is_equal(&a, &b));
        assert_true(e164_is_equal(&b, &a));
    }
}

static void another_number(void **state)
{
    static const char *const rows[][2] = {
        { "030123456", "030123457" },
        { "030123456", "30123456" },
        { "030123456", "+4330123456" },
        { "030123456", "+30123456" },
        { "0043123456", "043123456" },
        { "112", "110" },
        { "112", "0112" },
        { "112", "1120" },
        { "22833", "+4922833" },
        { "112", "+43112" },
        { "00049112", "+49112" },
        { "1121121", "+491121121" },
        { "*21#", "21" },
        { "+49", "0" },
        { "030", "030#" },
    };

    (void)state;
    for (unsigned i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const struct number a = number_of(rows[i][0]), b = number_of(rows[i][1]);

        print_message("%s %s\n", rows[i][0], rows[i][1]);
        assert_false(e164_is_equal(&a, &b));
    }
}

/* Whatever comes in, what comes out is a number, and its meaning is its own meaning; but +49 0 112
 * is no 112. */
static void any_number(void **state)
{
    uint64_t seed = 3;

    (void)state;
    for (unsigned round = 0; round < 200000; round++) {
        struct number n = { 0 }, once, twice;

        for (unsigned i = 0, count = 1 + (unsigned)(seed >> 58) % NUMBER_SYMBOLS_MAX; i < count;
             i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            (void)number_append(&n, (unsigned)(seed >> 33) % (seed >> 63 ? 2 : SYMBOL_COUNT));
        }
        if (n.length == 0) {
            continue;
        }
        once = e164_of(&n);
        twice = e164_of(&once);
        assert_true(once.length == 0 || number_is_valid(&once));
        assert_true(once.length <= n.length + 2);
        assert_true(number_is_equal(&once, &twice) || number_symbol_at(&once, 0) == SYMBOL_PLUS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_number),
        cmocka_unit_test(another_number),
        cmocka_unit_test(any_number),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
