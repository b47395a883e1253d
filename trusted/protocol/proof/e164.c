/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * E1 What e164_of makes of a valid number of up to NUMBER_DIAL_MAX symbols is a valid number; it is
 *    at most three symbols longer, and the last symbol stays (but of "00" and "+490").
 * E2 A number that starts with a plus and is not +49 is itself: two numbers abroad are one only if
 *    they are the same.
 * E3 110 and 112 are themselves, and only one of up to 7 symbols can mean them. What loses its
 *    country code has up to 6 then; a single symbol is itself.
 */
#include "e164.h"
#include "proof.h"

struct number nondet_number(void);

static bool has_digits(const struct number *n, const uint8_t *digits, uint32_t length)
{
    bool is_so = n->length == length;

    for (uint32_t i = 0; i < length; i++) {
        is_so = is_so && number_symbol_at(n, i) == digits[i];
    }
    return is_so;
}

static bool is_emergency(const struct number *n)
{
    static const uint8_t police[] = { 1, 1, 0 }, rescue[] = { 1, 1, 2 };

    return has_digits(n, police, 3) || has_digits(n, rescue, 3);
}

int main(void)
{
    const struct number n = nondet_number();
    struct number means;

    ASSUME(number_is_valid(&n) && n.length <= NUMBER_DIAL_MAX);
    means = e164_of(&n);
    assert(number_is_valid(&means) && means.length <= n.length + 3);
    assert(n.length <= 5 ||
           number_symbol_at(&means, means.length - 1) == number_symbol_at(&n, n.length - 1));
    assert(!is_emergency(&n) || number_is_equal(&means, &n));
    assert(!is_emergency(&means) || n.length <= 7);
    assert(number_is_equal(&means, &n) || means.length <= 6 ||
           number_symbol_at(&means, 0) == SYMBOL_PLUS);
    assert(n.length > 1 || number_is_equal(&means, &n));
    if (number_symbol_at(&n, 0) == SYMBOL_PLUS &&
        !(number_symbol_at(&n, 1) == 4 && number_symbol_at(&n, 2) == 9)) {
        assert(number_is_equal(&means, &n));
        REACHED(n.length == NUMBER_DIAL_MAX);
    }
    REACHED(is_emergency(&means) && n.length == 7);
    REACHED(means.length == n.length + 2);
    return 0;
}
