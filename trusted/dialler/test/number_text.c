/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers written as text, for tests. */
#include "number_text.h"

#include <stdlib.h>
#include <string.h>

static const char symbols[] = "0123456789*#+";

struct number number_of(const char *text)
{
    struct number n = { 0 };

    for (; *text != '\0'; text++) {
        const char *at = strchr(symbols, *text);

        if (at == NULL || !number_append(&n, (unsigned)(at - symbols))) {
            abort();
        }
    }
    return n;
}

const char *number_text(const struct number *n)
{
    static char text[NUMBER_SYMBOLS_MAX + 1];

    for (uint32_t i = 0; i < n->length; i++) {
        text[i] = symbols[number_symbol_at(n, i)];
    }
    text[n->length] = '\0';
    return text;
}
