/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Renders the glyphs that the trusted screens need, at build time, so that the
 * device carries pictures and no font parser:
 *
 *     font_tool FONT-FOLDER OUT.c OUT.json
 *
 * OUT.c holds 4-bit coverage maps (see font.h), OUT.json the same glyphs of the
 * number fonts as templates for a program that reads numbers off a screen dump.
 * The same FreeType and the same fonts give the same bytes.
 */
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "font.h"
#include "icons.h"
#include "tables.h"

#define SANS "DejaVuSans.ttf"
#define BOLD "DejaVuSans-Bold.ttf"
#define MONO "DejaVuSansMono-Bold.ttf"

struct face_order {
    const char *name;
    const char *file; /* NULL: the icons */
    unsigned size_px;
    const char *only; /* NULL: all glyphs; else just these ASCII characters */
    bool is_template; /* goes into the JSON as well */
};

static const struct face_order orders[FONT_COUNT] = {
    [FONT_TEXT] = { "text", SANS, 24, NULL, false },
    [FONT_STRONG] = { "strong", BOLD, 24, NULL, false },
    [FONT_CATEGORY] = { "category", BOLD, 26, NULL, false },
    [FONT_HEAD] = { "head", BOLD, 30, NULL, false },
    [FONT_PRICE] = { "price", BOLD, 36, NULL, false },
    [FONT_CODE] = { "code", MONO, 26, "0123456789abcdef*#+ ", true },
    [FONT_KEY] = { "key", BOLD, 42, "0123456789*#+", false },
    [FONT_NUMBER] = { "number", MONO, 56, "0123456789*#+", true },
    [FONT_EMERGENCY] = { "emergency", MONO, 120, "0123456789", true },
    [FONT_ICON] = { "icon", NULL, 0, NULL, false },
};

static const uint16_t extras[] = { FONT_EXTRA_CODE_POINTS };
_Static_assert(sizeof extras == 2 * FONT_EXTRAS, "as many extra letters as the font has room for");

static uint32_t code_point_of(unsigned index)
{
    return index < FONT_ASCII ? index + FONT_FIRST : extras[index - FONT_ASCII];
}

static uint8_t pixels[4 << 20];
static uint32_t pixel_bytes;
static struct glyph glyphs[FONT_COUNT][FONT_GLYPHS];
static struct {
    int ascent, cap_height;
} metrics[FONT_COUNT];

static void fail(const char *what, const char *which)
{
    fprintf(stderr, "font_tool: %s: %s\n", what, which);
    exit(1);
}

static uint8_t coverage_at(const FT_Bitmap *map, unsigned x, unsigned y)
{
    unsigned byte = x < map->width ? map->buffer[y * (unsigned)map->pitch + x] : 0;

    return (uint8_t)((byte * 15 + 127) / 255);
}

/* Two pixels a byte, the left one in the low nibble; every row starts on a byte. */
static void pack_bitmap(const FT_Bitmap *map, struct glyph *out)
{
    out->offset = pixel_bytes;
    out->width = (uint8_t)map->width;
    out->height = (uint8_t)map->rows;
    for (unsigned y = 0; y < map->rows; y++) {
        for (unsigned x = 0; x < map->width; x += 2) {
            if (pixel_bytes == sizeof pixels) {
                fail("too many pixels", "enlarge the array");
            }
            pixels[pixel_bytes++] =
                (uint8_t)(coverage_at(map, x, y) | coverage_at(map, x + 1, y) << 4);
        }
    }
}

static void check_fits(long value, long low, long high, const char *what)
{
    if (value < low || value > high) {
        fail("a glyph is too large for struct glyph", what);
    }
}

static void render_glyph(FT_Face face, uint32_t code_point, struct glyph *out)
{
    FT_GlyphSlot slot = face->glyph;

    if (FT_Get_Char_Index(face, code_point) == 0) {
        fail("the font lacks a glyph", face->family_name);
    }
    if (FT_Load_Char(face, code_point, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) {
        fail("cannot render", face->family_name);
    }
    check_fits(slot->bitmap_left, -128, 127, "left");
    check_fits(slot->bitmap_top, -128, 127, "top");
    check_fits((long)slot->bitmap.width, 0, 255, "width");
    check_fits((long)slot->bitmap.rows, 0, 255, "height");
    check_fits(slot->advance.x >> 6, 0, 255, "advance");
    pack_bitmap(&slot->bitmap, out);
    out->left = (int8_t)slot->bitmap_left;
    out->top = (int8_t)slot->bitmap_top;
    out->advance = (uint8_t)((slot->advance.x + 32) >> 6);
}

static bool is_wanted(const struct face_order *order, uint32_t code_point)
{
    return order->only == NULL ||
           (code_point < 128 && strchr(order->only, (int)code_point) != NULL);
}

static void render_face(FT_Library library, const char *folder, unsigned font)
{
    const struct face_order *order = &orders[font];
    char path[1024];
    FT_Face face;

    snprintf(path, sizeof path, "%s/%s", folder, order->file);
    if (FT_New_Face(library, path, 0, &face) != 0 ||
        FT_Set_Pixel_Sizes(face, 0, order->size_px) != 0) {
        fail("cannot open the font (package fonts-dejavu-core)", path);
    }
    for (unsigned i = 0; i < FONT_GLYPHS; i++) {
        uint32_t code_point = code_point_of(i);

        if (is_wanted(order, code_point)) {
            render_glyph(face, code_point, &glyphs[font][i]);
        }
    }
    metrics[font].ascent = (int)((face->size->metrics.ascender + 32) >> 6);
    metrics[font].cap_height = glyphs[font][order->only == NULL ? 'H' - 32 : '1' - 32].height;
    FT_Done_Face(face);
}

static void store_icon(const FT_Bitmap *map, int letter)
{
    struct glyph *out = &glyphs[FONT_ICON][letter - 32];

    pack_bitmap(map, out);
    out->top = (int8_t)(map->rows / 2); /* icons stand in the middle of their line */
    out->advance = (uint8_t)map->width;
}

enum flip { LEFT_RIGHT, UPSIDE_DOWN };

static void mirror(const FT_Bitmap *map, enum flip flip)
{
    for (unsigned i = 0; i < map->width * map->rows; i++) {
        unsigned x = i % map->width, y = i / map->width;
        unsigned to = flip == LEFT_RIGHT ? y * map->width + map->width - 1 - x
                                         : (map->rows - 1 - y) * map->width + x;
        unsigned char pixel = map->buffer[i];

        if (i < to) {
            map->buffer[i] = map->buffer[to];
            map->buffer[to] = pixel;
        }
    }
}

/* Of a corner the other three are made: upper right, lower left, lower right follow in the
 * alphabet. */
static void store_corners(const FT_Bitmap *map, int letter)
{
    mirror(map, LEFT_RIGHT);
    store_icon(map, letter + 1);
    mirror(map, UPSIDE_DOWN);
    store_icon(map, letter + 3);
    mirror(map, LEFT_RIGHT);
    store_icon(map, letter + 2);
}

/* Signed in FreeType 2.12 (Debian 12), unsigned in 2.13 (Debian 13). */
typedef __typeof__(*(FT_Outline){ 0 }.tags) outline_tag;
typedef __typeof__(*(FT_Outline){ 0 }.contours) outline_index;

static void render_icon(FT_Library library, const struct icon *icon)
{
    static uint8_t buffer[128 * 128];
    FT_Vector points[ICON_POINTS];
    outline_tag tags[ICON_POINTS];
    outline_index ends[ICON_CONTOURS];
    FT_Outline outline = {
        .points = points, .tags = tags, .contours = ends, .flags = FT_OUTLINE_EVEN_ODD_FILL
    };
    FT_Bitmap map = { .rows = icon->height,
                      .width = icon->width,
                      .pitch = (int)icon->width,
                      .buffer = buffer,
                      .num_grays = 256,
                      .pixel_mode = FT_PIXEL_MODE_GRAY };

    for (outline_index i = 0; i < icon->points; i++) {
        points[i].x = (FT_Pos)icon->point[i].x * 64 / ICON_UNITS;
        points[i].y = (FT_Pos)icon->height * 64 - (FT_Pos)icon->point[i].y * 64 / ICON_UNITS;
        tags[i] = icon->point[i].is_curve ? FT_CURVE_TAG_CONIC : FT_CURVE_TAG_ON;
        if (icon->point[i].is_last) {
            ends[outline.n_contours++] = i;
        }
    }
    outline.n_points = (outline_index)icon->points;
    memset(buffer, 0, sizeof buffer);
    if (FT_Outline_Get_Bitmap(library, &outline, &map) != 0) {
        fail("cannot render an icon", "icons.c");
    }
    store_icon(&map, icon->letter);
    if (icon->is_corner) {
        store_corners(&map, icon->letter);
    }
}

static void write_source(FILE *out)
{
    fprintf(out, "/* Generated by font_tool: do not edit. */\n#include \"font.h\"\n\n");
    fprintf(out, "static const uint8_t pixels[%u] = {", (unsigned)pixel_bytes);
    for (uint32_t i = 0; i < pixel_bytes; i++) {
        fprintf(out, "%s%u,", i % 24 == 0 ? "\n" : "", pixels[i]);
    }
    fprintf(out, "\n};\n\nconst struct font fonts[FONT_COUNT] = {\n");
    for (unsigned font = 0; font < FONT_COUNT; font++) {
        fprintf(out, "{ .pixels = pixels, .ascent = %d, .cap_height = %d, .glyphs = {\n",
                metrics[font].ascent, metrics[font].cap_height);
        for (unsigned i = 0; i < FONT_GLYPHS; i++) {
            const struct glyph *g = &glyphs[font][i];

            fprintf(out, "{%u,%d,%d,%u,%u,%u},%s", (unsigned)g->offset, g->left, g->top, g->width,
                    g->height, g->advance, i % 6 == 5 ? "\n" : " ");
        }
        fprintf(out, "} },\n");
    }
    fprintf(out, "};\n");
}

static void write_template(FILE *out, const struct glyph *g, uint32_t code_point, const char *comma)
{
    unsigned row_bytes = (g->width + 1u) / 2;

    fprintf(out,
            "%s\n   {\"symbol\": \"%c\", \"left\": %d, \"top\": %d, \"width\": %u, "
            "\"height\": %u, \"advance\": %u, \"rows\": [",
            comma, (int)code_point, g->left, g->top, g->width, g->height, g->advance);
    for (unsigned y = 0; y < g->height; y++) {
        fprintf(out, "%s\"", y == 0 ? "" : ", ");
        for (unsigned x = 0; x < g->width; x++) {
            fprintf(out, "%x", pixels[g->offset + y * row_bytes + x / 2] >> (4 * (x & 1)) & 15);
        }
        fprintf(out, "\"");
    }
    fprintf(out, "]}");
}

/* One hexadecimal digit a pixel: 0 paper, f ink. */
static void write_templates(FILE *out)
{
    const char *font_comma = "";

    fprintf(out, "{");
    for (unsigned font = 0; font < FONT_COUNT; font++) {
        const char *comma = "";

        if (!orders[font].is_template) {
            continue;
        }
        fprintf(out,
                "%s\n \"%s\": {\"size_px\": %u, \"ascent\": %d, \"cap_height\": %d, "
                "\"glyphs\": [",
                font_comma, orders[font].name, orders[font].size_px, metrics[font].ascent,
                metrics[font].cap_height);
        for (unsigned i = 0; i < FONT_GLYPHS; i++) {
            if (glyphs[font][i].width != 0) {
                write_template(out, &glyphs[font][i], code_point_of(i), comma);
                comma = ",";
            }
        }
        fprintf(out, "]}");
        font_comma = ",";
    }
    fprintf(out, "\n}\n");
}

static FILE *open_output(const char *path)
{
    FILE *out = fopen(path, "w");

    if (out == NULL) {
        fail("cannot write", path);
    }
    return out;
}

int main(int argc, char **argv)
{
    FT_Library library;
    FILE *source, *templates;

    if (argc != 4) {
        fail("usage", "font_tool FONT-FOLDER OUT.c OUT.json");
    }
    if (FT_Init_FreeType(&library) != 0) {
        fail("FreeType does not start", "libfreetype");
    }
    for (unsigned font = 0; font < FONT_COUNT; font++) {
        if (orders[font].file != NULL) {
            render_face(library, argv[1], font);
        }
    }
    for (unsigned i = 0; i < icon_count; i++) {
        render_icon(library, &icons[i]);
    }
    source = open_output(argv[2]);
    templates = open_output(argv[3]);
    write_source(source);
    write_templates(templates);
    if (fclose(source) != 0 || fclose(templates) != 0) {
        fail("cannot write", argv[2]);
    }
    return 0;
}
