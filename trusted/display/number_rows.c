/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Invariants, tested for every length and every set of gaps:
 *  1. every symbol is in exactly one row, in order;
 *  2. no row is wider than the number's box;
 *  3. there are at most LAYOUT_ROWS_MAX rows;
 *  4. rows break at gaps, unless a single group is wider than the box.
 */
#include "number_rows.h"

static int32_t span_width(uint32_t from, uint32_t to, uint32_t gaps)
{
    int32_t width = (int32_t)(to - from) * font_glyph(FONT_NUMBER, '0')->advance;

    for (uint32_t i = from + 1; i < to; i++)
        width += gaps >> i & 1 ? LAYOUT_GROUP_GAP : 0;
    return width;
}

int32_t number_rows_width(const struct number_rows *rows, uint32_t row)
{
    return span_width(rows->first[row], rows->first[row + 1], rows->gaps);
}

/* Threes; what would be a lone last symbol joins the group before it. */
static uint32_t threes(uint32_t length)
{
    uint32_t gaps = 0;

    for (uint32_t i = 3; i + 1 < length; i += 3)
        gaps |= 1u << i;
    return gaps;
}

static int32_t widest(const struct number_rows *rows)
{
    int32_t most = 0;

    for (uint32_t row = 0; row < rows->count; row++) {
        int32_t width = number_rows_width(rows, row);

        most = width > most ? width : most;
    }
    return most;
}

/* Is `a` better than `b`? Narrower is more even; of two equal ones the fuller first row wins. */
static bool is_better(const struct number_rows *a, const struct number_rows *b)
{
    int32_t wide_a = widest(a), wide_b = b->count == 0 ? INT32_MAX : widest(b);

    return wide_a < wide_b || (wide_a == wide_b && a->first[1] > b->first[1]);
}

/* All ways to break at `breaks` into `count` rows; the best goes to out (count 0: none fits). */
static void try_rows(uint32_t length, uint32_t count, uint32_t breaks, uint32_t gaps,
                     struct number_rows *out)
{
    struct number_rows trial = { .count = count, .gaps = gaps };

    out->count = 0;
    for (uint32_t i = 1; i < (count > 1 ? length : 2); i++) {
        for (uint32_t j = i + 1; j < (count > 2 ? length : i + 2); j++) {
            trial.first[1] = count > 1 ? i : length;
            trial.first[2] = count > 2 ? j : length;
            trial.first[3] = length;
            if ((count > 1 && (breaks >> i & 1) == 0) || (count > 2 && (breaks >> j & 1) == 0))
                continue;
            if (widest(&trial) <= layout[BOX_NUMBER].width && is_better(&trial, out))
                *out = trial;
        }
    }
}

static bool lay_out_at(uint32_t length, uint32_t breaks, uint32_t gaps, struct number_rows *out)
{
    for (uint32_t count = 1; count <= LAYOUT_ROWS_MAX; count++) {
        try_rows(length, count, breaks, gaps, out);
        if (out->count != 0)
            return true;
    }
    return false;
}

void number_rows_lay_out(uint32_t length, uint32_t gaps, struct number_rows *out)
{
    length = length < NUMBER_DIAL_MAX ? length : NUMBER_DIAL_MAX;
    gaps = gaps != 0 ? gaps : threes(length);
    *out = (struct number_rows){ .gaps = gaps };
    if (length == 0 || lay_out_at(length, gaps, gaps, out))
        return;
    if (!lay_out_at(length, ~0u, gaps, out)) {
        (void)lay_out_at(length, ~0u, 0, out); /* 20 symbols without gaps take two rows */
    }
}
