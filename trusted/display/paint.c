/* SPDX-License-Identifier: BSD-2-Clause */
/* What all screens are made of: bar, frame, words, buttons, number, band. */
#include "paint.h"

#include "number_rows.h"

/* --- words and buttons ----------------------------------------------------------------------- */

static void draw_lines(struct server *s, const struct caption *caption, struct rect box,
                       const char *text, struct ink ink)
{
    struct text line;

    box.height = LAYOUT_TEXT_ROW;
    for (text_clear(&line); ; text++) {
        if (*text != '\n' && *text != '\0') {
            text_add_char(&line, *text);
            continue;
        }
        draw_text_in(&s->panel, caption->font, box, caption->align, line.bytes, ink);
        box.y = (int16_t)(box.y + LAYOUT_TEXT_ROW);
        text_clear(&line);
        if (*text == '\0')
            return;
    }
}

void paint_word(struct server *s, enum word word, const char *filling, int32_t below,
                struct ink ink)
{
    const struct caption *caption = &captions[word];
    struct text text;

    text_clear(&text);
    text_add_word(&text, word, filling);
    draw_text_in(&s->panel, caption->font, layout_below(caption->box, below), caption->align,
                 text.bytes, ink);
}

void paint_word_in(struct server *s, enum word word, struct rect box, struct ink ink)
{
    const struct caption *caption = &captions[word];

    draw_text_in(&s->panel, caption->font, box, caption->align, word_text[word], ink);
}

void paint_lines(struct server *s, enum word word, struct ink ink)
{
    draw_lines(s, &captions[word], layout[captions[word].box], word_text[word], ink);
}

void paint_button(struct server *s, enum word word, enum theme_role role)
{
    struct rect box = layout[captions[word].box];

    draw_round(&s->panel, box, (struct ink){ theme[role].paper, COLOUR_PAGE });
    paint_word_in(s, word, box, theme[role]);
}

void paint_rimmed_button(struct server *s, enum word word)
{
    struct rect box = layout[captions[word].box];

    draw_rimmed(&s->panel, box, COLOUR_TEXT, (struct ink){ COLOUR_PAGE, COLOUR_PAGE });
    paint_word_in(s, word, box, theme[ROLE_REFUSE]);
}

/* --- number and band --------------------------------------------------------------------------- */

static void paint_row(struct server *s, const struct number *n, const struct number_rows *rows,
                      uint32_t row, int32_t top, struct ink ink, struct number *drawn)
{
    int32_t x = layout[BOX_NUMBER].x;
    int32_t baseline = top + (LAYOUT_NUMBER_ROW + fonts[FONT_NUMBER].cap_height) / 2;

    for (uint32_t i = rows->first[row]; i < rows->first[row + 1]; i++) {
        unsigned symbol = number_symbol_at(n, i);

        if (i != rows->first[row] && (rows->gaps >> i & 1) != 0)
            x += LAYOUT_GROUP_GAP;
        x += draw_glyph(&s->panel, FONT_NUMBER, x, baseline, (uint8_t)symbol_character(symbol), ink);
        if (drawn != NULL)
            (void)number_append(drawn, symbol);
    }
}

int32_t paint_number(struct server *s, const struct number *n, uint32_t gaps, int32_t top,
                     struct ink ink, struct number *drawn)
{
    struct number_rows rows;

    number_rows_lay_out(n->length, gaps, &rows);
    for (uint32_t row = 0; row < rows.count; row++) {
        paint_row(s, n, &rows, row, top, ink, drawn);
        top += LAYOUT_NUMBER_ROW;
    }
    return top;
}

static enum theme_role band_role(uint32_t category)
{
    return category == TARIFF_PLAN || category == TARIFF_FREE ? ROLE_PAGE :
           category == TARIFF_EMERGENCY ? ROLE_EMERGENCY : ROLE_COST;
}

static void paint_category(struct server *s, const struct tariff *tariff, uint32_t country,
                           int32_t top, struct ink ink)
{
    enum word word = (enum word)(WORD_CATEGORY + tariff->category);
    struct rect box = layout_below(BOX_BAND_CATEGORY, top);
    struct text text;

    if (band_role(tariff->category) != ROLE_PAGE) {
        char icon = tariff->category == TARIFF_EMERGENCY ? 'm' : 't';
        int32_t baseline = box.y + (box.height + fonts[FONT_CATEGORY].cap_height) / 2;

        box.x = (int16_t)(box.x + 12 +
                          draw_glyph(&s->panel, FONT_ICON, box.x, baseline + 2, (uint8_t)icon, ink));
    }
    text_clear(&text);
    text_add_word(&text, word, "");
    if (country != 0) {
        text_add(&text, " +");
        text_add_decimal(&text, country, 1);
    }
    draw_text_in(&s->panel, captions[word].font, box, ALIGN_LEFT, text.bytes, ink);
}

int32_t paint_band(struct server *s, const struct tariff *tariff, uint32_t country, int32_t top)
{
    struct rect band = layout_below(BOX_BAND, top);
    struct rect rule = { layout[BOX_NUMBER].x, band.y, layout[BOX_NUMBER].width, 2 };
    struct rect box = layout_below(BOX_BAND_PRICE, top);
    enum theme_role role = band_role(tariff->category);
    struct text price;

    draw_fill(&s->panel, band, theme[role].paper);
    if (role == ROLE_PAGE) {
        draw_fill(&s->panel, rule, COLOUR_RULE);
        rule.y = (int16_t)(band.y + band.height - 2);
        draw_fill(&s->panel, rule, COLOUR_RULE);
    }
    paint_category(s, tariff, country, top, theme[role]);
    text_clear(&price);
    text_add_price(&price, tariff->category, tariff->cents, tariff->unit);
    draw_text_in(&s->panel, text_width(FONT_PRICE, price.bytes) <= box.width ? FONT_PRICE : FONT_HEAD,
                 box, ALIGN_LEFT, price.bytes, theme[role]);
    return band.y + band.height;
}

/* --- bar ----------------------------------------------------------------------------------------- */

static bool is_emergency_shown(const struct server *s)
{
    return (s->view == VIEW_PROMPT && s->prompt.kind == PROMPT_EMERGENCY) ||
           (s->view == VIEW_CALL && s->call.tariff.category == TARIFF_EMERGENCY &&
            s->call.origin != ORIGIN_NETWORK);
}

/* Returns where what it has written begins. */
static int32_t paint_bar_right(struct server *s, enum word in_call, struct ink ink)
{
    enum word word = call_is_up(s) ? in_call : s->view == VIEW_LEGACY ? WORD_BAR_ROBIN : WORD_NONE;
    struct rect box = layout[captions[in_call].box];
    struct text clock, text;

    text_clear(&clock);
    text_add_clock(&clock, call_seconds(s));
    text_clear(&text);
    text_add_word(&text, word, clock.bytes);
    draw_text_in(&s->panel, captions[word].font, box, ALIGN_RIGHT, text.bytes, ink);
    return box.x + box.width - text_width(captions[word].font, text.bytes);
}

/* A long label is cut; the words that say "not trusted" never are. */
static void paint_legacy_bar(struct server *s)
{
    struct ink ink = theme[ROLE_BAR_LEGACY];
    struct ink hatch = { COLOUR_HATCH, ink.paper };
    struct rect label = layout[BOX_BAR_LEGACY], untrusted = label;
    int32_t right, width = text_width(FONT_STRONG, s->legacy_label);

    draw_fill(&s->panel, layout[BOX_BAR], ink.paper);
    draw_hatch(&s->panel, layout[BOX_BAR_HATCH_LEFT], hatch);
    draw_hatch(&s->panel, layout[BOX_BAR_HATCH_RIGHT], hatch);
    right = paint_bar_right(s, WORD_BAR_CALL_SHORT, ink) - 8;
    right -= text_width(FONT_STRONG, word_text[WORD_BAR_LEGACY]);
    label.width = (int16_t)(width < right - label.x ? width : right - label.x);
    s->panel.clip = rect_intersect(label, s->panel.bounds);
    draw_text_in(&s->panel, FONT_STRONG, layout[BOX_BAR_LEGACY], ALIGN_LEFT, s->legacy_label, ink);
    s->panel.clip = s->panel.bounds;
    untrusted.x = (int16_t)(label.x + label.width);
    paint_word_in(s, WORD_BAR_LEGACY, untrusted, ink);
}

static void paint_trusted_bar(struct server *s)
{
    struct ink ink = theme[is_emergency_shown(s) ? ROLE_EMERGENCY : ROLE_BAR_TRUSTED];
    struct rect icon = layout[BOX_BAR_ICON];

    draw_fill(&s->panel, layout[BOX_BAR], ink.paper);
    (void)draw_glyph(&s->panel, FONT_ICON, icon.x, icon.y + icon.height, 's', ink);
    paint_word(s, WORD_BAR_TRUSTED, "", 0, ink);
    (void)paint_bar_right(s, WORD_BAR_CALL, ink);
}

void paint_bar(struct server *s)
{
    if (s->view == VIEW_LEGACY)
        paint_legacy_bar(s);
    else
        paint_trusted_bar(s);
}

/* --- whole screens --------------------------------------------------------------------------------- */

static void paint_page(struct server *s)
{
    bool is_red = is_emergency_shown(s);
    bool is_ringing = s->view == VIEW_CALL && s->call.state == DIAL_STATE_INCOMING;
    struct rect below = layout[BOX_PANEL];

    below.y = layout[BOX_BAR].height;
    below.height = (int16_t)(below.height - below.y);
    draw_fill(&s->panel, below, is_red ? COLOUR_EMERGENCY : COLOUR_TRUSTED);
    if (!is_red && !is_ringing)
        draw_fill(&s->panel, layout[BOX_PAGE], COLOUR_PAGE);
}

static void paint_legacy(struct server *s)
{
    struct rect below = layout[BOX_PANEL];

    below.y = layout[BOX_BAR].height;
    below.height = (int16_t)(below.height - below.y);
    draw_copy(&s->panel, below, s->legacy_pixels, below.width);
}

static void paint_view(struct server *s)
{
    if (s->view != VIEW_LEGACY)
        paint_page(s);
    switch (s->view) {
    case VIEW_HOME:
        paint_home(s);
        break;
    case VIEW_KEYPAD:
        paint_keypad(s);
        break;
    case VIEW_CARDS:
        paint_card(s);
        break;
    case VIEW_CALL:
        paint_call(s);
        break;
    case VIEW_PROMPT:
        paint_prompt(s);
        break;
    case VIEW_RESULT:
        paint_result(s);
        break;
    case VIEW_LEGACY:
    case VIEWS:
        paint_legacy(s);
        break;
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

/* The bar comes first: at no time does it say less than the truth about what is below it, because
 * a trusted bar over old legacy pixels starts nothing (nothing is armed before all is visible). */
void paint(struct server *s)
{
    uint32_t damage = s->damage;

    s->damage = 0;
    s->panel.clip = s->panel.bounds;
    if (damage & DAMAGE_ALL) {
        s->filled = -1;
        paint_bar(s);
        paint_view(s);
    } else {
        paint_parts(s, damage);
    }
}
