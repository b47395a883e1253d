/* SPDX-License-Identifier: BSD-2-Clause */
/* The screens, drawn out of the server's state. Nothing here changes the state but `damage`, and
 * `filled`, `below` and `drawn`, the records of what was drawn. */
#pragma once

#include "server.h"

/* Draws what is damaged, or the most urgent part of it; the picture is complete once s->damage is
 * 0. */
void paint(struct server *s);

/* How a number is broken into rows: never cut, never smaller, at most three rows, broken only at
 * group gaps, rows as even as possible. */
struct number_rows {
    uint32_t count;                      /* rows, 1..3 (0 for an empty number) */
    uint32_t first[LAYOUT_ROWS_MAX + 1]; /* row r is symbols first[r] .. first[r + 1] - 1 */
    uint64_t gaps;                       /* bit i: a gap stands before symbol i */
};

/* `gaps` as PROMPT_WORD_GROUPS; 0 means groups of three. */
void number_rows_lay_out(uint32_t length, uint32_t gaps, struct number_rows *out);
/* Of symbols from..to-1 in one row. */
int32_t number_row_width(uint32_t from, uint32_t to, uint64_t gaps);
