/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Draws the items of tables/screens.txt, in their order: Robin's bar comes last, over a page that
 * is complete. Nothing is armed before all of the picture is visible.
 */
#include "paint.h"

enum {
    YES_LINE = 48 /* of a button with two lines */,
    CODE_PER_ROW = 26,
    CARD_LINES = 9,
    RULE = 2,
    NOTE_GAP = 12,
};

_Static_assert(WORD_CARD_TEXT_LAST - WORD_CARD_TEXT + 1 == CARDS * CARD_LINES, "cards");
_Static_assert(LAYOUT_ROWS_MAX *LAYOUT_NUMBER_ROW <= PANEL_HEIGHT - BAR_HEIGHT, "rows");

/* ---- words ----------------------------------------------------------------------------------- */

static void paint_word(struct server *s, enum word word, struct rect box, enum theme_role role)
{
    const struct caption *c = &captions[word];

    draw_text(&s->panel, c->font, box, c->align, word_text[word], theme[role]);
}

/* Set as the item's own word is, whatever it says. What changes within a page has to be wiped off
 * it first; the bar is drawn whole, and the keypad has its fills. */
static void paint_text(struct server *s, const struct item *item, struct rect box, uint32_t damage)
{
    const struct caption *c = &captions[item->word];
    struct text text = { 0 };

    if ((damage & DAMAGE_ALL) == 0 && item->view != VIEW_ANY && item->view != VIEW_KEYPAD) {
        draw_fill(&s->panel, box, theme[item->role].paper);
    }
    text_add_word(&text, screen_word(s, item), screen_filling(s, item->with).bytes);
    draw_text(&s->panel, c->font, box, c->align, text.bytes, theme[item->role]);
}

static uint32_t page_colour(const struct server *s)
{
    return emergency_is_shown(s) ? COLOUR_EMERGENCY
           : ringing_is_shown(s) ? COLOUR_TRUSTED
                                 : COLOUR_PAGE;
}

/* ---- number and band ------------------------------------------------------------------------- */

/* One row after the other from `line` on. What a prompt shows is recorded as it is drawn: the
 * decision echoes it, and of several numbers the last one, which is the one that will be sent. */
static void paint_rows(struct server *s, const struct number *n, const struct number_rows *rows,
                       enum font_id font, struct rect line, struct ink ink)
{
    struct number drawn = { 0 };

    for (uint32_t row = 0; row < rows->count; row++, line = rect_below(line, line.height)) {
        int32_t x = line.x;

        for (uint32_t i = rows->first[row]; i < rows->first[row + 1]; i++) {
            unsigned symbol = number_symbol_at(n, i);

            x += i != rows->first[row] && (rows->gaps >> i & 1) != 0 ? LAYOUT_GROUP_GAP : 0;
            x += draw_glyph(&s->panel, font, x, text_baseline(font, line), symbol_character(symbol),
                            ink);
            (void)number_append(&drawn, symbol);
        }
    }
    s->below = line.y;
    if (s->view == VIEW_PROMPT) {
        s->prompt.drawn = drawn;
    }
}

static void paint_number(struct server *s, enum box box, enum theme_role role)
{
    const struct subject *about = screen_subject(s);
    bool is_target = s->view == VIEW_PROMPT && s->prompt.kind == PROMPT_MMI;
    const struct number *n = is_target ? &s->prompt.target : &about->number;
    struct rect line = layout[box];
    struct number_rows rows = { 0 };

    if (n->length <= NUMBER_DIAL_MAX) { /* a longer target stands in the code only */
        number_rows_lay_out(n->length, is_target ? 0 : subject_gaps(about), &rows);
    }
    line.height = LAYOUT_NUMBER_ROW;
    paint_rows(s, n, &rows, FONT_NUMBER, line, theme[role]);
}

/* In even rows: it is what will be sent. */
static void paint_code(struct server *s, const struct item *item, struct rect box)
{
    const struct number *code = &s->prompt.about.number;
    uint32_t count = code->length > CODE_PER_ROW ? 2 : 1;
    struct number_rows rows = { count,
                                { 0, (code->length + count - 1) / count, code->length, 0 },
                                0 };

    paint_rows(s, code, &rows, FONT_CODE, box, theme[item->role]);
}

/* In the largest type, or in rows when it is too long for that. */
static void paint_emergency(struct server *s, const struct item *item)
{
    const struct number *n = &screen_subject(s)->number;
    struct number_rows rows = { 1, { 0, n->length, 0, 0 }, 0 };
    struct rect line = layout[item->box];
    int32_t spare = line.width - text_width(FONT_EMERGENCY, screen_filling(s, WITH_NUMBER).bytes);

    line.x = (int16_t)(line.x + spare / 2);
    if (spare < 0) {
        paint_number(s, item->box, item->role);
    } else {
        paint_rows(s, n, &rows, FONT_EMERGENCY, line, theme[item->role]);
    }
}

/* With the country, or, where both together are too long, the country alone: the price says the
 * rest. */
static struct text category_text(const struct subject *about, int32_t room)
{
    const char *country = country_names[about->country];
    enum word first = about->country != 0 ? WORD_CATEGORY_IN : WORD_CATEGORY;
    struct text both = { 0 }, alone = { 0 };

    text_add_word(&both, first + about->tariff.category, country);
    text_add(&alone, country);
    return text_width(captions[WORD_CATEGORY].font, both.bytes) <= room ? both : alone;
}

/* Colour never speaks alone: what is not plain has a shape too. */
static void paint_category(struct server *s, const struct subject *about, int32_t top,
                           enum theme_role role)
{
    struct rect box = rect_below(layout[BOX_BAND_CATEGORY], top);
    char icon = role == ROLE_EMERGENCY ? 'm' : 't';

    if (role != ROLE_PAGE) {
        int32_t baseline =
            text_baseline(FONT_CATEGORY, box) + 2 - font_glyph(FONT_ICON, icon)->height / 2;

        box.x = (int16_t)(box.x + 12 +
                          draw_glyph(&s->panel, FONT_ICON, box.x, baseline, icon, theme[role]));
    }
    draw_text(&s->panel, captions[WORD_CATEGORY].font, box, ALIGN_LEFT,
              category_text(about, layout[BOX_BAND_CATEGORY].x + box.width - box.x).bytes,
              theme[role]);
}

static void paint_band(struct server *s, struct rect band)
{
    const struct subject *about = screen_subject(s);
    uint32_t category = about->tariff.category;
    enum theme_role role = category == TARIFF_EMERGENCY ? ROLE_EMERGENCY
                           : tariff_is_plain(category)  ? ROLE_PAGE
                                                        : ROLE_COST;
    struct rect box = rect_below(layout[BOX_BAND_PRICE], band.y);
    struct rect rule = { layout[BOX_NUMBER].x, band.y, layout[BOX_NUMBER].width, RULE };
    struct text price = text_price(&about->tariff);
    enum font_id font = text_width(FONT_PRICE, price.bytes) <= box.width ? FONT_PRICE : FONT_HEAD;

    draw_fill(&s->panel, band, theme[role].paper);
    if (role == ROLE_PAGE) {
        draw_fill(&s->panel, rule, COLOUR_RULE);
        draw_fill(&s->panel, rect_below(rule, band.height - RULE), COLOUR_RULE);
    }
    paint_category(s, about, band.y, role);
    draw_text(&s->panel, font, box, ALIGN_LEFT, price.bytes, theme[role]);
    s->below = band.y + band.height;
}

/* As long as there is room above the yes button. */
static void paint_note(struct server *s, enum word word, enum theme_role role)
{
    const struct rect line = rect_below(layout[captions[word].box], s->below);

    if (line.y + LAYOUT_TEXT_ROW + NOTE_GAP <= layout[BOX_CONFIRM].y) {
        paint_word(s, word, line, role);
        s->below += LAYOUT_TEXT_ROW;
    }
}

/* The bits are in order of weight. */
static void paint_notes(struct server *s, enum theme_role role)
{
    for (uint32_t bit = 0; bit <= WORD_NOTE_LAST - WORD_NOTE; bit++) {
        if ((s->prompt.notes >> bit & 1) != 0) {
            paint_note(s, WORD_NOTE + bit, role);
        }
    }
}

/* ---- the yes button: an outline until it is armed, then solid, filling from the left --------- */

static void paint_face(struct server *s, enum theme_role role)
{
    const struct yes_button *yes = &yes_buttons[s->yes];
    struct rect line = layout[yes->box];
    struct text text = { 0 };

    text_add_word(&text, yes->word, screen_filling(s, WITH_NUMBER).bytes);
    draw_button(&s->panel, line, theme[role], page_colour(s));
    if (yes->has_price) {
        bool is_narrow = line.width < layout[BOX_CONFIRM].width;
        const struct tariff *tariff = &screen_subject(s)->tariff;
        struct text price = is_narrow ? text_price_short(tariff) : text_price(tariff);
        bool fits = text_width(FONT_STRONG, price.bytes) <= line.width;

        line.height = YES_LINE;
        draw_text(&s->panel, fits ? FONT_STRONG : FONT_TEXT, rect_below(line, YES_LINE - 4),
                  ALIGN_CENTRE, price.bytes, theme[role]);
        line = rect_below(line, 4);
    }
    draw_text(&s->panel, captions[yes->word].font, line, ALIGN_CENTRE, text.bytes, theme[role]);
}

/* Its columns from `left` to `right`, in one ink. */
static void paint_strip(struct server *s, int32_t left, int32_t right, enum theme_role role)
{
    struct rect box = layout[yes_buttons[s->yes].box];

    s->panel.clip =
        (struct rect){ (int16_t)(box.x + left), box.y, (int16_t)(right - left), box.height };
    paint_face(s, role);
    s->panel.clip = s->panel.bounds;
}

static int32_t filled_pixels(const struct server *s, int32_t width)
{
    uint32_t held_ms = confirm_held_for_us(&s->confirm, s->now_us) / 1000,
             hold_ms = s->confirm.rules.hold_us / 1000;

    if (s->confirm.rules.acts != CONFIRM_ON_HOLD) { /* a press fills it at once */
        return s->confirm.state == CONFIRM_ARMED ? 0 : width;
    }
    return held_ms >= hold_ms ? width : (int32_t)((uint32_t)width * held_ms / hold_ms);
}

static void paint_yes(struct server *s)
{
    const struct yes_button *yes = &yes_buttons[s->yes];
    int32_t width = layout[yes->box].width, filled = filled_pixels(s, width);

    if (s->yes == YES_NONE) {
        return;
    }
    if (!confirm_is_solid(&s->confirm)) {
        paint_face(s, yes->outline);
        s->filled = -1;
        return;
    }
    if (s->filled < 0 || filled < s->filled) {
        paint_strip(s, filled, width, yes->outline + 1);
        s->filled = 0;
    }
    paint_strip(s, s->filled, filled, yes->outline + 2); /* only what has grown */
    s->filled = filled;
}

static void paint_button(struct server *s, const struct item *item)
{
    const bool is_solid = item->kind == ITEM_NO && s->no.state == CONFIRM_ARMED;
    const enum theme_role role = item->role + (is_solid ? 1 : 0);

    draw_button(&s->panel, layout[item->box], theme[role], page_colour(s));
    paint_word(s, item->word, layout[item->box], role);
}

/* ---- keys and lists -------------------------------------------------------------------------- */

static void paint_key(struct server *s, struct rect box, enum theme_role role, enum font_id font,
                      char face)
{
    const char text[2] = { face, '\0' };

    draw_button(&s->panel, box, theme[role], COLOUR_PAGE);
    draw_text(&s->panel, font, box, ALIGN_CENTRE, text, theme[role]);
}

/* What a finger that stays on the 0 types. */
static void paint_plus(struct server *s, struct rect key, enum theme_role role)
{
    key.x = (int16_t)(key.x + 2 * key.width / 3);
    key.width = (int16_t)(key.width / 3);
    draw_text(&s->panel, FONT_TEXT, key, ALIGN_LEFT, "+", theme[role]);
}

static void paint_pad_key(struct server *s, enum box box)
{
    const enum theme_role role = s->keypad.pressed == box ? ROLE_KEY_PRESSED : ROLE_KEY;

    if (box == BOX_PAD_ERASE) {
        paint_key(s, layout[box], role, FONT_ICON, 'b');
    } else {
        paint_key(s, layout[box], role, FONT_KEY, symbol_character(pad_symbols[box - BOX_PAD_KEY]));
    }
    if (box == BOX_PAD_KEY + 10) {
        paint_plus(s, layout[box], role);
    }
}

/* Within a page only the key that a finger has come to, and the one that it has left. */
static void paint_keys(struct server *s, uint32_t damage)
{
    for (enum box box = BOX_PAD_KEY; box <= BOX_PAD_ERASE; box++) {
        if ((damage & DAMAGE_ALL) != 0 ||
            (s->keypad.pressed != s->keypad.painted &&
             (box == s->keypad.pressed || box == s->keypad.painted))) {
            paint_pad_key(s, box);
        }
    }
    s->keypad.painted = s->keypad.pressed;
}

static void paint_tones(struct server *s, enum theme_role role)
{
    for (uint32_t i = 0; i < PAD_SYMBOLS; i++) {
        paint_key(s, screen_tone_key(s, i), role, FONT_PRICE, symbol_character(pad_symbols[i]));
    }
}

static void paint_calls(struct server *s, const struct item *item)
{
    for (uint32_t i = 0; i < s->home.history_count; i++) {
        const struct history_entry *e = &s->home.history[i];
        struct rect line = layout[item->box + i];
        struct text number = { 0 }, what = { 0 };

        draw_fill(&s->panel, line, theme[item->role].paper);
        line.height /= 2;
        text_add_number(&number, &e->number);
        text_add(&number, e->number.length == 0 ? word_text[WORD_NO_NUMBER] : "");
        draw_text(&s->panel, e->number.length == 0 ? FONT_TEXT : FONT_CODE, line, ALIGN_LEFT,
                  number.bytes, theme[item->role]);
        text_add_word(&what, WORD_ORIGIN + e->origin, "");
        text_add_word(&what, WORD_DOT, "");
        text_add_word(&what, WORD_OUTCOME + e->outcome, "");
        draw_text(&s->panel, FONT_TEXT, rect_below(line, line.height), ALIGN_LEFT, what.bytes,
                  theme[ROLE_SECONDARY]);
    }
}

/* Two rows of four groups of four hexadecimal digits. */
static void paint_head(struct server *s, const struct item *item)
{
    struct rect line = layout[item->box];

    line.height /= 2;
    for (uint32_t row = 0; row < 2; row++, line = rect_below(line, line.height)) {
        struct text head = { 0 };

        for (uint32_t group = 0; group < 4; group++) {
            text_add(&head, group == 0 ? "" : " ");
            text_add_hex(&head, s->home.log_head[2 * row + group / 2] >> (group & 1 ? 0 : 16), 4);
        }
        draw_text(&s->panel, FONT_CODE, line, ALIGN_LEFT, head.bytes, theme[item->role]);
    }
}

static void paint_card(struct server *s, const struct item *item)
{
    struct rect line = layout[item->box];

    for (uint32_t i = 0; i < CARD_LINES; i++) {
        paint_word(s, item->word + s->card * CARD_LINES + i, line, item->role);
        line = rect_below(line, LAYOUT_TEXT_ROW);
    }
    for (uint32_t i = 0; i < CARDS; i++) {
        draw_fill(&s->panel, layout[BOX_CARD_DOT + i], i == s->card ? COLOUR_TRUSTED : COLOUR_RULE);
    }
}

/* ---- items ----------------------------------------------------------------------------------- */

static void paint_item(struct server *s, const struct item *item, uint32_t damage)
{
    const struct rect box = rect_below(layout[item->box], item->is_below ? s->below : 0);

    switch (item->kind) {
    case ITEM_TEXT:
        paint_text(s, item, box, damage);
        break;
    case ITEM_BUTTON:
    case ITEM_NO:
        paint_button(s, item);
        break;
    case ITEM_YES:
        paint_yes(s);
        break;
    case ITEM_FILL:
        draw_fill(&s->panel, box, theme[item->role].paper);
        break;
    case ITEM_HATCH:
        draw_hatch(&s->panel, box, COLOUR_HATCH, theme[item->role].paper);
        break;
    case ITEM_LEGACY:
        draw_copy(&s->panel, box, s->legacy_pixels, box.width);
        break;
    case ITEM_NUMBER:
        paint_number(s, item->box, item->role);
        break;
    case ITEM_EMERGENCY:
        paint_emergency(s, item);
        break;
    case ITEM_CODE:
        paint_code(s, item, box);
        break;
    case ITEM_BAND:
        paint_band(s, box);
        break;
    case ITEM_NOTE:
        paint_note(s, item->word, item->role);
        break;
    case ITEM_NOTES:
        paint_notes(s, item->role);
        break;
    case ITEM_KEYS:
        paint_keys(s, damage);
        break;
    case ITEM_TONES:
        paint_tones(s, item->role);
        break;
    case ITEM_CALLS:
        paint_calls(s, item);
        break;
    case ITEM_HEAD:
        paint_head(s, item);
        break;
    case ITEM_CARD:
        paint_card(s, item);
        break;
    }
}

/* A pressed key is seen first, whatever else it has changed. */
static uint32_t take_damage(struct server *s)
{
    const uint32_t all = s->damage, now = (all & (DAMAGE_ALL | DAMAGE_KEY)) == DAMAGE_KEY
                                              ? (uint32_t)DAMAGE_KEY
                                              : all;

    s->damage = all & ~now;
    return now;
}

void paint(struct server *s)
{
    uint32_t damage = take_damage(s), facts = screen_facts(s);

    s->filled = damage & DAMAGE_ALL ? -1 : s->filled;
    for (uint32_t i = 0; i < item_count; i++) {
        if ((damage & (items[i].damage | DAMAGE_ALL)) != 0 && screen_has(s, &items[i], facts)) {
            paint_item(s, &items[i], damage);
        }
    }
}
