/* SPDX-License-Identifier: BSD-2-Clause */
#include "number.h"

bool number_append(struct number *n, unsigned symbol)
{
    if (n->length >= NUMBER_SYMBOLS_MAX || symbol >= SYMBOL_COUNT ||
        (symbol == SYMBOL_PLUS && n->length > 0)) {
        return false;
    }
    n->packed[n->length / 8] |= (uint32_t)symbol << (4 * (n->length % 8));
    n->length++;
    return true;
}

bool number_is_equal(const struct number *a, const struct number *b)
{
    bool equal = a->length == b->length;

    for (unsigned i = 0; i < NUMBER_PACKED; i++) {
        equal = equal && a->packed[i] == b->packed[i];
    }
    return equal;
}

/* What number_append makes of its symbols is the same number again, to the last unused bit. */
bool number_is_valid(const struct number *n)
{
    struct number copy = { 0 };

    for (uint32_t i = 0; i < n->length && i < NUMBER_SYMBOLS_MAX; i++) {
        (void)number_append(&copy, number_symbol_at(n, i));
    }
    return n->length > 0 && number_is_equal(&copy, n);
}

void number_put(abi_word *words, const struct number *n)
{
    words[0] = n->length;
    for (unsigned i = 0; i < NUMBER_PACKED; i++) {
        words[1 + i] = n->packed[i];
    }
}

struct number number_take(const abi_word *words)
{
    struct number n = { .length = (uint32_t)words[0] };

    for (unsigned i = 0; i < NUMBER_PACKED; i++) {
        n.packed[i] = (uint32_t)words[1 + i];
    }
    return n;
}
