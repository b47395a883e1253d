/* SPDX-License-Identifier: BSD-2-Clause */
/* Invariant: every write goes through a rectangle cut to the clip, which lies within the bounds. */
#include "draw.h"

enum { SHADES = 16, CORNER = 12, RIM = 3, STRIPE = 8 };

static int16_t min16(int32_t a, int32_t b) { return (int16_t)(a < b ? a : b); }
static int16_t max16(int32_t a, int32_t b) { return (int16_t)(a > b ? a : b); }

struct rect rect_intersect(struct rect a, struct rect b)
{
    int16_t x = max16(a.x, b.x), y = max16(a.y, b.y);
    int16_t right = min16(a.x + a.width, b.x + b.width);
    int16_t bottom = min16(a.y + a.height, b.y + b.height);

    return (struct rect){ x, y, max16(right - x, 0), max16(bottom - y, 0) };
}

bool rect_contains(struct rect r, int32_t x, int32_t y)
{
    return x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height;
}

struct rect rect_inset(struct rect r, int16_t by)
{
    return (struct rect){ (int16_t)(r.x + by), (int16_t)(r.y + by),
                          max16(r.width - 2 * by, 0), max16(r.height - 2 * by, 0) };
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
    while (count-- > 0)
        *p++ = colour;
}

void draw_fill(struct surface *s, struct rect r, uint32_t colour)
{
    r = rect_intersect(r, s->clip);
    for (int32_t y = r.y; y < r.y + r.height; y++)
        fill_row(pixel_at(s, r.x, y), r.width, colour);
}

static void copy_row(uint32_t *to, const uint32_t *from, int32_t count)
{
    uint64_t *wide_to = (void *)to;
    const uint64_t *wide_from = (const void *)from;
    int32_t done = 0;

    if ((((uintptr_t)to | (uintptr_t)from) & 7) == 0) {
        for (; done + 8 <= count; done += 8, wide_to += 4, wide_from += 4) {
            uint64_t a = wide_from[0], b = wide_from[1], c = wide_from[2], d = wide_from[3];

            wide_to[0] = a;
            wide_to[1] = b;
            wide_to[2] = c;
            wide_to[3] = d;
        }
    }
    for (; done < count; done++)
        to[done] = from[done];
}

void draw_copy(struct surface *s, struct rect r, const uint32_t *source, int32_t source_stride)
{
    struct rect cut = rect_intersect(r, s->clip);

    source += (cut.y - r.y) * source_stride + (cut.x - r.x);
    for (int32_t y = cut.y; y < cut.y + cut.height; y++, source += source_stride)
        copy_row(pixel_at(s, cut.x, y), source, cut.width);
}

/* Sixteen shades from paper to ink, channel by channel. */
static void mix_shades(struct ink ink, uint32_t shade[SHADES])
{
    for (uint32_t i = 0; i < SHADES; i++) {
        uint32_t mixed = 0;

        for (uint32_t channel = 0; channel < 24; channel += 8) {
            uint32_t from = ink.paper >> channel & 0xff, to = ink.colour >> channel & 0xff;

            mixed |= ((from * (15 - i) + to * i + 7) / 15) << channel;
        }
        shade[i] = mixed;
    }
}

static uint32_t coverage_at(const struct font *f, const struct glyph *g, int32_t x, int32_t y)
{
    uint32_t row_bytes = (g->width + 1u) / 2;
    uint8_t two = f->pixels[g->offset + (uint32_t)y * row_bytes + (uint32_t)x / 2];

    return two >> (4 * (x & 1)) & 0xf;
}

/* A glyph's picture with its upper left pixel at (x, y), mirrored as `flip` says: 1 left-right,
 * 2 upside down. Pixels without coverage are left alone. */
static void draw_picture(struct surface *s, const struct font *f, const struct glyph *g, int32_t x,
                         int32_t y, unsigned flip, struct ink ink)
{
    struct rect all = { (int16_t)x, (int16_t)y, g->width, g->height };
    struct rect cut = rect_intersect(all, s->clip);
    uint32_t shade[SHADES];

    mix_shades(ink, shade);
    for (int32_t row = cut.y - y; row < cut.y - y + cut.height; row++) {
        uint32_t *to = pixel_at(s, x, y + row);
        int32_t from_row = flip & 2 ? g->height - 1 - row : row;

        for (int32_t column = cut.x - x; column < cut.x - x + cut.width; column++) {
            int32_t from = flip & 1 ? g->width - 1 - column : column;
            uint32_t coverage = coverage_at(f, g, from, from_row);

            if (coverage != 0)
                to[column] = shade[coverage];
        }
    }
}

static void draw_corners(struct surface *s, struct rect r, char corner, struct ink fill)
{
    const struct glyph *g = &fonts[FONT_ICON].glyphs[corner - FONT_ASCII_FIRST];

    for (unsigned flip = 0; flip < 4; flip++) {
        int32_t x = flip & 1 ? r.x + r.width - g->width : r.x;
        int32_t y = flip & 2 ? r.y + r.height - g->height : r.y;
        struct rect square = { (int16_t)x, (int16_t)y, g->width, g->height };

        draw_fill(s, square, fill.paper);
        draw_picture(s, &fonts[FONT_ICON], g, x, y, flip, fill);
    }
}

void draw_round(struct surface *s, struct rect r, struct ink fill)
{
    draw_fill(s, r, fill.colour);
    draw_corners(s, r, 'c', fill);
}

void draw_rimmed(struct surface *s, struct rect r, uint32_t rim, struct ink fill)
{
    struct rect inner = rect_inset(r, RIM);

    draw_round(s, r, (struct ink){ rim, fill.paper });
    draw_fill(s, inner, fill.colour);
    draw_corners(s, inner, 'i', (struct ink){ fill.colour, rim });
}

void draw_hatch(struct surface *s, struct rect r, struct ink ink)
{
    r = rect_intersect(r, s->clip);
    for (int32_t y = r.y; y < r.y + r.height; y++) {
        for (int32_t x = r.x; x < r.x + r.width; x++) {
            bool is_stripe = (((x - r.x) + (y - r.y)) / STRIPE & 1) != 0;

            *pixel_at(s, x, y) = is_stripe ? ink.colour : ink.paper;
        }
    }
}

static const struct glyph *find_glyph(enum font_id font, uint32_t code_point)
{
    uint32_t index = code_point - FONT_ASCII_FIRST;

    if (code_point < FONT_ASCII_FIRST || code_point > FONT_ASCII_LAST) {
        index = FONT_ASCII_LAST - FONT_ASCII_FIRST + 1;
        while (index < FONT_GLYPHS && font_code_point(index) != code_point)
            index++;
    }
    return index < FONT_GLYPHS ? &fonts[font].glyphs[index] : &fonts[font].glyphs['?' - 32];
}

/* UTF-8 up to three bytes (RFC 3629); the texts are our own, so a bad byte is just a '?'. */
static uint32_t next_code_point(const char **text)
{
    const uint8_t *p = (const uint8_t *)*text;
    uint32_t code_point = '?';
    unsigned length = 1;

    if (p[0] < 0x80) {
        code_point = p[0];
    } else if ((p[0] & 0xe0) == 0xc0 && (p[1] & 0xc0) == 0x80) {
        code_point = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
        length = 2;
    } else if ((p[0] & 0xf0) == 0xe0 && (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
        code_point = (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
        length = 3;
    }
    *text += length;
    return code_point;
}

int32_t draw_glyph(struct surface *s, enum font_id font, int32_t x, int32_t baseline,
                   uint32_t code_point, struct ink ink)
{
    const struct glyph *g = find_glyph(font, code_point);

    draw_picture(s, &fonts[font], g, x + g->left, baseline - g->top, 0, ink);
    return g->advance;
}

void draw_text(struct surface *s, enum font_id font, int32_t x, int32_t baseline,
               const char *text, struct ink ink)
{
    while (*text != '\0')
        x += draw_glyph(s, font, x, baseline, next_code_point(&text), ink);
}

int32_t text_width(enum font_id font, const char *text)
{
    int32_t width = 0;

    while (*text != '\0')
        width += find_glyph(font, next_code_point(&text))->advance;
    return width;
}

void draw_text_in(struct surface *s, enum font_id font, struct rect box, enum align align,
                  const char *text, struct ink ink)
{
    int32_t spare = box.width - text_width(font, text);
    int32_t indent = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? spare : spare / 2;
    int32_t baseline = box.y + (box.height + fonts[font].cap_height) / 2;

    draw_text(s, font, box.x + indent, baseline, text, ink);
}
