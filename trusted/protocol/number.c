/* SPDX-License-Identifier: BSD-2-Clause */
#include "number.h"

enum { SYMBOLS_A_WORD = 8, SYMBOL_BITS = 4 };

static bool unused_nibbles_are_zero(const struct number *n)
{
    for (uint32_t i = n->length; i < NUMBER_SYMBOLS_MAX; i++) {
        if (number_symbol_at(n, i) != 0)
            return false;
    }
    return true;
}

bool number_is_valid(const struct number *n)
{
    if (n->length == 0 || n->length > NUMBER_SYMBOLS_MAX)
        return false;
    for (uint32_t i = 0; i < n->length; i++) {
        unsigned symbol = number_symbol_at(n, i);

        if (symbol >= SYMBOL_COUNT || (symbol == SYMBOL_PLUS && i > 0))
            return false;
    }
    return unused_nibbles_are_zero(n);
}

bool number_append(struct number *n, unsigned symbol)
{
    if (n->length >= NUMBER_SYMBOLS_MAX || symbol >= SYMBOL_COUNT)
        return false;
    if (symbol == SYMBOL_PLUS && n->length > 0)
        return false;
    n->packed[n->length / SYMBOLS_A_WORD] |= (uint32_t)symbol << (SYMBOL_BITS * (n->length % SYMBOLS_A_WORD));
    n->length++;
    return true;
}

bool number_is_equal(const struct number *a, const struct number *b)
{
    bool equal = a->length == b->length;

    for (unsigned i = 0; i < NUMBER_PACKED; i++)
        equal = equal && a->packed[i] == b->packed[i];
    return equal;
}
