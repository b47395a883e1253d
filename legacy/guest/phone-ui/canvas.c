/* SPDX-License-Identifier: BSD-2-Clause */
/* Filled shapes with smooth corners, and text, drawn into memory. */
#include "canvas.h"

#include <stddef.h>

struct glyph {
    uint32_t character;
    int width, height, left, top, advance;
    uint32_t offset;
};

struct font {
    const struct glyph *glyphs;
    int count;
    const uint8_t *coverage;
    int line;
};

#include "font.h"

static uint32_t blend_channel(uint32_t below, uint32_t above, uint32_t coverage)
{
    return (below * (255 - coverage) + above * coverage + 127) / 255;
}

static void blend(const struct canvas *c, int x, int y, uint32_t colour, uint32_t coverage)
{
    if (x < 0 || y < 0 || x >= c->width || y >= c->height || coverage == 0) {
        return;
    }
    uint32_t *pixel = &c->pixels[(size_t)y * (size_t)c->width + (size_t)x];
    uint32_t mixed = 0;
    for (unsigned shift = 0; shift < 24; shift += 8) {
        mixed |= blend_channel(*pixel >> shift & 0xff, colour >> shift & 0xff, coverage) << shift;
    }
    *pixel = mixed;
}

static int clamp(int value, int low, int high)
{
    return value < low ? low : value > high ? high : value;
}

void canvas_fill(const struct canvas *c, struct rect r, uint32_t colour)
{
    int right = clamp(r.x + r.width, 0, c->width);
    int bottom = clamp(r.y + r.height, 0, c->height);
    for (int y = clamp(r.y, 0, c->height); y < bottom; y++) {
        uint32_t *row = &c->pixels[(size_t)y * (size_t)c->width];
        for (int x = clamp(r.x, 0, c->width); x < right; x++) {
            row[x] = colour;
        }
    }
}

void canvas_frame(const struct canvas *c, struct rect r, int thickness, uint32_t colour)
{
    canvas_fill(c, (struct rect){ r.x, r.y, r.width, thickness }, colour);
    canvas_fill(c, (struct rect){ r.x, r.y + r.height - thickness, r.width, thickness }, colour);
    canvas_fill(c, (struct rect){ r.x, r.y, thickness, r.height }, colour);
    canvas_fill(c, (struct rect){ r.x + r.width - thickness, r.y, thickness, r.height }, colour);
}

/* How much of a corner's pixel lies in the circle, from 4 x 4 samples: 0..255. (x, y) counts from
 * the corner of the rectangle. */
static uint32_t corner_coverage(int x, int y, int radius)
{
    int inside = 0;
    for (int sample = 0; sample < 16; sample++) {
        int dx = 8 * radius - (8 * x + 2 * (sample % 4) + 1);
        int dy = 8 * radius - (8 * y + 2 * (sample / 4) + 1);
        inside += dx * dx + dy * dy <= 64 * radius * radius;
    }
    return (uint32_t)(inside * 255 / 16);
}

void canvas_round(const struct canvas *c, struct rect r, int radius, uint32_t colour)
{
    int right = r.x + r.width - 1, bottom = r.y + r.height - 1;
    radius = clamp(radius, 0, (r.width < r.height ? r.width : r.height) / 2);
    canvas_fill(c, (struct rect){ r.x + radius, r.y, r.width - 2 * radius, r.height }, colour);
    canvas_fill(c, (struct rect){ r.x, r.y + radius, radius, r.height - 2 * radius }, colour);
    canvas_fill(c, (struct rect){ right - radius + 1, r.y + radius, radius, r.height - 2 * radius },
                colour);
    for (int y = 0; y < radius; y++) {
        for (int x = 0; x < radius; x++) {
            uint32_t coverage = corner_coverage(x, y, radius);
            blend(c, r.x + x, r.y + y, colour, coverage);
            blend(c, right - x, r.y + y, colour, coverage);
            blend(c, r.x + x, bottom - y, colour, coverage);
            blend(c, right - x, bottom - y, colour, coverage);
        }
    }
}

/* The next character of UTF-8 text; what is not UTF-8 counts as one character each byte. */
static uint32_t next_character(const char **text)
{
    const uint8_t *byte = (const uint8_t *)*text;
    unsigned more = byte[0] >= 0xf0 ? 3 : byte[0] >= 0xe0 ? 2 : byte[0] >= 0xc0 ? 1 : 0;
    uint32_t character = more == 0 ? byte[0] : byte[0] & (0x3fu >> more);
    unsigned used = 1;
    for (; used <= more && (byte[used] & 0xc0) == 0x80; used++) {
        character = character << 6 | (byte[used] & 0x3f);
    }
    *text += used;
    return character;
}

static const struct glyph *find_glyph(const struct font *font, uint32_t character)
{
    int low = 0, high = font->count - 1;
    while (low <= high) {
        int middle = (low + high) / 2;
        if (font->glyphs[middle].character == character) {
            return &font->glyphs[middle];
        }
        if (font->glyphs[middle].character < character) {
            low = middle + 1;
        } else {
            high = middle - 1;
        }
    }
    return NULL;
}

static void draw_glyph(const struct canvas *c, int x, int y, const struct font *font,
                       const struct glyph *g, uint32_t colour)
{
    const uint8_t *coverage = &font->coverage[g->offset];
    for (int row = 0; row < g->height; row++) {
        for (int column = 0; column < g->width; column++) {
            blend(c, x + g->left + column, y + g->top + row, colour, *coverage++);
        }
    }
}

int canvas_text(const struct canvas *c, int x, int y, enum font_name name, uint32_t colour,
                const char *text)
{
    const struct font *font = &fonts[name];
    while (*text != 0) {
        const struct glyph *g = find_glyph(font, next_character(&text));
        if (g != NULL) {
            draw_glyph(c, x, y, font, g, colour);
            x += g->advance;
        }
    }
    return x;
}

int text_width(enum font_name name, const char *text)
{
    int width = 0;
    while (*text != 0) {
        const struct glyph *g = find_glyph(&fonts[name], next_character(&text));
        width += g == NULL ? 0 : g->advance;
    }
    return width;
}

int text_height(enum font_name name)
{
    return fonts[name].line;
}

void canvas_text_centred(const struct canvas *c, struct rect r, enum font_name font,
                         uint32_t colour, const char *text)
{
    int x = r.x + (r.width - text_width(font, text)) / 2;
    int y = r.y + (r.height - text_height(font)) / 2;
    canvas_text(c, x, y, font, colour, text);
}
