/* SPDX-License-Identifier: BSD-2-Clause */
#include "text.h"

enum { CENTS_SHOWN_MAX = 999999 };

void text_clear(struct text *t)
{
    t->length = 0;
    t->bytes[0] = '\0';
}

void text_add_char(struct text *t, char c)
{
    if (t->length < TEXT_BYTES - 1) {
        t->bytes[t->length++] = c;
        t->bytes[t->length] = '\0';
    }
}

void text_add(struct text *t, const char *more)
{
    while (*more != '\0')
        text_add_char(t, *more++);
}

void text_add_decimal(struct text *t, uint32_t value, uint32_t digits)
{
    char figures[10];
    uint32_t count = 0;

    while (value != 0 || count < digits || count == 0) {
        figures[count++] = (char)('0' + value % 10);
        value /= 10;
        if (count == sizeof figures)
            break;
    }
    while (count > 0)
        text_add_char(t, figures[--count]);
}

void text_add_hex(struct text *t, uint32_t value, uint32_t digits)
{
    while (digits-- > 0)
        text_add_char(t, "0123456789abcdef"[value >> (4 * digits) & 0xf]);
}

void text_add_word(struct text *t, enum word word, const char *filling)
{
    for (const char *p = word_text[word]; *p != '\0'; p++) {
        if (*p == '%')
            text_add(t, filling);
        else
            text_add_char(t, *p);
    }
}

void text_add_cents(struct text *t, uint32_t cents)
{
    if (cents > CENTS_SHOWN_MAX)
        cents = CENTS_SHOWN_MAX;
    text_add_decimal(t, cents / 100, 1);
    text_add_char(t, words_decimal_mark);
    text_add_decimal(t, cents % 100, 2);
}

void text_add_clock(struct text *t, uint32_t seconds)
{
    uint32_t minutes = seconds / 60;

    if (minutes >= 100) { /* 1h41 takes no more room than 99:59 */
        text_add_decimal(t, minutes / 60 % 100, 1);
        text_add_char(t, 'h');
        text_add_decimal(t, minutes % 60, 2);
        return;
    }
    text_add_decimal(t, minutes, 2);
    text_add_char(t, ':');
    text_add_decimal(t, seconds % 60, 2);
}

char symbol_character(unsigned symbol)
{
    return symbol < SYMBOL_COUNT ? "0123456789*#+"[symbol] : '?';
}

void text_add_number(struct text *t, const struct number *n)
{
    for (uint32_t i = 0; i < n->length && i < NUMBER_SYMBOLS_MAX; i++)
        text_add_char(t, symbol_character(number_symbol_at(n, i)));
}

static enum word price_word(uint32_t category, uint32_t unit)
{
    switch (unit) {
    case PRICE_PER_MINUTE:
        return WORD_PER_MINUTE;
    case PRICE_PER_CALL:
        return WORD_PER_CALL;
    case PRICE_UP_TO_PER_MINUTE:
        return WORD_UP_TO_PER_MINUTE;
    default:
        return category == TARIFF_PLAN ? WORD_PRICE_PLAN :
               category == TARIFF_FREE || category == TARIFF_EMERGENCY ? WORD_PRICE_FREE :
               WORD_PRICE_UNKNOWN;
    }
}

void text_add_price(struct text *t, uint32_t category, uint32_t cents, uint32_t unit)
{
    struct text amount;

    text_clear(&amount);
    text_add_cents(&amount, cents);
    text_add_word(t, price_word(category, unit), amount.bytes);
}
