/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A telephone number between components: symbols, never characters. One form
 * is canonical (unused nibbles are zero), so that two numbers are equal exactly
 * when their words are.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/types.h"

enum {
    NUMBER_SYMBOLS_MAX = 40, /* an MMI code; a call's number has at most NUMBER_DIAL_MAX */
    NUMBER_DIAL_MAX = 20,
    NUMBER_PACKED = 5,
    NUMBER_WORDS = 1 + NUMBER_PACKED, /* length, then packed, one per message word */
};

/* 3GPP TS 27.007 dial string symbols: 0..9, then these. */
enum number_symbol { SYMBOL_STAR = 10, SYMBOL_HASH = 11, SYMBOL_PLUS = 12, SYMBOL_COUNT = 13 };

#define NUMBER_ALPHABET "0123456789*#+" /* by symbol */

struct number {
    uint32_t length;                /* symbols */
    uint32_t packed[NUMBER_PACKED]; /* eight symbols a word, the first in bits 3:0 */
};
_Static_assert(sizeof(struct number) == 4 * NUMBER_WORDS, "number is six 32-bit words");

static inline unsigned number_symbol_at(const struct number *n, uint32_t i)
{
    return (n->packed[i / 8] >> (4 * (i % 8))) & 0xf;
}

/* All rules a number that crosses a boundary must keep: length, symbols, unused nibbles zero,
 * '+' only in front. */
bool number_is_valid(const struct number *n);
bool number_append(struct number *n, unsigned symbol); /* false: full or no such symbol */
bool number_is_equal(const struct number *a, const struct number *b);
bool number_is_none(const struct number *n); /* all zero */
/* Digits, perhaps behind a plus, as many as a call may have: it can be shown, called, called back.
 * A service code cannot. */
bool number_is_callable(const struct number *n);
