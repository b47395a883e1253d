/* SPDX-License-Identifier: BSD-2-Clause */
/* The messages of display.h. Each is checked completely before it changes anything. */
#include "server.h"

#include <stddef.h>

/* --- reading words ----------------------------------------------------------------------------------- */

static struct number number_from(const uint32_t *from)
{
    struct number n = { .length = from[0] };

    for (uint32_t i = 0; i < NUMBER_PACKED; i++)
        n.packed[i] = from[1 + i];
    return n;
}

static bool is_call_number(const struct number *n)
{
    if (!number_is_valid(n) || n->length > NUMBER_DIAL_MAX)
        return false;
    for (uint32_t i = 0; i < n->length; i++) {
        unsigned symbol = number_symbol_at(n, i);

        if (symbol == SYMBOL_STAR || symbol == SYMBOL_HASH) {
            return false; /* a service code is never shown as a call */
        }
    }
    return true;
}

static bool is_tariff(uint32_t category, uint32_t cents, uint32_t unit)
{
    return category < TARIFF_CATEGORIES && unit <= PRICE_UP_TO_PER_MINUTE && cents <= CENTS_MAX;
}

/* --- prompt ---------------------------------------------------------------------------------------------- */

static bool is_prompt(struct server_message m)
{
    const uint32_t *w = m.words;
    uint32_t kind = w[PROMPT_WORD_KIND] & 0xff;
    struct number n;

    if (m.count < PROMPT_WORDS || w[PROMPT_WORD_KIND] > 0x1ff)
        return false;
    n = number_from(w + PROMPT_WORD_NUMBER);
    return (kind == PROMPT_MMI ? number_is_valid(&n) :
            (kind == PROMPT_CALL || kind == PROMPT_EMERGENCY) && is_call_number(&n)) &&
           w[PROMPT_WORD_ORIGIN] <= ORIGIN_LEGACY && w[PROMPT_WORD_COUNTRY] <= 999 &&
           is_tariff(w[PROMPT_WORD_CATEGORY], w[PROMPT_WORD_PRICE], w[PROMPT_WORD_UNIT]) &&
           w[PROMPT_WORD_NOTES] <= NOTES_ALL && w[PROMPT_WORD_GROUPS] >> NUMBER_DIAL_MAX == 0;
}

/* While the user is at it on the home screen or the keypad, no request of legacy's gets between:
 * a flood of them must not keep anybody from dialling 112. */
static bool is_user_busy(const struct server *s)
{
    return (s->view == VIEW_HOME || s->view == VIEW_KEYPAD) && s->now_us < s->user_busy_until_us;
}

static void read_prompt(struct server *s, const uint32_t *w)
{
    struct prompt *p = &s->prompt;

    *p = (struct prompt){
        .epoch = (uint64_t)w[PROMPT_WORD_EPOCH_HIGH] << 32 | w[PROMPT_WORD_EPOCH_LOW],
        .kind = w[PROMPT_WORD_KIND] & 0xff,
        .origin = w[PROMPT_WORD_ORIGIN],
        .tariff = { w[PROMPT_WORD_CATEGORY], w[PROMPT_WORD_PRICE], w[PROMPT_WORD_UNIT] },
        .notes = w[PROMPT_WORD_NOTES],
        .gaps = w[PROMPT_WORD_GROUPS],
        .country = w[PROMPT_WORD_COUNTRY],
        .number = number_from(w + PROMPT_WORD_NUMBER),
    };
    p->wants_hold = p->kind != PROMPT_EMERGENCY &&
                    (w[PROMPT_WORD_KIND] >> 8 != 0 || p->kind == PROMPT_MMI ||
                     !tariff_is_plain(p->tariff.category));
}

enum display_answer server_prompt(struct server *s, struct server_message m)
{
    if (!is_prompt(m))
        return DISPLAY_INVALID;
    if (s->is_prompt_waiting || s->is_decision_due || s->call.state == DIAL_STATE_INCOMING ||
        (m.words[PROMPT_WORD_ORIGIN] == ORIGIN_LEGACY && is_user_busy(s))) {
        return DISPLAY_BUSY;
    }
    read_prompt(s, m.words);
    s->is_prompt_waiting = true;
    view_enter(s, VIEW_PROMPT);
    return DISPLAY_OK;
}

enum display_answer server_cancel_prompt(struct server *s, struct server_message m)
{
    if (m.count < 3)
        return DISPLAY_INVALID;
    if (s->is_prompt_waiting && s->prompt.epoch == ((uint64_t)m.words[2] << 32 | m.words[1]))
        view_confirm(s, CONFIRM_WITHDRAW);
    return DISPLAY_OK;
}

void server_decision(const struct server *s, uint32_t out[DECISION_WORDS])
{
    out[DECISION_WORD_DECISION] = s->decision;
    out[DECISION_WORD_EPOCH_LOW] = (uint32_t)s->prompt.epoch;
    out[DECISION_WORD_EPOCH_HIGH] = (uint32_t)(s->prompt.epoch >> 32);
    out[DECISION_WORD_NUMBER] = s->prompt.drawn.length;
    for (uint32_t i = 0; i < NUMBER_PACKED; i++)
        out[DECISION_WORD_NUMBER + 1 + i] = s->prompt.drawn.packed[i];
}

/* --- call --------------------------------------------------------------------------------------------------- */

static bool is_call(struct server_message m)
{
    const uint32_t *w = m.words;
    struct number n;

    if (m.count < CALL_WORDS || w[CALL_WORD_STATE] > DIAL_STATE_INCOMING)
        return false;
    n = number_from(w + CALL_WORD_NUMBER);
    return w[CALL_WORD_ORIGIN] <= ORIGIN_NETWORK &&
           is_tariff(w[CALL_WORD_CATEGORY], w[CALL_WORD_PRICE], w[CALL_WORD_UNIT]) &&
           w[CALL_WORD_GROUPS] >> NUMBER_DIAL_MAX == 0 &&
           (w[CALL_WORD_STATE] == DIAL_STATE_NONE || n.length == 0 || is_call_number(&n));
}

static void read_call(struct server *s, const uint32_t *w, uint64_t started_us)
{
    s->call = (struct call){
        .state = w[CALL_WORD_STATE] == DIAL_STATE_PROMPT ? DIAL_STATE_NONE : w[CALL_WORD_STATE],
        .origin = w[CALL_WORD_ORIGIN],
        .tariff = { w[CALL_WORD_CATEGORY], w[CALL_WORD_PRICE], w[CALL_WORD_UNIT] },
        .gaps = w[CALL_WORD_GROUPS],
        .started_us = started_us,
        .number = number_from(w + CALL_WORD_NUMBER),
    };
}

/* No outgoing prompt while it rings: the one that is open is withdrawn. */
static void show_new_call(struct server *s)
{
    if (s->is_prompt_waiting && s->call.state == DIAL_STATE_INCOMING)
        view_confirm(s, CONFIRM_WITHDRAW);
    s->is_call_wanted = true;
    if (!s->is_prompt_waiting)
        view_enter(s, VIEW_CALL);
}

static bool is_waiting_for_call(const struct server *s)
{
    return s->view == VIEW_PROMPT && !confirm_is_open(&s->confirm);
}

enum display_answer server_call(struct server *s, struct server_message m, uint64_t started_us)
{
    bool was_up = call_is_up(s);

    if (!is_call(m))
        return DISPLAY_INVALID;
    read_call(s, m.words, started_us);
    s->damage |= DAMAGE_BAR;
    s->second_us = s->now_us;
    if (!call_is_up(s)) {
        s->is_call_wanted = false;
        if (s->view == VIEW_CALL || is_waiting_for_call(s)) {
            view_leave(s);
            s->call_left_us = s->now_us;
        }
    } else if (!was_up || is_waiting_for_call(s)) {
        show_new_call(s);
    } else if (s->view == VIEW_CALL) {
        view_enter(s, VIEW_CALL);
    }
    return DISPLAY_OK;
}

/* --- the rest ------------------------------------------------------------------------------------------------- */

enum display_answer server_log(struct server *s, struct server_message m)
{
    if (m.count < 2 + LOG_HEAD_WORDS)
        return DISPLAY_INVALID;
    s->log_count = m.words[1];
    for (uint32_t i = 0; i < LOG_HEAD_WORDS; i++)
        s->log_head[i] = m.words[2 + i];
    s->damage |= s->view == VIEW_HOME ? DAMAGE_LOG : 0u;
    return DISPLAY_OK;
}

static void remember(struct server *s, const uint32_t *w)
{
    for (uint32_t i = HISTORY_ENTRIES - 1; i > 0; i--)
        s->history[i] = s->history[i - 1];
    s->history[0] = (struct history_entry){ number_from(w + 4), w[1], w[2] };
    s->history_count += s->history_count < HISTORY_ENTRIES;
    s->damage |= s->view == VIEW_HOME ? DAMAGE_ALL : 0u;
}

enum display_answer server_outcome(struct server *s, struct server_message m)
{
    static const enum word results[] = {
        [DIAL_OUTCOME_FAILED] = WORD_CALL_FAILED, [DIAL_OUTCOME_BUSY] = WORD_CALL_BUSY,
        [DIAL_OUTCOME_ENDED] = WORD_CALL_ENDED,
    };
    struct number n;

    if (m.count < 4 + NUMBER_WORDS || m.words[1] > ORIGIN_NETWORK ||
        m.words[2] > DIAL_OUTCOME_ENDED) {
        return DISPLAY_INVALID;
    }
    n = number_from(m.words + 4);
    if (n.length != 0 && !number_is_valid(&n))
        return DISPLAY_INVALID;
    remember(s, m.words);
    /* Refusals have shown themselves; and nothing may cover what the user is doing. */
    if (results[m.words[2]] != WORD_NONE &&
        (s->view == VIEW_CALL || s->view == VIEW_LEGACY || is_waiting_for_call(s) ||
         (s->call_left_us != 0 && s->now_us - s->call_left_us < ENDED_US))) {
        view_show_result(s, results[m.words[2]]);
    }
    return DISPLAY_OK;
}

enum display_answer server_price(struct server *s, struct server_message m)
{
    uint32_t gaps = m.count > 5 ? m.words[5] : 0;

    if (m.count < 5 || !is_tariff(m.words[2], m.words[3], m.words[4]) ||
        gaps >> NUMBER_DIAL_MAX != 0) {
        return DISPLAY_INVALID;
    }
    if (m.words[1] == s->keypad.serial && s->keypad.number.length != 0) {
        s->keypad.tariff = (struct tariff){ m.words[2], m.words[3], m.words[4] };
        s->keypad.gaps = gaps;
        s->keypad.has_price = true;
        view_rearm_keypad(s);
    }
    return DISPLAY_OK;
}

enum display_answer server_legacy_state(struct server *s, struct server_message m)
{
    if (m.count < 2 || m.words[1] > LEGACY_STOPPED)
        return DISPLAY_INVALID;
    s->legacy_state = (enum legacy_state)m.words[1];
    if (s->legacy_state != LEGACY_RUNNING && s->is_prompt_waiting &&
        s->prompt.origin == ORIGIN_LEGACY) {
        view_confirm(s, CONFIRM_WITHDRAW);
    }
    s->damage |= s->view == VIEW_HOME ? DAMAGE_ALL : 0u;
    return DISPLAY_OK;
}

void server_start(struct server *s, const struct server_setup *setup, uint64_t now_us)
{
    *s = (struct server){ .panel = setup->panel, .legacy_pixels = setup->legacy_pixels,
                          .base = VIEW_LEGACY, .now_us = now_us };
    s->route.ring = setup->ring;
    for (uint32_t i = 0; i < LEGACY_LABEL_MAX && setup->legacy_label[i] != '\0'; i++) {
        char c = setup->legacy_label[i];

        s->legacy_label[i] = c >= ' ' && c <= '~' ? c : '?';
    }
    view_enter(s, VIEW_CARDS);
}
