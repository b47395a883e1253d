/* SPDX-License-Identifier: BSD-2-Clause */
/* The dial prompt: who, number, count, band, notes, yes, no, countdown. */
#include "mmi.h"
#include "paint.h"

enum { NOTE_BITS = 5, CODE_PER_ROW = 26, SECOND_US = 1000000 };

void paint_countdown(struct server *s)
{
    enum theme_role role = s->prompt.kind == PROMPT_EMERGENCY ? ROLE_EMERGENCY : ROLE_SECONDARY;
    uint64_t left_us = s->confirm.deadline_us > s->now_us ? s->confirm.deadline_us - s->now_us : 0;

    paint_fill(s, BOX_COUNTDOWN, 0, theme[role].paper);
    paint_word(s, WORD_COUNTDOWN, text_decimal(((uint32_t)left_us + SECOND_US - 1) / SECOND_US).bytes, 0, role);
}

/* As many as have room above the yes button; the bits are in order of weight. */
static void paint_notes(struct server *s, int32_t top)
{
    int32_t last = layout[BOX_CONFIRM].y - 12 - LAYOUT_TEXT_ROW - layout[BOX_NOTE].y;

    if (s->prompt.kind == PROMPT_PRACTICE)
        paint_word(s, WORD_NOTE_PRACTICE, "", top, ROLE_PAGE);
    for (uint32_t bit = 0; bit < NOTE_BITS && top <= last; bit++) {
        if ((s->prompt.notes >> bit & 1) != 0) {
            paint_word(s, (enum word)(WORD_NOTE + bit), "", top, ROLE_PAGE);
            top += LAYOUT_TEXT_ROW;
        }
    }
}

/* The canonical code, once, in even rows, and recorded: it is what will be sent. */
static int32_t paint_code(struct server *s, const struct number *code, int32_t top)
{
    uint32_t rows = (code->length + CODE_PER_ROW - 1) / CODE_PER_ROW;
    uint32_t per_row = rows == 0 ? 1 : (code->length + rows - 1) / rows;
    struct rect line = rect_below(layout[BOX_CODE], top);
    int32_t x = line.x;

    for (uint32_t i = 0; i < code->length; i++) {
        unsigned symbol = number_symbol_at(code, i);

        if (i != 0 && i % per_row == 0) {
            x = line.x;
            line = rect_below(line, LAYOUT_CODE_ROW);
        }
        x += draw_glyph(&s->panel, FONT_CODE, x, text_baseline(FONT_CODE, line), symbol_character(symbol),
                        theme[ROLE_PAGE]);
        (void)number_append(&s->prompt.drawn, symbol);
    }
    return top + (int32_t)rows * LAYOUT_CODE_ROW;
}

static void paint_mmi(struct server *s)
{
    int32_t top = layout[BOX_MMI_NUMBER].y;
    struct mmi mmi;

    mmi_read(&s->prompt.number, &mmi);
    paint_word(s, mmi.who, "", 0, ROLE_PAGE);
    paint_word(s, mmi.meaning, "", 0, ROLE_PAGE);
    if (mmi.target.length <= NUMBER_DIAL_MAX)
        top = paint_number(s, &mmi.target, 0, top, ROLE_PAGE, NULL);
    top = paint_code(s, &s->prompt.number, top + 4) + 12;
    paint_notes(s, paint_band(s, &s->prompt.tariff, s->prompt.country, top));
    paint_rimmed_button(s, WORD_DONT_ALLOW, ROLE_REFUSE);
}

static void paint_call_prompt(struct server *s)
{
    struct prompt *p = &s->prompt;
    int32_t top;

    paint_word(s, p->kind == PROMPT_PRACTICE ? WORD_WHO_PRACTICE :
                  p->origin == ORIGIN_LEGACY ? WORD_WHO_CALL : WORD_WHO_USER, "", 0, ROLE_PAGE);
    top = paint_number(s, &p->number, p->gaps, layout[BOX_NUMBER].y, ROLE_PAGE, &p->drawn);
    paint_digits(s, &p->number, top);
    paint_notes(s, paint_band(s, &p->tariff, p->country, top + LAYOUT_DIGITS_ROW));
    paint_rimmed_button(s, WORD_DONT_CALL, ROLE_REFUSE);
}

static void paint_emergency_prompt(struct server *s)
{
    struct text number = { 0 };

    paint_emergency(s, &s->prompt.number, &s->prompt.drawn);
    text_add_number(&number, &s->prompt.number);
    paint_word(s, WORD_WHO_EMERGENCY, number.bytes, 0, ROLE_EMERGENCY);
    paint_rimmed_button(s, WORD_DONT_CALL, ROLE_EMERGENCY);
}

void paint_prompt(struct server *s)
{
    s->prompt.drawn = (struct number){ 0 };
    switch (s->prompt.kind) {
    case PROMPT_EMERGENCY: paint_emergency_prompt(s); break;
    case PROMPT_MMI: paint_mmi(s); break;
    default: paint_call_prompt(s); break;
    }
    paint_confirm(s);
    paint_countdown(s);
}
