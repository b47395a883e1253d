/* SPDX-License-Identifier: BSD-2-Clause */
/* Short lines of text put together out of words and figures. What does not fit is cut. */
#pragma once

#include <stdint.h>

#include "display.h"
#include "layout.h"

enum { TEXT_BYTES = 320 };

/* starts as { 0 } */
struct text {
    uint32_t length;
    char bytes[TEXT_BYTES]; /* always ends in a zero */
};

void text_add(struct text *t, const char *more);
/* At least `digits` figures. */
void text_add_decimal(struct text *t, uint32_t value, uint32_t digits);
void text_add_hex(struct text *t, uint32_t value, uint32_t digits);
/* The word with its '%' replaced. */
void text_add_word(struct text *t, enum word word, const char *filling);
void text_add_cents(struct text *t, uint32_t cents); /* 1.99, or 1,99 in German */
void text_add_number(struct text *t, const struct number *n);

void text_add_clock(struct text *t, uint32_t seconds); /* 00:42, 1h41 */
/* "1.99 € per minute", "Price unknown": never empty. */
struct text text_price(const struct tariff *tariff);
/* "1.99 €/min" */
struct text text_price_short(const struct tariff *tariff);
void text_add_ordinal(struct text *t, uint32_t value); /* 3rd */

char symbol_character(unsigned symbol);
/* Symbols of "#31#" or "*31#" in front, with a number behind (3GPP TS 22.030 Annex B): it hides or
 * shows our own. */
uint32_t number_prefix(const struct number *n);

/* What a supplementary service code means (3GPP TS 22.030, 6.5.2 "Structure of the MMI"), and the
 * number that calls are diverted to: empty when there is none that we know. */
enum word text_code_meaning(const struct number *code, struct number *target);
