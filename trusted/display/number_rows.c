/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How a number is broken into rows. Invariants, tested for every length and every set of gaps:
 *  1. every symbol is in exactly one row, in order;
 *  2. no row is wider than the number's box;
 *  3. there are at most LAYOUT_ROWS_MAX rows;
 *  4. rows break at gaps, unless a single group is wider than the box;
 *  5. of all ways to break, the widest row is as narrow as can be.
 */
#include "paint.h"

int32_t number_row_width(uint32_t from, uint32_t to, uint64_t gaps)
{
    int32_t width = (int32_t)(to - from) * font_glyph(FONT_NUMBER, '0')->advance;

    for (uint32_t i = from + 1; i < to; i++) {
        width += gaps >> i & 1 ? LAYOUT_GROUP_GAP : 0;
    }
    return width;
}

/* Threes; what would be a lone last symbol joins the group before it. */
static uint32_t threes(uint32_t length)
{
    uint32_t gaps = 0;

    for (uint32_t i = 3; i + 1 < length; i += 3) {
        gaps |= 1u << i;
    }
    return gaps;
}

/* Rows as full as `limit` pixels allow, one after the other. Returns the widest's width; 0: there
 * would be too many. */
static int32_t fill_rows(uint32_t length, uint32_t breaks, int32_t limit, struct number_rows *out)
{
    int32_t widest = 0;

    out->count = 0;
    for (uint32_t start = 0, end; start < length; start = end) {
        int32_t width = number_row_width(start, length, out->gaps);

        for (end = length;
             end > start && (width > limit || (end != length && (breaks >> end & 1) == 0));) {
            width = number_row_width(start, --end, out->gaps);
        }
        if (end == start || out->count == LAYOUT_ROWS_MAX) {
            return 0;
        }
        out->first[++out->count] = end;
        widest = width > widest ? width : widest;
    }
    return widest;
}

/* The fewest rows, and of these the most even. */
static bool lay_out_at(uint32_t length, uint32_t breaks, struct number_rows *out)
{
    struct number_rows trial = *out;
    int32_t widest = fill_rows(length, breaks, layout[BOX_NUMBER].width, &trial);

    if (widest == 0) {
        return false;
    }
    for (*out = trial; widest != 0 && trial.count == out->count;) {
        *out = trial;
        widest = fill_rows(length, breaks, widest - 1, &trial);
    }
    return true;
}

void number_rows_lay_out(uint32_t length, uint32_t gaps, struct number_rows *out)
{
    length = length < NUMBER_DIAL_MAX ? length : NUMBER_DIAL_MAX;
    gaps = gaps != 0 ? gaps : threes(length);
    *out = (struct number_rows){ .gaps = gaps };
    if (lay_out_at(length, gaps, out) || lay_out_at(length, ~0u, out)) {
        return;
    }
    out->gaps = 0;
    (void)lay_out_at(length, ~0u, out); /* 20 symbols without gaps take two rows */
}
