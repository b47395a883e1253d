/* SPDX-License-Identifier: BSD-2-Clause */
/* Home, the short results, the first-start cards. */
#include "paint.h"

enum { DOT = 16, DOT_GAP = 12, CARD_LINES = 9 };

static void paint_entry(struct server *s, uint32_t index)
{
    const struct history_entry *e = &s->history[index];
    struct rect line = layout[BOX_HOME_ENTRY + index];
    struct text number = { 0 }, what = { 0 };
    enum font_id font = e->number.length != 0 ? FONT_CODE : FONT_TEXT;

    line.height /= 2;
    text_add_number(&number, &e->number);
    draw_text(&s->panel, font, line, ALIGN_LEFT,
              font == FONT_CODE ? number.bytes : word_text[WORD_NO_NUMBER], theme[ROLE_PAGE]);
    text_add_word(&what, (enum word)(WORD_ORIGIN + e->origin), "");
    text_add_word(&what, WORD_DOT, "");
    text_add_word(&what, (enum word)(WORD_OUTCOME + e->outcome), "");
    draw_text(&s->panel, FONT_TEXT, rect_below(line, line.height), ALIGN_LEFT, what.bytes,
              theme[ROLE_SECONDARY]);
}

/* Count, and two rows of four groups of four hexadecimal digits. */
void paint_log(struct server *s)
{
    struct rect line = layout[BOX_HOME_HEAD];

    paint_fill(s, BOX_HOME_LOG, 0, COLOUR_PAGE);
    paint_fill(s, BOX_HOME_HEAD, 0, COLOUR_PAGE);
    paint_word(s, WORD_LOG, text_decimal(s->log_count).bytes, 0, ROLE_PAGE);
    line.height /= 2;
    for (uint32_t row = 0; row < 2; row++, line = rect_below(line, line.height)) {
        struct text head = { 0 };

        for (uint32_t group = 0; group < 4; group++) {
            text_add(&head, group == 0 ? "" : " ");
            text_add_hex(&head, s->log_head[2 * row + group / 2] >> (group & 1 ? 0 : 16), 4);
        }
        draw_text(&s->panel, FONT_CODE, line, ALIGN_LEFT, head.bytes, theme[ROLE_SECONDARY]);
    }
}

void paint_home(struct server *s)
{
    enum word linux_is = s->legacy_state == LEGACY_RESTARTING ? WORD_LINUX_RESTARTING :
                         s->legacy_state == LEGACY_STOPPED ? WORD_LINUX_STOPPED :
                         s->is_legacy_blocked ? WORD_LINUX_BLOCKED : WORD_LINUX_RUNNING;

    paint_button(s, WORD_HOME_KEYPAD, ROLE_CONFIRM);
    paint_word(s, linux_is, "", 0, ROLE_PAGE);
    paint_confirm(s);
    paint_button(s, s->is_legacy_blocked ? WORD_ALLOW : WORD_BLOCK, ROLE_KEY);
    paint_word(s, WORD_LAST_CALLS, "", 0, ROLE_PAGE);
    paint_word(s, s->history_count == 0 ? WORD_NO_CALLS : WORD_NONE, "", 0, ROLE_SECONDARY);
    for (uint32_t i = 0; i < s->history_count; i++)
        paint_entry(s, i);
    paint_log(s);
    paint_button(s, WORD_CARDS, ROLE_KEY);
    paint_button(s, WORD_PRACTISE, ROLE_KEY);
    paint_rimmed_button(s, WORD_BACK, ROLE_REFUSE);
}

void paint_result(struct server *s)
{
    paint_word(s, s->result, "", 0, ROLE_PAGE);
    if (s->result == WORD_NOT_CALLED || s->result == WORD_PRACTICE_OVER)
        paint_word(s, WORD_NOTHING_DIALLED, "", 0, ROLE_SECONDARY);
    if (s->has_offer) {
        paint_button(s, WORD_BLOCK_OFFER, ROLE_CONFIRM);
        paint_rimmed_button(s, WORD_CLOSE, ROLE_REFUSE);
    }
}

void paint_card(struct server *s)
{
    bool is_last = s->card + 1 == CARDS;
    struct rect dot = layout[BOX_CARD_DOTS];

    paint_word(s, (enum word)(WORD_CARD_TITLE + s->card), "", 0, ROLE_PAGE);
    for (uint32_t i = 0; i < CARD_LINES; i++)
        paint_word(s, (enum word)(WORD_CARD_TEXT + s->card * CARD_LINES + i), "", (int32_t)i * LAYOUT_TEXT_ROW,
                   ROLE_PAGE);
    dot.x = (int16_t)(dot.x + (dot.width - CARDS * (DOT + DOT_GAP) + DOT_GAP) / 2);
    dot.width = DOT;
    for (uint32_t i = 0; i < CARDS; i++, dot.x = (int16_t)(dot.x + DOT + DOT_GAP))
        draw_fill(&s->panel, dot, i == s->card ? COLOUR_TRUSTED : COLOUR_RULE);
    paint_button(s, is_last ? WORD_CARD_START : WORD_CARD_NEXT, ROLE_CONFIRM);
    if (!is_last)
        paint_button(s, WORD_CARD_SKIP, ROLE_KEY);
}
