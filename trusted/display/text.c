/* SPDX-License-Identifier: BSD-2-Clause */
/* Short lines of text put together out of words and figures. What does not fit is cut. */
#include "text.h"

static void add_char(struct text *t, char c)
{
    if (t->length < TEXT_BYTES - 1) {
        t->bytes[t->length++] = c;
    }
}

void text_add(struct text *t, const char *more)
{
    while (*more != '\0') {
        add_char(t, *more++);
    }
}

void text_add_decimal(struct text *t, uint32_t value, uint32_t digits)
{
    char figures[10];
    uint32_t count = 0;

    while (count < sizeof figures && (value != 0 || count < digits)) {
        figures[count++] = (char)('0' + value % 10);
        value /= 10;
    }
    while (count > 0) {
        add_char(t, figures[--count]);
    }
}

void text_add_hex(struct text *t, uint32_t value, uint32_t digits)
{
    while (digits-- > 0) {
        add_char(t, "0123456789abcdef"[value >> (4 * digits) & 0xf]);
    }
}

void text_add_word(struct text *t, enum word word, const char *filling)
{
    for (const char *p = word_text[word]; *p != '\0'; p++) {
        if (*p == '%') {
            text_add(t, filling);
        } else {
            add_char(t, *p);
        }
    }
}

void text_add_cents(struct text *t, uint32_t cents)
{
    text_add_decimal(t, cents / 100, 1);
    add_char(t, word_decimal_mark);
    text_add_decimal(t, cents % 100, 2);
}

char symbol_character(unsigned symbol)
{
    return symbol < SYMBOL_COUNT ? "0123456789*#+"[symbol] : '?';
}

void text_add_number(struct text *t, const struct number *n)
{
    for (uint32_t i = 0; i < n->length && i < NUMBER_SYMBOLS_MAX; i++) {
        add_char(t, symbol_character(number_symbol_at(n, i)));
    }
}

void text_add_clock(struct text *t, uint32_t seconds)
{
    uint32_t minutes = seconds / 60;
    bool is_long = minutes >= 100; /* 1h41 takes no more room than 99:59 */

    text_add_decimal(t, is_long ? minutes / 60 % 100 : minutes, is_long ? 1 : 2);
    add_char(t, is_long ? 'h' : ':');
    text_add_decimal(t, is_long ? minutes % 60 : seconds % 60, 2);
}

void text_add_ordinal(struct text *t, uint32_t value)
{
    bool is_teen = value / 10 % 10 == 1;
    struct text figures = { 0 };

    text_add_decimal(&figures, value, 1);
    text_add_word(t, WORD_ORDINAL + (is_teen || value % 10 > 3 ? 0 : value % 10), figures.bytes);
}

uint32_t number_prefix(const struct number *n)
{
    unsigned first = number_symbol_at(n, 0);
    bool is_prefix = n->length > 4 && (first == SYMBOL_STAR || first == SYMBOL_HASH) &&
                     number_symbol_at(n, 1) == 3 && number_symbol_at(n, 2) == 1 &&
                     number_symbol_at(n, 3) == SYMBOL_HASH;

    return is_prefix ? 4 : 0;
}

static struct text price_by(const struct tariff *tariff, enum word per_minute)
{
    uint32_t category = tariff->category;
    struct text t = { 0 }, amount = { 0 };

    text_add_cents(&amount, tariff->cents);
    text_add_word(&t,
                  tariff->unit != PRICE_NONE   ? per_minute + (tariff->unit - PRICE_PER_MINUTE)
                  : !tariff_is_plain(category) ? WORD_PRICE_UNKNOWN
                  : category < TARIFF_FREE     ? WORD_PRICE_PLAN
                                               : WORD_PRICE_FREE,
                  amount.bytes);
    return t;
}

struct text text_price(const struct tariff *tariff)
{
    return price_by(tariff, WORD_PER_MINUTE);
}

struct text text_price_short(const struct tariff *tariff)
{
    return price_by(tariff, WORD_PER_MINUTE_SHORT);
}

_Static_assert(WORD_PER_MINUTE + PRICE_PER_CALL - PRICE_PER_MINUTE == WORD_PER_CALL, "units");
_Static_assert(WORD_PER_MINUTE_SHORT + PRICE_UNITS - PRICE_PER_MINUTE == WORD_UP_TO_SHORT + 1,
               "units");

/* 3GPP TS 22.030 Annex B, "Codes for defined Supplementary Services". */
static const struct {
    uint32_t service;
    enum word meaning;
} diverts[] = {
    { 121, WORD_DIVERT_ALL },
    { 1002, WORD_DIVERT_ALL }, /* digits behind a leading 1: 002 is 1002 */
    { 167, WORD_DIVERT_BUSY },
    { 161, WORD_DIVERT_UNANSWERED },
    { 162, WORD_DIVERT_UNREACHABLE },
    { 1004, WORD_DIVERT_CONDITIONAL },
};

/* '*' activates, '**' registers; '#', '##', '*#' switch off, erase, ask: no target matters. */
enum word text_code_meaning(const struct number *code, struct number *target)
{
    uint32_t at = 0, service = 1;

    *target = (struct number){ 0 };
    while (at < 2 && at < code->length && number_symbol_at(code, at) == SYMBOL_STAR) {
        at++;
    }
    for (;
         at > 0 && at < code->length && number_symbol_at(code, at) < SYMBOL_STAR && service < 10000;
         at++) {
        service = service * 10 + number_symbol_at(code, at);
    }
    if (at == 0 || at >= code->length || number_symbol_at(code, at) != SYMBOL_STAR) {
        return WORD_NETWORK_CODE;
    }
    for (uint32_t i = 0; i < sizeof diverts / sizeof diverts[0]; i++) {
        if (diverts[i].service != service) {
            continue;
        }
        while (++at < code->length && number_symbol_at(code, at) != SYMBOL_STAR &&
               number_symbol_at(code, at) != SYMBOL_HASH &&
               number_append(target, number_symbol_at(code, at)))
            ;
        return target->length != 0 ? diverts[i].meaning : WORD_NETWORK_CODE;
    }
    return WORD_NETWORK_CODE;
}
