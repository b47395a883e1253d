/* SPDX-License-Identifier: BSD-2-Clause */
/* Dialling, in a call, emergency, ringing. Number and band lie where the prompt had them. */
#include "number_rows.h"
#include "paint.h"

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

/* The state's word, or with `active` the time, on fresh ground. */
static void paint_state(struct server *s, enum word calling, enum word ringing, enum word active,
                        enum theme_role role)
{
    enum word word = s->call.state == DIAL_STATE_ACTIVE ? active :
                     s->call.state == DIAL_STATE_ALERTING ? ringing : calling;

    paint_fill(s, captions[word].box, 0, theme[role].paper);
    paint_word(s, word, text_clock(call_seconds(s)).bytes, 0, role);
}

static int32_t band_bottom(const struct server *s)
{
    struct number_rows rows;

    number_rows_lay_out(s->call.number.length, s->call.gaps, &rows);
    return layout[BOX_NUMBER].y + (int32_t)rows.count * LAYOUT_NUMBER_ROW + LAYOUT_DIGITS_ROW +
           layout[BOX_BAND].height;
}

/* Minutes begun times the price. */
static void paint_so_far(struct server *s)
{
    const struct tariff *t = &s->call.tariff;
    struct text cost = { 0 };

    if (t->unit == PRICE_NONE || s->has_tones || s->call.state != DIAL_STATE_ACTIVE ||
        s->call.origin == ORIGIN_NETWORK)
        return;
    text_add_cents(&cost, t->cents * (t->unit == PRICE_PER_CALL ? 1 : call_seconds(s) / 60 + 1));
    paint_fill(s, BOX_SO_FAR, band_bottom(s), COLOUR_PAGE);
    paint_word(s, WORD_SO_FAR, cost.bytes, band_bottom(s), ROLE_PAGE);
}

struct rect call_tone_key(const struct server *s, uint32_t index)
{
    int32_t top = band_bottom(s) + TONES_ABOVE;
    int32_t pitch = (layout[BOX_HANG_UP].y - TONES_ABOVE - top + TONE_GAP) / TONE_ROWS;
    int32_t width = (layout[BOX_NUMBER].width + TONE_GAP) / TONE_COLUMNS;

    return (struct rect){ (int16_t)(layout[BOX_NUMBER].x + (int32_t)(index % TONE_COLUMNS) * width),
                          (int16_t)(top + (int32_t)(index / TONE_COLUMNS) * pitch),
                          (int16_t)(width - TONE_GAP), (int16_t)(pitch - TONE_GAP) };
}

static void paint_tones(struct server *s)
{
    for (uint32_t i = 0; i < TONE_COLUMNS * TONE_ROWS; i++) {
        char face[2] = { "123456789*0#"[i], '\0' };

        draw_round(&s->panel, call_tone_key(s, i), (struct ink){ COLOUR_KEY, COLOUR_PAGE });
        draw_text(&s->panel, FONT_PRICE, call_tone_key(s, i), ALIGN_CENTRE, face, theme[ROLE_KEY]);
    }
}

static void paint_ordinary(struct server *s)
{
    const struct call *c = &s->call;
    int32_t top = paint_number(s, &c->number, c->gaps, layout[BOX_NUMBER].y, ROLE_PAGE, NULL);

    paint_digits(s, &c->number, top);
    (void)paint_band(s, &c->tariff, 0, top + LAYOUT_DIGITS_ROW);
    paint_call_clock(s);
    if (s->has_tones)
        paint_tones(s);
    else
        paint_word(s, c->origin == ORIGIN_LEGACY ? WORD_ASKED_BY_LINUX :
                      c->origin == ORIGIN_USER ? WORD_ASKED_BY_USER : WORD_CALLED_BY_NETWORK, "",
                   band_bottom(s), ROLE_SECONDARY);
    if (c->state == DIAL_STATE_ACTIVE)
        paint_button(s, s->has_tones ? WORD_TONES_CLOSE : WORD_TONES, ROLE_KEY);
    paint_button(s, WORD_HANG_UP, ROLE_EMERGENCY);
}

void paint_emergency(struct server *s, const struct number *n, struct number *drawn)
{
    struct rect plus = layout[BOX_EMERGENCY_PLUS], box = layout[BOX_EMERGENCY_NUMBER];
    struct text number = { 0 };

    (void)draw_glyph(&s->panel, FONT_ICON, plus.x, plus.y + plus.height, 'p', theme[ROLE_EMERGENCY]);
    paint_word(s, WORD_EMERGENCY, "", 0, ROLE_EMERGENCY);
    text_add_number(&number, n);
    if (text_width(FONT_EMERGENCY, number.bytes) > box.width) { /* too long for the large type */
        (void)paint_number(s, n, 0, box.y, ROLE_EMERGENCY, drawn);
        return;
    }
    draw_text(&s->panel, FONT_EMERGENCY, box, ALIGN_CENTRE, number.bytes, theme[ROLE_EMERGENCY]);
    for (uint32_t i = 0; drawn != NULL && i < n->length; i++)
        (void)number_append(drawn, number_symbol_at(n, i));
}

/* Dark, in other places: no hand takes it for a prompt. */
static void paint_ringing(struct server *s)
{
    paint_word(s, WORD_INCOMING, "", 0, ROLE_INCOMING);
    if (s->call.number.length != 0)
        (void)paint_number(s, &s->call.number, s->call.gaps, layout[BOX_INCOMING_NUMBER].y, ROLE_INCOMING, NULL);
    else
        paint_word(s, WORD_NO_NUMBER, "", 0, ROLE_INCOMING);
    draw_round(&s->panel, layout[BOX_DECLINE], (struct ink){ COLOUR_PAGE, theme[ROLE_INCOMING].paper });
    paint_word(s, WORD_DECLINE, "", 0, ROLE_REFUSE);
    paint_confirm(s);
}

void paint_call(struct server *s)
{
    if (s->call.state == DIAL_STATE_INCOMING) {
        paint_ringing(s);
    } else if (emergency_is_shown(s)) {
        paint_emergency(s, &s->call.number, NULL);
        paint_call_clock(s);
        paint_confirm(s);
    } else {
        paint_ordinary(s);
    }
}

void paint_call_clock(struct server *s)
{
    if (s->view != VIEW_CALL || s->call.state == DIAL_STATE_INCOMING)
        return;
    if (emergency_is_shown(s)) {
        paint_state(s, WORD_EMERGENCY_CALLING, WORD_EMERGENCY_RINGING, WORD_EMERGENCY_TALKING, ROLE_EMERGENCY);
    } else {
        paint_state(s, WORD_CALLING, WORD_RINGING, WORD_CALL_TIME, ROLE_PAGE);
        paint_so_far(s);
    }
}
