/* SPDX-License-Identifier: BSD-2-Clause */
/* The yes button: an outline until it is armed, then solid, filling from the left while held. */
#include "mmi.h"
#include "paint.h"

struct look {
    enum theme_role outline, solid, held, page;
    uint32_t rim;
};

static const struct look look_blue = { ROLE_CONFIRM_OUTLINE, ROLE_CONFIRM, ROLE_CONFIRM_HELD,
                                       ROLE_PAGE, COLOUR_CONFIRM };
static const struct look look_green = { ROLE_GREEN_OUTLINE, ROLE_GREEN, ROLE_GREEN_HELD, ROLE_PAGE,
                                        COLOUR_GREEN };
static const struct look look_on_red = { ROLE_EMERGENCY, ROLE_EMERGENCY_OUTLINE,
                                         ROLE_EMERGENCY_HELD, ROLE_EMERGENCY, COLOUR_PAGE };
static const struct look look_on_blue = { ROLE_INCOMING, ROLE_GREEN, ROLE_GREEN_HELD, ROLE_INCOMING,
                                          COLOUR_PAGE };
static const struct look look_plain = { ROLE_KEY, ROLE_KEY, ROLE_CONFIRM_HELD, ROLE_PAGE,
                                        COLOUR_KEY };

static const struct look *look_of(const struct server *s)
{
    switch ((uint32_t)s->confirm_box) {
    case BOX_PAD_CALL:
        return &look_green;
    case BOX_ANSWER:
        return &look_on_blue;
    case BOX_HOME_RESTART:
        return &look_plain;
    case BOX_HANG_UP:
        return &look_on_red;
    default:
        return s->prompt.kind == PROMPT_EMERGENCY ? &look_on_red : &look_blue;
    }
}

static enum word prompt_word(const struct prompt *p)
{
    struct mmi mmi;

    if (p->kind == PROMPT_MMI) {
        mmi_read(&p->number, &mmi);
        return mmi.confirm;
    }
    return p->kind == PROMPT_EMERGENCY ? WORD_CALL_EMERGENCY :
           p->wants_hold ? WORD_HOLD_TO_CALL : WORD_CALL;
}

/* Two lines: what to do, and what it costs. */
static void draw_two_lines(struct server *s, enum word word, enum box upper, enum box lower,
                           const struct tariff *tariff, struct ink ink)
{
    struct text price;

    text_clear(&price);
    text_add_price(&price, tariff->category, tariff->cents, tariff->unit);
    draw_text_in(&s->panel, FONT_HEAD, layout[upper], ALIGN_CENTRE, word_text[word], ink);
    draw_text_in(&s->panel,
                 text_width(FONT_STRONG, price.bytes) <= layout[lower].width ? FONT_STRONG : FONT_TEXT,
                 layout[lower], ALIGN_CENTRE, price.bytes, ink);
}

static void draw_pad_label(struct server *s, struct ink ink)
{
    if (s->confirm.rules.hold_us != 0)
        draw_two_lines(s, WORD_HOLD_SHORT, BOX_PAD_CALL_WORD, BOX_PAD_CALL_PRICE,
                       &s->keypad.tariff, ink);
    else
        draw_text_in(&s->panel, FONT_HEAD, layout[BOX_PAD_CALL], ALIGN_CENTRE, word_text[WORD_CALL],
                     ink);
}

static void draw_prompt_label(struct server *s, struct ink ink)
{
    enum word word = prompt_word(&s->prompt);
    struct text text, number;

    if (s->prompt.wants_hold) {
        draw_two_lines(s, word, BOX_CONFIRM_WORD, BOX_CONFIRM_PRICE, &s->prompt.tariff, ink);
        return;
    }
    text_clear(&number);
    text_add_number(&number, &s->prompt.number);
    text_clear(&text);
    text_add_word(&text, word, number.bytes);
    draw_text_in(&s->panel, FONT_HEAD, layout[BOX_CONFIRM], ALIGN_CENTRE, text.bytes, ink);
}

static void draw_label(struct server *s, struct ink ink)
{
    switch ((uint32_t)s->confirm_box) {
    case BOX_PAD_CALL:
        draw_pad_label(s, ink);
        break;
    case BOX_ANSWER:
        paint_word(s, WORD_ANSWER, "", 0, ink);
        break;
    case BOX_HOME_RESTART:
        paint_word(s, WORD_RESTART, "", 0, ink);
        break;
    case BOX_HANG_UP:
        paint_word(s, WORD_HOLD_TO_HANG_UP, "", 0, ink);
        break;
    default:
        draw_prompt_label(s, ink);
        break;
    }
}

/* The columns from `left` to `right` of the button, in one ink. */
static void paint_strip(struct server *s, int32_t left, int32_t right, enum theme_role role,
                        const struct look *look)
{
    struct rect box = layout[s->confirm_box], strip = box;

    strip.x = (int16_t)(box.x + left);
    strip.width = (int16_t)(right - left);
    s->panel.clip = rect_intersect(strip, s->panel.bounds);
    draw_round(&s->panel, box, (struct ink){ theme[role].paper, theme[look->page].paper });
    draw_label(s, theme[role]);
    s->panel.clip = s->panel.bounds;
}

static int32_t filled_pixels(const struct server *s)
{
    uint32_t held_ms = confirm_held_for_us(&s->confirm, s->now_us) / 1000;
    uint32_t hold_ms = s->confirm.rules.hold_us / 1000;
    uint32_t width = (uint32_t)layout[s->confirm_box].width;

    if (hold_ms == 0) { /* a press fills it at once */
        return s->confirm.state == CONFIRM_ARMED ? 0 : (int32_t)width;
    }
    return (int32_t)(held_ms >= hold_ms ? width : width * held_ms / hold_ms);
}

void paint_confirm(struct server *s)
{
    const struct look *look = look_of(s);
    struct rect box = layout[s->confirm_box];
    int32_t filled = filled_pixels(s);

    if (!confirm_is_solid(&s->confirm)) {
        draw_rimmed(&s->panel, box, look->rim,
                    (struct ink){ theme[look->outline].paper, theme[look->page].paper });
        draw_label(s, theme[look->outline]);
        s->filled = -1;
        return;
    }
    if (s->filled < 0 || filled < s->filled) {
        paint_strip(s, 0, filled, look->held, look);
        paint_strip(s, filled, box.width, look->solid, look);
    } else {
        paint_strip(s, s->filled, filled, look->held, look); /* only what has grown */
    }
    s->filled = (int16_t)filled;
}
