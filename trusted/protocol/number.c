/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers as they are dialled: up to a bounded count of symbols, packed four bits each. */
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

bool number_is_none(const struct number *n)
{
    return number_is_equal(n, &(struct number){ 0 });
}

bool number_is_callable(const struct number *n)
{
    uint32_t digits = 0;

    for (uint32_t i = 0; number_is_valid(n) && i < n->length; i++) {
        digits += number_symbol_at(n, i) <= 9;
    }
    return digits != 0 && n->length <= NUMBER_DIAL_MAX &&
           digits + (number_symbol_at(n, 0) == SYMBOL_PLUS) == n->length;
}
