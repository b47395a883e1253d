/* SPDX-License-Identifier: BSD-2-Clause */
/* Glyphs as pictures, rendered at build time by font/font_tool.c. */
#ifndef DISPLAY_FONT_H
#define DISPLAY_FONT_H

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

enum { FONT_ASCII_FIRST = 32, FONT_ASCII_LAST = 126, FONT_EXTRAS = 12,
       FONT_GLYPHS = FONT_ASCII_LAST - FONT_ASCII_FIRST + 1 + FONT_EXTRAS };

struct glyph {
    uint32_t offset;      /* into pixels: 4-bit coverage, two a byte, rows start on a byte */
    int8_t left, top;     /* from the pen on the baseline to the upper left pixel, top upward */
    uint8_t width, height;
    uint8_t advance;
};

struct font {
    const uint8_t *pixels;
    int16_t ascent;
    int16_t cap_height;
    struct glyph glyphs[FONT_GLYPHS];
};

extern const struct font fonts[FONT_COUNT];

/* What is needed beyond ASCII:  € Ä Ö Ü ß ä ö ü · ’ … – */
static inline uint32_t font_code_point(uint32_t index)
{
    static const uint16_t extras[FONT_EXTRAS] = {
        0x20ac, 0xc4, 0xd6, 0xdc, 0xdf, 0xe4, 0xf6, 0xfc, 0xb7, 0x2019, 0x2026, 0x2013
    };
    uint32_t ascii = FONT_ASCII_LAST - FONT_ASCII_FIRST + 1;

    return index < ascii ? index + FONT_ASCII_FIRST : extras[(index - ascii) % FONT_EXTRAS];
}

#endif
