/* SPDX-License-Identifier: BSD-2-Clause */
/* The yes button: an outline until it is armed, then solid, filling from the left while held. */
#include "mmi.h"
#include "paint.h"

enum { LINE_HEIGHT = 48 }; /* of a button with two lines */

struct look {
    enum theme_role outline, solid, held, page;
    uint32_t rim;
};

struct face { /* what is written on it */
    enum word word;
    const struct tariff *price;   /* on a second line, or NULL */
    const struct number *number;  /* for the word's '%' */
};

static const struct look looks[] = {
    { ROLE_CONFIRM_OUTLINE, ROLE_CONFIRM, ROLE_CONFIRM_HELD, ROLE_PAGE, COLOUR_CONFIRM },
    { ROLE_GREEN_OUTLINE, ROLE_GREEN, ROLE_GREEN_HELD, ROLE_PAGE, COLOUR_GREEN },
    { ROLE_EMERGENCY, ROLE_EMERGENCY_OUTLINE, ROLE_EMERGENCY_HELD, ROLE_EMERGENCY, COLOUR_PAGE },
    { ROLE_INCOMING, ROLE_GREEN, ROLE_GREEN_HELD, ROLE_INCOMING, COLOUR_PAGE },
    { ROLE_KEY, ROLE_KEY, ROLE_CONFIRM_HELD, ROLE_PAGE, COLOUR_KEY },
};

static const struct look *look_of(const struct server *s)
{
    switch ((uint32_t)s->confirm_box) {
    case BOX_PAD_CALL: return &looks[1];
    case BOX_HANG_UP: return &looks[2];
    case BOX_ANSWER: return &looks[3];
    case BOX_HOME_RESTART: return &looks[4];
    default: return &looks[s->prompt.kind == PROMPT_EMERGENCY ? 2 : 0];
    }
}

static struct face prompt_face(const struct prompt *p)
{
    struct mmi mmi;

    mmi_read(&p->number, &mmi);
    if (p->kind == PROMPT_MMI)
        return (struct face){ mmi.confirm, &p->tariff, &p->number };
    if (p->kind == PROMPT_EMERGENCY)
        return (struct face){ WORD_CALL_EMERGENCY, NULL, &p->number };
    return p->wants_hold ? (struct face){ WORD_HOLD_TO_CALL, &p->tariff, &p->number }
                         : (struct face){ WORD_CALL, NULL, &p->number };
}

static struct face face_of(const struct server *s)
{
    bool is_hold = s->confirm.rules.hold_us != 0;

    switch ((uint32_t)s->confirm_box) {
    case BOX_PAD_CALL:
        return (struct face){ is_hold ? WORD_HOLD_SHORT : WORD_CALL, is_hold ? &s->keypad.tariff : NULL,
                              &s->keypad.number };
    case BOX_HANG_UP: return (struct face){ WORD_HOLD_TO_HANG_UP, NULL, &s->call.number };
    case BOX_ANSWER: return (struct face){ WORD_ANSWER, NULL, &s->call.number };
    case BOX_HOME_RESTART: return (struct face){ WORD_RESTART, NULL, &s->call.number };
    default: return prompt_face(&s->prompt);
    }
}

static void draw_face(struct server *s, enum theme_role role)
{
    struct face face = face_of(s);
    struct rect line = layout[s->confirm_box];
    struct text number = { 0 }, text = { 0 }, price;

    text_add_number(&number, face.number);
    text_add_word(&text, face.word, number.bytes);
    if (face.price != NULL) {
        price = text_price(face.price);
        line.height = LINE_HEIGHT;
        line = rect_below(line, LINE_HEIGHT - 4);
        draw_text(&s->panel, text_width(FONT_STRONG, price.bytes) <= line.width ? FONT_STRONG : FONT_TEXT,
                  line, ALIGN_CENTRE, price.bytes, theme[role]);
        line = rect_below(line, 8 - LINE_HEIGHT);
    }
    draw_text(&s->panel, captions[face.word].font, line, ALIGN_CENTRE, text.bytes, theme[role]);
}

/* The columns from `left` to `right` of the button, in one ink. */
static void paint_strip(struct server *s, int32_t left, int32_t right, enum theme_role role)
{
    struct rect box = layout[s->confirm_box];

    s->panel.clip = (struct rect){ (int16_t)(box.x + left), box.y, (int16_t)(right - left), box.height };
    draw_round(&s->panel, box, (struct ink){ theme[role].paper, theme[look_of(s)->page].paper });
    draw_face(s, role);
    s->panel.clip = s->panel.bounds;
}

static int32_t filled_pixels(const struct server *s)
{
    uint32_t held_ms = confirm_held_for_us(&s->confirm, s->now_us) / 1000;
    uint32_t hold_ms = s->confirm.rules.hold_us / 1000, width = (uint32_t)layout[s->confirm_box].width;

    if (hold_ms == 0) /* a press fills it at once */
        return s->confirm.state == CONFIRM_ARMED ? 0 : (int32_t)width;
    return (int32_t)(held_ms >= hold_ms ? width : width * held_ms / hold_ms);
}

void paint_confirm(struct server *s)
{
    const struct look *look = look_of(s);
    int32_t filled = filled_pixels(s);

    if (s->confirm_box == BOX_NONE)
        return;
    if (!confirm_is_solid(&s->confirm)) {
        draw_rimmed(&s->panel, layout[s->confirm_box], look->rim,
                    (struct ink){ theme[look->outline].paper, theme[look->page].paper });
        draw_face(s, look->outline);
        s->filled = -1;
        return;
    }
    if (s->filled < 0 || filled < s->filled) {
        paint_strip(s, filled, layout[s->confirm_box].width, look->solid);
        s->filled = 0;
    }
    paint_strip(s, s->filled, filled, look->held); /* only what has grown */
    s->filled = (int16_t)filled;
}
