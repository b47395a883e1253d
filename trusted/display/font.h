/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Glyphs as pictures, rendered at build time by font/font_tool.c. A text is
 * bytes: ASCII, and from 0x80 on the letters of FONT_EXTRA_CODE_POINTS (tables.h).
 */
#pragma once

#include <stdint.h>

enum font_id {
    FONT_TEXT,      /* 24 px regular: notes, secondary text */
    FONT_STRONG,    /* 24 px bold: bar, small buttons */
    FONT_CATEGORY,  /* 26 px bold */
    FONT_HEAD,      /* 30 px bold: who, buttons */
    FONT_PRICE,     /* 36 px bold */
    FONT_CODE,      /* 26 px monospaced: network codes, the log's head */
    FONT_KEY,       /* 42 px: keypad */
    FONT_NUMBER,    /* 56 px monospaced: numbers, everywhere */
    FONT_EMERGENCY, /* 120 px monospaced */
    FONT_ICON,      /* shapes, see font/icons.c for the letters */
    FONT_COUNT
};

enum {
    FONT_FIRST = ' ',
    FONT_ASCII = 95,
    FONT_EXTRA_FIRST = 0x80,
    FONT_EXTRAS = 12,
    FONT_GLYPHS = FONT_ASCII + FONT_EXTRAS
};

struct glyph {
    uint32_t offset;  /* into pixels: 4-bit coverage, two a byte, rows start on a byte */
    int8_t left, top; /* from the pen on the baseline to the upper left pixel, top upward */
    uint8_t width, height, advance;
};

struct font {
    const uint8_t *pixels;
    int16_t ascent, cap_height;
    struct glyph glyphs[FONT_GLYPHS];
};

extern const struct font fonts[FONT_COUNT];

/* Any other byte is a '?'. */
static inline const struct glyph *font_glyph(enum font_id font, char letter)
{
    uint32_t byte = (uint8_t)letter;
    uint32_t index =
        byte < FONT_EXTRA_FIRST ? byte - FONT_FIRST : byte - FONT_EXTRA_FIRST + FONT_ASCII;

    return &fonts[font]
                .glyphs[byte >= FONT_FIRST && index < FONT_GLYPHS ? index : '?' - FONT_FIRST];
}
