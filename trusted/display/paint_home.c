/* SPDX-License-Identifier: BSD-2-Clause */
/* Home, the short results, the first-start cards. */
#include "paint.h"

enum { DOT = 16, DOT_GAP = 12 };

static void paint_entry(struct server *s, uint32_t index)
{
    const struct history_entry *e = &s->history[index];
    struct rect box = layout[BOX_HOME_ENTRY + index];
    struct rect upper = { box.x, box.y, box.width, 28 };
    struct rect lower = { box.x, (int16_t)(box.y + 28), box.width, 28 };
    struct text line;

    text_clear(&line);
    if (e->number.length != 0) {
        text_add_number(&line, &e->number);
        draw_text_in(&s->panel, FONT_CODE, upper, ALIGN_LEFT, line.bytes, theme[ROLE_PAGE]);
    } else {
        draw_text_in(&s->panel, FONT_TEXT, upper, ALIGN_LEFT, word_text[WORD_NO_NUMBER],
                     theme[ROLE_PAGE]);
    }
    text_clear(&line);
    text_add_word(&line, (enum word)(WORD_ORIGIN + e->origin), "");
    text_add(&line, " · ");
    text_add_word(&line, (enum word)(WORD_OUTCOME + e->outcome), "");
    draw_text_in(&s->panel, FONT_TEXT, lower, ALIGN_LEFT, line.bytes, theme[ROLE_SECONDARY]);
}

static void paint_history(struct server *s)
{
    paint_word(s, WORD_LAST_CALLS, "", 0, theme[ROLE_PAGE]);
    if (s->history_count == 0)
        paint_word(s, WORD_NO_CALLS, "", 0, theme[ROLE_SECONDARY]);
    for (uint32_t i = 0; i < s->history_count; i++)
        paint_entry(s, i);
}

/* Two rows of four groups of four hexadecimal digits. */
void paint_log(struct server *s)
{
    struct rect row = layout[BOX_HOME_HEAD];
    struct text line;

    draw_fill(&s->panel, layout[BOX_HOME_LOG], COLOUR_PAGE);
    draw_fill(&s->panel, row, COLOUR_PAGE);
    text_clear(&line);
    text_add_decimal(&line, s->log_count, 1);
    paint_word(s, WORD_LOG, line.bytes, 0, theme[ROLE_PAGE]);
    row.height /= 2;
    for (uint32_t i = 0; i < LOG_HEAD_WORDS; i += 2, row.y = (int16_t)(row.y + row.height)) {
        text_clear(&line);
        for (uint32_t half = 0; half < 4; half++) {
            text_add(&line, half == 0 ? "" : " ");
            text_add_hex(&line, s->log_head[i + half / 2] >> (half & 1 ? 0 : 16), 4);
        }
        draw_text_in(&s->panel, FONT_CODE, row, ALIGN_LEFT, line.bytes, theme[ROLE_SECONDARY]);
    }
}

static enum word linux_word(const struct server *s)
{
    switch (s->legacy_state) {
    case LEGACY_RESTARTING:
        return WORD_LINUX_RESTARTING;
    case LEGACY_STOPPED:
        return WORD_LINUX_STOPPED;
    case LEGACY_RUNNING:
    default:
        return s->is_legacy_blocked ? WORD_LINUX_BLOCKED : WORD_LINUX_RUNNING;
    }
}

void paint_home(struct server *s)
{
    paint_button(s, WORD_HOME_KEYPAD, ROLE_CONFIRM);
    paint_word(s, linux_word(s), "", 0, theme[ROLE_PAGE]);
    paint_confirm(s);
    paint_button(s, s->is_legacy_blocked ? WORD_ALLOW : WORD_BLOCK, ROLE_KEY);
    paint_history(s);
    paint_log(s);
    paint_button(s, WORD_CARDS, ROLE_KEY);
    paint_button(s, WORD_PRACTISE, ROLE_KEY);
    paint_rimmed_button(s, WORD_BACK);
}

void paint_result(struct server *s)
{
    paint_word(s, s->result, "", 0, theme[ROLE_PAGE]);
    if (s->result == WORD_NOT_CALLED || s->result == WORD_PRACTICE_OVER)
        paint_word(s, WORD_NOTHING_DIALLED, "", 0, theme[ROLE_SECONDARY]);
    if (s->has_offer) {
        paint_button(s, WORD_BLOCK_OFFER, ROLE_CONFIRM);
        paint_rimmed_button(s, WORD_CLOSE);
    }
}

static void paint_dots(struct server *s)
{
    struct rect box = layout[BOX_CARD_DOTS];

    box.x = (int16_t)(box.x + (box.width - CARDS * DOT - (CARDS - 1) * DOT_GAP) / 2);
    box.width = DOT;
    for (uint32_t i = 0; i < CARDS; i++) {
        draw_fill(&s->panel, box, i == s->card ? COLOUR_TRUSTED : COLOUR_RULE);
        box.x = (int16_t)(box.x + DOT + DOT_GAP);
    }
}

void paint_card(struct server *s)
{
    paint_word(s, (enum word)(WORD_CARD_TITLE + s->card), "", 0, theme[ROLE_PAGE]);
    paint_lines(s, (enum word)(WORD_CARD_TEXT + s->card), theme[ROLE_PAGE]);
    paint_dots(s);
    paint_button(s, s->card + 1 < CARDS ? WORD_CARD_NEXT : WORD_CARD_START, ROLE_CONFIRM);
    if (s->card + 1 < CARDS)
        paint_button(s, WORD_CARD_SKIP, ROLE_KEY);
}
