/* SPDX-License-Identifier: BSD-2-Clause */
/* Drawing into memory: filled shapes with smooth corners, and text. Pixels are XRGB8888. */
#pragma once

#include <stdint.h>

struct canvas {
    uint32_t *pixels;
    int width;
    int height;
};

struct rect {
    int x, y, width, height;
};

enum font_name { FONT_SMALL, FONT_TEXT, FONT_BOLD, FONT_PRICE, FONT_LARGE, FONT_NUMBER, FONTS };

void canvas_fill(const struct canvas *c, struct rect r, uint32_t colour);
void canvas_round(const struct canvas *c, struct rect r, int radius, uint32_t colour);
void canvas_frame(const struct canvas *c, struct rect r, int thickness, uint32_t colour);

/* Text is UTF-8; (x, y) is the top left corner of its line. Returns the x after it. */
int canvas_text(const struct canvas *c, int x, int y, enum font_name font, uint32_t colour,
                const char *text);
int text_width(enum font_name font, const char *text);
int text_height(enum font_name font);
void canvas_text_centred(const struct canvas *c, struct rect r, enum font_name font,
                         uint32_t colour, const char *text);
