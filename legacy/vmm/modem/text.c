/* SPDX-License-Identifier: BSD-2-Clause */
/* Lines of text for the guest: what does not fit is cut, never written past the end. */
#include "vmodem.h"

static void add(struct text *text, char c)
{
    if (text->length < sizeof(text->bytes)) {
        text->bytes[text->length++] = c;
    }
}

void text_add(struct text *text, const char *string)
{
    for (; *string != 0; string++) {
        add(text, *string);
    }
}

void text_add_decimal(struct text *text, uint32_t value)
{
    char digits[10];
    uint32_t count = 0;
    do {
        digits[count++] = (char)('0' + value % 10);
        value /= 10;
    } while (value != 0);
    while (count != 0) {
        add(text, digits[--count]);
    }
}

void text_add_number(struct text *text, const struct number *number)
{
    for (uint32_t i = 0; i < number->length && i < NUMBER_SYMBOLS_MAX; i++) {
        const unsigned symbol = number_symbol_at(number, i);
        add(text, symbol < SYMBOL_COUNT ? NUMBER_ALPHABET[symbol] : '?');
    }
}

const char *text_number_type(const struct number *number)
{
    if (number->length == 0) {
        return "\",128";
    }
    return number_symbol_at(number, 0) == SYMBOL_PLUS ? "\",145" : "\",129";
}
