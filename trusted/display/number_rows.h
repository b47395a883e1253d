/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a number is broken into rows: never cut, never smaller, at most three
 * rows, broken only at group gaps, rows as even as possible.
 */
#ifndef DISPLAY_NUMBER_ROWS_H
#define DISPLAY_NUMBER_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "layout.h"
#include "number.h"

struct number_rows {
    uint32_t count;                    /* rows, 1..3 (0 for an empty number) */
    uint32_t first[LAYOUT_ROWS_MAX + 1]; /* row r is symbols first[r] .. first[r + 1] - 1 */
    uint32_t gaps;                     /* bit i: a gap stands before symbol i */
};

/* `gaps` as PROMPT_WORD_GROUPS; 0 means groups of three. */
void number_rows_lay_out(uint32_t length, uint32_t gaps, struct number_rows *out);
int32_t number_rows_width(const struct number_rows *rows, uint32_t row);

#endif
