/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * N1 A valid number has 1 to 40 legal symbols, a plus only in front, and zero in what is not used.
 * N2 Append keeps a valid number valid and one longer, or leaves it as it was.
 * N3 Equal is: every word is equal.
 */
#include "number.h"
#include "proof.h"

struct number nondet_number(void);

static void check_symbol(const struct number *n, uint32_t i)
{
    if (i >= n->length) {
        assert(number_symbol_at(n, i) == 0);
    } else {
        assert(number_symbol_at(n, i) < SYMBOL_COUNT);
        assert(i == 0 || number_symbol_at(n, i) != SYMBOL_PLUS);
    }
}

static void check_append(struct number n)
{
    const struct number before = n;
    const uint32_t i = any_below(NUMBER_SYMBOLS_MAX);
    const unsigned symbol = nondet_u32();

    if (!number_append(&n, symbol)) {
        assert(number_is_equal(&n, &before));
        return;
    }
    assert(n.length == before.length + 1 && number_is_valid(&n));
    assert(number_symbol_at(&n, before.length) == symbol);
    assert(i >= before.length || number_symbol_at(&n, i) == number_symbol_at(&before, i));
    REACHED(n.length == NUMBER_SYMBOLS_MAX);
}

int main(void)
{
    const struct number n = nondet_number(), other = nondet_number(), none = { 0 };
    const uint32_t i = any_below(NUMBER_PACKED);

    assert(!number_is_equal(&n, &other) ||
           (n.length == other.length && n.packed[i] == other.packed[i]));
    assert(!number_is_valid(&none));
    if (number_is_valid(&n)) {
        assert(n.length >= 1 && n.length <= NUMBER_SYMBOLS_MAX);
        check_symbol(&n, any_below(NUMBER_SYMBOLS_MAX));
        check_append(n);
        REACHED(number_symbol_at(&n, 0) == SYMBOL_PLUS);
    }
    return 0;
}
