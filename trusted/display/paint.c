/* SPDX-License-Identifier: BSD-2-Clause */
/* What all screens are made of: bar, frame, words, buttons, number, band. */
#include "number_rows.h"
#include "paint.h"

/* --- words and buttons ----------------------------------------------------------------------- */

void paint_word(struct server *s, enum word word, const char *filling, int32_t below, enum theme_role role)
{
    const struct caption *c = &captions[word];
    struct text text = { 0 };

    text_add_word(&text, word, filling);
    draw_text(&s->panel, c->font, rect_below(layout[c->box], below), c->align, text.bytes, theme[role]);
}

void paint_fill(struct server *s, enum box box, int32_t below, uint32_t colour)
{
    draw_fill(&s->panel, rect_below(layout[box], below), colour);
}

void paint_button(struct server *s, enum word word, enum theme_role role)
{
    draw_round(&s->panel, layout[captions[word].box], (struct ink){ theme[role].paper, COLOUR_PAGE });
    paint_word(s, word, "", 0, role);
}

void paint_rimmed_button(struct server *s, enum word word, enum theme_role role)
{
    struct ink ink = theme[role];

    draw_rimmed(&s->panel, layout[captions[word].box], ink.colour, (struct ink){ ink.paper, ink.paper });
    paint_word(s, word, "", 0, role);
}

/* --- number and band --------------------------------------------------------------------------- */

int32_t paint_number(struct server *s, const struct number *n, uint32_t gaps, int32_t top,
                     enum theme_role role, struct number *drawn)
{
    struct rect line = layout[BOX_NUMBER];
    struct number_rows rows;

    number_rows_lay_out(n->length, gaps, &rows);
    line.y = (int16_t)top;
    line.height = LAYOUT_NUMBER_ROW;
    for (uint32_t row = 0; row < rows.count; row++, line = rect_below(line, LAYOUT_NUMBER_ROW)) {
        int32_t x = line.x;

        for (uint32_t i = rows.first[row]; i < rows.first[row + 1]; i++) {
            unsigned symbol = number_symbol_at(n, i);

            x += i != rows.first[row] && (rows.gaps >> i & 1) != 0 ? LAYOUT_GROUP_GAP : 0;
            x += draw_glyph(&s->panel, FONT_NUMBER, x, text_baseline(FONT_NUMBER, line),
                            symbol_character(symbol), theme[role]);
            if (drawn != NULL)
                (void)number_append(drawn, symbol);
        }
    }
    return line.y;
}

void paint_digits(struct server *s, const struct number *n, int32_t below)
{
    uint32_t digits = 0;

    for (uint32_t i = 0; i < n->length; i++)
        digits += number_symbol_at(n, i) < SYMBOL_STAR;
    paint_word(s, WORD_DIGITS, text_decimal(digits).bytes, below, ROLE_SECONDARY);
}

static enum theme_role band_role(uint32_t category)
{
    return category == TARIFF_EMERGENCY ? ROLE_EMERGENCY : tariff_is_plain(category) ? ROLE_PAGE : ROLE_COST;
}

/* Colour never speaks alone: what is not plain has a shape too. */
static void paint_category(struct server *s, const struct tariff *tariff, uint32_t country, int32_t top)
{
    enum theme_role role = band_role(tariff->category);
    enum word word = (enum word)(WORD_CATEGORY + tariff->category);
    struct rect box = rect_below(layout[BOX_BAND_CATEGORY], top);
    struct text text = { 0 };

    if (role != ROLE_PAGE) {
        int32_t baseline = text_baseline(FONT_CATEGORY, box) + 2;

        box.x = (int16_t)(box.x + 12 + draw_glyph(&s->panel, FONT_ICON, box.x, baseline,
                                                  role == ROLE_EMERGENCY ? 'm' : 't', theme[role]));
    }
    text_add_word(&text, word, "");
    if (country != 0) {
        text_add(&text, " +");
        text_add_decimal(&text, country, 1);
    }
    draw_text(&s->panel, captions[word].font, box, ALIGN_LEFT, text.bytes, theme[role]);
}

int32_t paint_band(struct server *s, const struct tariff *tariff, uint32_t country, int32_t top)
{
    enum theme_role role = band_role(tariff->category);
    struct rect box = rect_below(layout[BOX_BAND_PRICE], top);
    struct rect rule = { layout[BOX_NUMBER].x, (int16_t)top, layout[BOX_NUMBER].width, 2 };
    struct text price = text_price(tariff);
    enum font_id font = text_width(FONT_PRICE, price.bytes) <= box.width ? FONT_PRICE : FONT_HEAD;

    paint_fill(s, BOX_BAND, top, theme[role].paper);
    if (role == ROLE_PAGE) {
        draw_fill(&s->panel, rule, COLOUR_RULE);
        draw_fill(&s->panel, rect_below(rule, layout[BOX_BAND].height - rule.height), COLOUR_RULE);
    }
    paint_category(s, tariff, country, top);
    draw_text(&s->panel, font, box, ALIGN_LEFT, price.bytes, theme[role]);
    return top + layout[BOX_BAND].height;
}

/* --- bar ----------------------------------------------------------------------------------------- */

/* Returns where what it has written begins. */
static int32_t paint_bar_right(struct server *s, enum word in_call, enum theme_role role)
{
    enum word word = call_is_up(s) ? in_call : s->view == VIEW_LEGACY ? WORD_BAR_ROBIN : WORD_NONE;
    struct rect box = layout[captions[in_call].box];
    struct text text = { 0 };

    text_add_word(&text, word, text_clock(call_seconds(s)).bytes);
    draw_text(&s->panel, captions[word].font, box, ALIGN_RIGHT, text.bytes, theme[role]);
    return box.x + box.width - text_width(captions[word].font, text.bytes);
}

/* A long label is cut; the words that say "not trusted" never are. */
static void paint_legacy_bar(struct server *s)
{
    struct ink ink = theme[ROLE_BAR_LEGACY], hatch = { COLOUR_HATCH, ink.paper };
    struct rect label = layout[BOX_BAR_LEGACY], rest = label;
    int32_t room, width = text_width(FONT_STRONG, s->legacy_label);

    paint_fill(s, BOX_BAR, 0, ink.paper);
    draw_hatch(&s->panel, layout[BOX_BAR_HATCH_LEFT], hatch);
    draw_hatch(&s->panel, layout[BOX_BAR_HATCH_RIGHT], hatch);
    room = paint_bar_right(s, WORD_BAR_CALL_SHORT, ROLE_BAR_LEGACY) - 8 - label.x -
           text_width(FONT_STRONG, word_text[WORD_BAR_LEGACY]);
    label.width = (int16_t)(width < room ? width : room);
    s->panel.clip = label;
    draw_text(&s->panel, FONT_STRONG, rest, ALIGN_LEFT, s->legacy_label, ink);
    s->panel.clip = s->panel.bounds;
    rest.x = (int16_t)(label.x + label.width);
    draw_text(&s->panel, FONT_STRONG, rest, ALIGN_LEFT, word_text[WORD_BAR_LEGACY], ink);
}

void paint_bar(struct server *s)
{
    enum theme_role role = emergency_is_shown(s) ? ROLE_EMERGENCY : ROLE_BAR_TRUSTED;
    struct rect icon = layout[BOX_BAR_ICON];

    if (s->view == VIEW_LEGACY) {
        paint_legacy_bar(s);
        return;
    }
    paint_fill(s, BOX_BAR, 0, theme[role].paper);
    (void)draw_glyph(&s->panel, FONT_ICON, icon.x, icon.y + icon.height, 's', theme[role]);
    paint_word(s, WORD_BAR_TRUSTED, "", 0, role);
    (void)paint_bar_right(s, WORD_BAR_CALL, role);
}

/* --- whole screens --------------------------------------------------------------------------------- */

static void paint_page(struct server *s)
{
    bool is_ringing = s->view == VIEW_CALL && s->call.state == DIAL_STATE_INCOMING;
    uint32_t frame = emergency_is_shown(s) ? COLOUR_EMERGENCY : COLOUR_TRUSTED;

    for (enum box box = BOX_FRAME; box <= BOX_FRAME_LAST; box++)
        paint_fill(s, box, 0, frame);
    paint_fill(s, BOX_PAGE, 0, is_ringing || emergency_is_shown(s) ? frame : COLOUR_PAGE);
}

static void paint_legacy(struct server *s)
{
    draw_copy(&s->panel, layout[BOX_BELOW], s->legacy_pixels, layout[BOX_BELOW].width);
}

static void paint_view(struct server *s)
{
    if (s->view != VIEW_LEGACY)
        paint_page(s);
    switch ((uint32_t)s->view) {
    case VIEW_HOME: paint_home(s); break;
    case VIEW_KEYPAD: paint_keypad(s); break;
    case VIEW_CARDS: paint_card(s); break;
    case VIEW_CALL: paint_call(s); break;
    case VIEW_PROMPT: paint_prompt(s); break;
    case VIEW_RESULT: paint_result(s); break;
    default: paint_legacy(s); break;
    }
}

static void paint_parts(struct server *s, uint32_t damage)
{
    if (damage & DAMAGE_BAR)
        paint_bar(s);
    if (damage & DAMAGE_CLOCK)
        paint_call_clock(s);
    if (damage & DAMAGE_COUNTDOWN)
        paint_countdown(s);
    if (damage & DAMAGE_PAD)
        paint_keypad_number(s);
    if (damage & DAMAGE_KEY)
        paint_keypad_keys(s);
    if (damage & DAMAGE_LOG)
        paint_log(s);
    if (damage & DAMAGE_CONFIRM)
        paint_confirm(s);
    if (damage & DAMAGE_LEGACY)
        paint_legacy(s);
}

/* The bar comes first: a trusted bar over old legacy pixels starts nothing, because nothing is
 * armed before all of the picture is visible. */
void paint(struct server *s)
{
    uint32_t damage = s->damage;

    s->damage = 0;
    if ((damage & DAMAGE_ALL) == 0) {
        paint_parts(s, damage);
        return;
    }
    s->filled = -1;
    paint_bar(s);
    paint_view(s);
}
