/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where everything is and what it says. The tables are data: tables/480x800.txt
 * is one panel, tables/en.txt one language; tables/generate turns the chosen
 * ones into tables.h and a C file when the image is built.
 */
#ifndef DISPLAY_LAYOUT_H
#define DISPLAY_LAYOUT_H

#include "draw.h"
#include "tables.h"

enum {
    LAYOUT_NUMBER_ROW = 68, /* of 56 px type */
    LAYOUT_CODE_ROW = 34,
    LAYOUT_TEXT_ROW = 34,
    LAYOUT_DIGITS_ROW = 40, /* between number and band */
    LAYOUT_GROUP_GAP = 16,
    LAYOUT_FRAME = 6,
    LAYOUT_ROWS_MAX = 3,
};

struct caption { /* how a word is set, and where */
    enum font_id font;
    enum box box;
    enum align align;
};

extern const struct rect layout[BOXES];
extern const struct caption captions[WORDS];
extern const char *const word_text[WORDS]; /* '%' stands for what is filled in; letters as in font.h */
extern const char word_decimal_mark;
extern const struct ink theme[ROLES];

#endif
