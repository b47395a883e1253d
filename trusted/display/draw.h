/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Drawing on a buffer of XRGB8888 pixels. Nothing here reads a pixel back: the
 * panel's memory may be uncached, and text always stands on plain ground, so
 * that its sixteen shades are known beforehand.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "font.h"

enum { SHADES = 16 };

struct rect {
    int16_t x, y, width, height;
};

/* 0xRRGGBB */
struct ink {
    uint32_t colour, paper; /* of the text, and of the ground it stands on */
    uint32_t rim;           /* of a button; its paper's colour: there is none */
};

struct surface {
    uint32_t *pixels; /* 8-byte aligned */
    int32_t stride;   /* pixels from row to row, even */
    struct rect bounds;
    struct rect clip; /* within bounds; nothing outside of it is written */
    struct ink mixed; /* whose shades these are, from paper to colour */
    uint32_t shade[SHADES];
};

enum align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct rect rect_below(struct rect r, int32_t by); /* moved down */
struct rect rect_grown(struct rect r, int32_t by); /* on each side */
bool rect_contains(struct rect r, int32_t x, int32_t y);

void draw_fill(struct surface *s, struct rect r, uint32_t colour);
/* Rows copied from another buffer of the same width, `source` being its first pixel. */
void draw_copy(struct surface *s, struct rect r, const uint32_t *source, int32_t source_stride);
/* A rectangle with round corners, and with a rim of 3 px, if ink has one, on plain ground. */
void draw_button(struct surface *s, struct rect r, struct ink ink, uint32_t ground);
/* Slanted stripes 8 px wide. */
void draw_hatch(struct surface *s, struct rect r, uint32_t colour, uint32_t paper);

/* One glyph with the pen at (x, baseline); returns the pen's way. */
int32_t draw_glyph(struct surface *s, enum font_id font, int32_t x, int32_t baseline, char letter,
                   struct ink ink);
/* One line, centred upright by the height of its capitals. */
void draw_text(struct surface *s, enum font_id font, struct rect box, enum align align,
               const char *text, struct ink ink);
int32_t text_width(enum font_id font, const char *text);
int32_t text_baseline(enum font_id font, struct rect box);
