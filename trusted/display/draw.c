/* SPDX-License-Identifier: BSD-2-Clause */
/* Invariant: every write goes through a rectangle cut to the clip, which lies within the bounds. */
#include "draw.h"

enum { RIM = 3, STRIPE = 8 };

static struct rect rect_intersect(struct rect a, struct rect b)
{
    int32_t x = a.x > b.x ? a.x : b.x,
            right = a.x + a.width < b.x + b.width ? a.x + a.width : b.x + b.width;
    int32_t y = a.y > b.y ? a.y : b.y,
            bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;

    return (struct rect){ (int16_t)x, (int16_t)y, (int16_t)(right > x ? right - x : 0),
                          (int16_t)(bottom > y ? bottom - y : 0) };
}

struct rect rect_below(struct rect r, int32_t by)
{
    r.y = (int16_t)(r.y + by);
    return r;
}

struct rect rect_grown(struct rect r, int32_t by)
{
    return (struct rect){ (int16_t)(r.x - by), (int16_t)(r.y - by), (int16_t)(r.width + 2 * by),
                          (int16_t)(r.height + 2 * by) };
}

bool rect_contains(struct rect r, int32_t x, int32_t y)
{
    return x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height;
}

static uint32_t *pixel_at(struct surface *s, int32_t x, int32_t y)
{
    return s->pixels + y * s->stride + x;
}

/* Two pixels a store, eight a turn: the compiler makes store pairs of it. */
static void fill_row(uint32_t *p, int32_t count, uint32_t colour)
{
    uint64_t two = (uint64_t)colour << 32 | colour;

    if (count > 0 && ((uintptr_t)p & 4) != 0) {
        *p++ = colour;
        count--;
    }
    for (uint64_t *wide = (void *)p; count >= 8; count -= 8, p += 8, wide += 4) {
        wide[0] = two;
        wide[1] = two;
        wide[2] = two;
        wide[3] = two;
    }
    while (count-- > 0) {
        *p++ = colour;
    }
}

void draw_fill(struct surface *s, struct rect r, uint32_t colour)
{
    r = rect_intersect(r, s->clip);
    for (int32_t y = r.y; y < r.y + r.height; y++) {
        fill_row(pixel_at(s, r.x, y), r.width, colour);
    }
}

void draw_copy(struct surface *s, struct rect r, const uint32_t *source, int32_t source_stride)
{
    struct rect cut = rect_intersect(r, s->clip);

    source += (cut.y - r.y) * source_stride + (cut.x - r.x);
    for (int32_t y = cut.y; y < cut.y + cut.height; y++, source += source_stride) {
        __builtin_memcpy(pixel_at(s, cut.x, y), source, (size_t)cut.width * sizeof *source);
    }
}

/* Sixteen shades, channel by channel, if they are not the last glyph's: a text has one ink. */
static void mix_shades(struct surface *s, struct ink ink)
{
    if (ink.colour == s->mixed.colour && ink.paper == s->mixed.paper) {
        return;
    }
    s->mixed = ink;
    for (uint32_t i = 0; i < SHADES; i++) {
        s->shade[i] = 0;
        for (uint32_t channel = 0; channel < 24; channel += 8) {
            const uint32_t from = ink.paper >> channel & 0xff, to = ink.colour >> channel & 0xff;

            s->shade[i] |= ((from * (15 - i) + to * i + 7) / 15) << channel;
        }
    }
}

/* Pixels without coverage are left alone; two lie in a byte, and mostly both have none. */
static void draw_row(uint32_t *to, const uint8_t *coverages, int32_t first, int32_t end,
                     const uint32_t *shade)
{
    for (int32_t column = first; column < end; column++) {
        const uint32_t both = coverages[column / 2], coverage = both >> (4 * (column & 1)) & 0xf;

        if (both == 0) {
            column |= 1;
        } else if (coverage != 0) {
            to[column] = shade[coverage];
        }
    }
}

int32_t draw_glyph(struct surface *s, enum font_id font, int32_t x, int32_t baseline, char letter,
                   struct ink ink)
{
    const struct glyph *g = font_glyph(font, letter);
    const struct rect box = { (int16_t)(x + g->left), (int16_t)(baseline - g->top), g->width,
                              g->height };
    const struct rect cut = rect_intersect(box, s->clip);
    const int32_t first = cut.x - box.x, end = first + cut.width;

    mix_shades(s, ink);
    for (int32_t row = cut.y - box.y; row < cut.y - box.y + cut.height; row++) {
        draw_row(pixel_at(s, box.x, box.y + row),
                 fonts[font].pixels + g->offset + row * ((g->width + 1) / 2), first, end, s->shade);
    }
    return g->advance;
}

/* Four icons in a row: upper left, upper right, lower left, lower right. */
static void draw_corners(struct surface *s, struct rect r, char first, struct ink fill)
{
    for (int32_t i = 0; i < 4; i++) {
        const struct glyph *g = font_glyph(FONT_ICON, (char)(first + i));
        struct rect box = { (int16_t)(r.x + (i & 1) * (r.width - g->width)),
                            (int16_t)(r.y + (i >> 1) * (r.height - g->height)), g->width,
                            g->height };

        draw_fill(s, box, fill.paper);
        (void)draw_glyph(s, FONT_ICON, box.x, box.y + g->top, (char)(first + i), fill);
    }
}

void draw_button(struct surface *s, struct rect r, struct ink ink, uint32_t ground)
{
    const struct rect inner = rect_grown(r, -RIM);

    draw_fill(s, r, ink.rim);
    draw_corners(s, r, 'c', (struct ink){ .colour = ink.rim, .paper = ground });
    if (ink.rim == ink.paper) {
        return;
    }
    draw_fill(s, inner, ink.paper);
    draw_corners(s, inner, 'i', (struct ink){ .colour = ink.paper, .paper = ink.rim });
}

void draw_hatch(struct surface *s, struct rect r, uint32_t colour, uint32_t paper)
{
    r = rect_intersect(r, s->clip);
    for (int32_t i = 0; i < r.width * r.height; i++) {
        int32_t x = i % r.width, y = i / r.width;

        *pixel_at(s, r.x + x, r.y + y) = ((x + y) / STRIPE & 1) != 0 ? colour : paper;
    }
}

int32_t text_width(enum font_id font, const char *text)
{
    int32_t width = 0;

    while (*text != '\0') {
        width += font_glyph(font, *text++)->advance;
    }
    return width;
}

int32_t text_baseline(enum font_id font, struct rect box)
{
    return box.y + (box.height + fonts[font].cap_height) / 2;
}

void draw_text(struct surface *s, enum font_id font, struct rect box, enum align align,
               const char *text, struct ink ink)
{
    int32_t spare = box.width - text_width(font, text);
    int32_t x = box.x + (align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? spare : spare / 2);

    while (*text != '\0') {
        x += draw_glyph(s, font, x, text_baseline(font, box), *text++, ink);
    }
}
