/* SPDX-License-Identifier: BSD-2-Clause */
/* Dialling, in a call, emergency, ringing. Number and band lie where the prompt had them. */
#include "paint.h"

#include "number_rows.h"

enum { SECOND_US = 1000000, TONE_COLUMNS = 3, TONE_ROWS = 4, TONE_GAP = 6, TONES_ABOVE = 12 };

/* In units of 64 us, of which 76 hours fit 32 bits: no 64-bit division is needed. */
static uint32_t elapsed_64us(const struct server *s)
{
    uint64_t elapsed = (s->now_us - s->call.started_us) >> 6;

    if (s->call.state != DIAL_STATE_ACTIVE || s->now_us < s->call.started_us)
        return 0;
    return elapsed > UINT32_MAX ? UINT32_MAX : (uint32_t)elapsed;
}

uint32_t call_seconds(const struct server *s)
{
    return elapsed_64us(s) / (SECOND_US >> 6);
}

uint32_t call_second_part_us(const struct server *s)
{
    return elapsed_64us(s) % (SECOND_US >> 6) << 6;
}

/* --- the pieces of an ordinary call -------------------------------------------------------------- */

static void paint_title(struct server *s)
{
    struct text clock;

    text_clear(&clock);
    text_add_clock(&clock, call_seconds(s));
    draw_fill(&s->panel, layout[BOX_CALL_STATE], COLOUR_PAGE);
    paint_word(s, s->call.state == DIAL_STATE_ACTIVE ? WORD_CALL_TIME :
                  s->call.state == DIAL_STATE_ALERTING ? WORD_RINGING : WORD_CALLING,
               clock.bytes, 0, theme[ROLE_PAGE]);
}

static int32_t band_bottom(const struct server *s)
{
    struct number_rows rows;

    number_rows_lay_out(s->call.number.length, s->call.gaps, &rows);
    return layout[BOX_NUMBER].y + (int32_t)rows.count * LAYOUT_NUMBER_ROW + 40 +
           layout[BOX_BAND].height;
}

/* Minutes begun times the price: what TKG 109 calls the announced price, summed up. */
static void paint_so_far(struct server *s)
{
    const struct tariff *t = &s->call.tariff;
    uint32_t minutes = t->unit == PRICE_PER_CALL ? 1 : call_seconds(s) / 60 + 1;
    struct text cost;

    if (t->unit == PRICE_NONE || s->has_tones || s->call.state != DIAL_STATE_ACTIVE ||
        s->call.origin == ORIGIN_NETWORK) {
        return;
    }
    text_clear(&cost);
    text_add_cents(&cost, t->cents * minutes);
    draw_fill(&s->panel, layout_below(BOX_SO_FAR, band_bottom(s)), COLOUR_PAGE);
    paint_word(s, WORD_SO_FAR, cost.bytes, band_bottom(s), theme[ROLE_PAGE]);
}

struct rect call_tone_key(const struct server *s, uint32_t index)
{
    int32_t top = band_bottom(s) + TONES_ABOVE;
    int32_t pitch = (layout[BOX_HANG_UP].y - TONES_ABOVE - top + TONE_GAP) / TONE_ROWS;
    int32_t width = (layout[BOX_NUMBER].width + TONE_GAP) / TONE_COLUMNS;
    int32_t column = (int32_t)(index % TONE_COLUMNS), row = (int32_t)(index / TONE_COLUMNS);

    return (struct rect){ (int16_t)(layout[BOX_NUMBER].x + column * width),
                          (int16_t)(top + row * pitch), (int16_t)(width - TONE_GAP),
                          (int16_t)(pitch - TONE_GAP) };
}

static void paint_tones(struct server *s)
{
    for (uint32_t i = 0; i < TONE_COLUMNS * TONE_ROWS; i++) {
        struct rect key = call_tone_key(s, i);
        char face[2] = { "123456789*0#"[i], '\0' };

        draw_round(&s->panel, key, (struct ink){ COLOUR_KEY, COLOUR_PAGE });
        draw_text_in(&s->panel, FONT_PRICE, key, ALIGN_CENTRE, face, theme[ROLE_KEY]);
    }
}

static void paint_ordinary(struct server *s)
{
    const struct call *c = &s->call;
    int32_t top = paint_number(s, &c->number, c->gaps, layout[BOX_NUMBER].y, theme[ROLE_PAGE], NULL);
    struct text count;

    paint_title(s);
    text_clear(&count);
    text_add_decimal(&count, c->number.length - (number_symbol_at(&c->number, 0) == SYMBOL_PLUS), 1);
    paint_word(s, WORD_DIGITS, count.bytes, top, theme[ROLE_SECONDARY]);
    (void)paint_band(s, &c->tariff, 0, top + 40);
    if (s->has_tones) {
        paint_tones(s);
    } else {
        paint_so_far(s);
        paint_word(s, c->origin == ORIGIN_LEGACY ? WORD_ASKED_BY_LINUX :
                      c->origin == ORIGIN_USER ? WORD_ASKED_BY_USER : WORD_CALLED_BY_NETWORK, "",
                   band_bottom(s), theme[ROLE_SECONDARY]);
    }
    if (c->state == DIAL_STATE_ACTIVE)
        paint_button(s, s->has_tones ? WORD_TONES_CLOSE : WORD_TONES, ROLE_KEY);
    paint_button(s, WORD_HANG_UP, ROLE_EMERGENCY);
}

/* --- emergency --------------------------------------------------------------------------------------- */

void paint_emergency(struct server *s, const struct number *n, struct number *drawn)
{
    struct ink ink = theme[ROLE_EMERGENCY];
    struct rect plus = layout[BOX_EMERGENCY_PLUS], box = layout[BOX_EMERGENCY_NUMBER];
    int32_t advance = fonts[FONT_EMERGENCY].glyphs['0' - 32].advance;
    int32_t x = box.x + (box.width - (int32_t)n->length * advance) / 2;

    (void)draw_glyph(&s->panel, FONT_ICON, plus.x, plus.y + plus.height, 'p', ink);
    paint_word(s, WORD_EMERGENCY, "", 0, ink);
    if (n->length * (uint32_t)advance > (uint32_t)box.width) {
        (void)paint_number(s, n, 0, box.y, ink, drawn); /* too long for the large type */
        return;
    }
    for (uint32_t i = 0; i < n->length; i++) {
        unsigned symbol = number_symbol_at(n, i);

        x += draw_glyph(&s->panel, FONT_EMERGENCY, x, box.y + box.height - 16,
                        (uint8_t)symbol_character(symbol), ink);
        if (drawn != NULL)
            (void)number_append(drawn, symbol);
    }
}

static void paint_emergency_state(struct server *s)
{
    struct ink ink = theme[ROLE_EMERGENCY];
    struct text clock;

    text_clear(&clock);
    text_add_clock(&clock, call_seconds(s));
    draw_fill(&s->panel, layout[BOX_EMERGENCY_STATE], ink.paper);
    paint_word(s, s->call.state == DIAL_STATE_ACTIVE ? WORD_EMERGENCY_TALKING :
                  s->call.state == DIAL_STATE_ALERTING ? WORD_EMERGENCY_RINGING :
                                                         WORD_EMERGENCY_CALLING,
               clock.bytes, 0, ink);
}

/* --- ringing: dark, other places, so that no hand confuses it with a prompt ------------------------- */

static void paint_ringing(struct server *s)
{
    struct ink ink = theme[ROLE_INCOMING];
    struct rect decline = layout[BOX_DECLINE];

    paint_word(s, WORD_INCOMING, "", 0, ink);
    if (s->call.number.length != 0)
        (void)paint_number(s, &s->call.number, s->call.gaps, layout[BOX_INCOMING_NUMBER].y, ink, NULL);
    else
        paint_word(s, WORD_NO_NUMBER, "", 0, ink);
    draw_round(&s->panel, decline, (struct ink){ COLOUR_PAGE, ink.paper });
    paint_word(s, WORD_DECLINE, "", 0, theme[ROLE_REFUSE]);
    paint_confirm(s);
}

void paint_call(struct server *s)
{
    if (s->call.state == DIAL_STATE_INCOMING) {
        paint_ringing(s);
    } else if (s->confirm_box == BOX_HANG_UP) {
        paint_emergency(s, &s->call.number, NULL);
        paint_emergency_state(s);
        paint_confirm(s);
    } else {
        paint_ordinary(s);
    }
}

void paint_call_clock(struct server *s)
{
    if (s->view != VIEW_CALL || s->call.state == DIAL_STATE_INCOMING)
        return;
    if (s->confirm_box == BOX_HANG_UP) {
        paint_emergency_state(s);
    } else {
        paint_title(s);
        paint_so_far(s);
    }
}
