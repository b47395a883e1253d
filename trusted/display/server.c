/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The messages of display.h, and what time alone brings. Each message is checked completely before
 * it changes anything; who may send it and how long it is says one table.
 */
#include <stddef.h>

#include "server.h"

/* --- checking ------------------------------------------------------------------------------------ */

/* Digits, and a plus in front: a service code is never shown as a call. */
static bool is_call_number(const struct number *n)
{
    bool has_plus = n->length != 0 && number_symbol_at(n, 0) == SYMBOL_PLUS;

    return number_is_valid(n) && n->length <= NUMBER_DIAL_MAX && digits_of(n) + has_plus == n->length;
}

/* Category, price, unit as they follow one another in every message; gaps and country apart. */
static bool take_tariff(const abi_word *w, abi_word gaps, abi_word country, struct subject *out)
{
    out->tariff = (struct tariff){ (uint32_t)w[0], (uint32_t)w[1], (uint32_t)w[2] };
    out->gaps = (uint32_t)gaps;
    out->country = (uint32_t)country;
    return w[0] < TARIFF_CATEGORIES && w[1] <= CENTS_MAX && w[2] <= PRICE_UP_TO_PER_MINUTE &&
           gaps >> NUMBER_DIAL_MAX == 0 && country < COUNTRIES;
}

/* The origin stands before these; the number behind the country. */
static bool take_subject(const abi_word *w, abi_word gaps, const abi_word *country, struct subject *out)
{
    *out = (struct subject){ .origin = (uint32_t)w[0], .number = number_take(country + 1) };
    return take_tariff(w + 1, gaps, *country, out) && w[0] <= ORIGIN_NETWORK;
}

/* --- prompt ---------------------------------------------------------------------------------------------- */

static uint64_t take_epoch(const abi_word *w)
{
    return (uint64_t)w[PROMPT_WORD_EPOCH_HIGH] << 32 | (uint32_t)w[PROMPT_WORD_EPOCH_LOW];
}

static bool take_prompt(const abi_word *w, struct subject *out)
{
    uint32_t kind = w[PROMPT_WORD_KIND] & 0xff;
    bool is_whole = take_subject(w + PROMPT_WORD_ORIGIN, w[PROMPT_WORD_GROUPS], w + PROMPT_WORD_COUNTRY, out);

    return is_whole && out->origin != ORIGIN_NETWORK && w[PROMPT_WORD_KIND] <= 0x1ff &&
           w[PROMPT_WORD_NOTES] <= NOTES_ALL &&
           (kind == PROMPT_MMI ? number_is_valid(&out->number) :
            (kind == PROMPT_CALL || kind == PROMPT_EMERGENCY) && is_call_number(&out->number));
}

/* Over the home screen and the keypad no request of legacy's comes: a flood of them must not keep anybody from
 * dialling 112. Nor does it over a call that the user has just touched: there must be time to hang up. */
static bool is_user_busy(const struct server *s)
{
    bool is_in_call = s->is_call_wanted && call_is_up(s);

    return is_in_call ? s->now_us < s->user_busy_until_us : s->base == VIEW_HOME || s->base == VIEW_KEYPAD;
}

/* What is not plain is held, whatever the request says. */
static enum yes choose_prompt_yes(const struct server *s, bool wants_hold)
{
    return s->prompt_kind == PROMPT_EMERGENCY ? YES_EMERGENCY :
           s->prompt_kind == PROMPT_MMI ? (s->target.length != 0 ? YES_DIVERT : YES_SEND) :
           wants_hold || !tariff_is_plain(s->prompt.tariff.category) ? YES_CALL_HOLD : YES_CALL;
}

static enum display_answer handle_prompt(struct server *s, const abi_word *w)
{
    struct subject about;

    if (!take_prompt(w, &about))
        return DISPLAY_INVALID;
    if (s->is_prompt_waiting || s->is_decision_due || s->call_state == DIAL_STATE_INCOMING ||
        (about.origin == ORIGIN_LEGACY && is_user_busy(s)))
        return DISPLAY_BUSY;
    s->prompt = about;
    s->epoch = take_epoch(w);
    s->prompt_kind = w[PROMPT_WORD_KIND] & 0xff;
    s->notes = (uint32_t)w[PROMPT_WORD_NOTES];
    s->meaning = text_code_meaning(&about.number, &s->target);
    s->who = s->prompt_kind == PROMPT_MMI ? (s->target.length != 0 ? WORD_WHO_DIVERT : WORD_WHO_CODE) :
             about.origin == ORIGIN_LEGACY ? WORD_WHO_CALL : WORD_WHO_USER;
    s->drawn = (struct number){ 0 };
    s->prompt_yes = choose_prompt_yes(s, w[PROMPT_WORD_KIND] >> 8 != 0);
    s->is_prompt_waiting = true;
    view_enter(s, VIEW_PROMPT);
    return DISPLAY_OK;
}

static enum display_answer handle_cancel(struct server *s, const abi_word *w)
{
    if (s->is_prompt_waiting && s->epoch == take_epoch(w))
        view_confirm(s, CONFIRM_WITHDRAW);
    return DISPLAY_OK;
}

void server_decision(const struct server *s, abi_word *reply)
{
    reply[DECISION_WORD_DECISION] = s->decision;
    reply[DECISION_WORD_EPOCH_LOW] = (uint32_t)s->epoch;
    reply[DECISION_WORD_EPOCH_HIGH] = (uint32_t)(s->epoch >> 32);
    number_put(reply + DECISION_WORD_NUMBER, &s->drawn);
}

/* --- call --------------------------------------------------------------------------------------------------- */

/* No outgoing prompt while it rings: the one that is open is withdrawn. */
static void show_new_call(struct server *s)
{
    if (s->is_prompt_waiting && s->call_state == DIAL_STATE_INCOMING)
        view_confirm(s, CONFIRM_WITHDRAW);
    s->is_call_wanted = true;
    if (!s->is_prompt_waiting)
        view_enter(s, VIEW_CALL);
}

static bool is_waiting_for_call(const struct server *s)
{
    return s->view == VIEW_PROMPT && !confirm_is_open(s->confirm.state);
}

static enum display_answer handle_call(struct server *s, const abi_word *w)
{
    bool was_up = call_is_up(s);
    struct subject about;

    if (!take_subject(w + CALL_WORD_ORIGIN, w[CALL_WORD_GROUPS], w + CALL_WORD_COUNTRY, &about) ||
        w[CALL_WORD_STATE] > DIAL_STATE_INCOMING ||
        (w[CALL_WORD_STATE] != DIAL_STATE_NONE && about.number.length != 0 && !is_call_number(&about.number)))
        return DISPLAY_INVALID;
    s->call = about;
    s->call_state = w[CALL_WORD_STATE] == DIAL_STATE_PROMPT ? DIAL_STATE_NONE : (uint32_t)w[CALL_WORD_STATE];
    s->call_started_us = (uint64_t)w[CALL_WORD_STARTED_HIGH] << 32 | (uint32_t)w[CALL_WORD_STARTED_LOW];
    s->damage |= DAMAGE_CLOCK;
    if (!call_is_up(s)) {
        s->is_call_wanted = false;
        if (s->view == VIEW_CALL || is_waiting_for_call(s)) {
            view_leave(s);
            s->call_left_us = s->now_us;
        } else if (was_up && s->view == VIEW_PROMPT && s->prompt_kind != PROMPT_EMERGENCY) {
            view_enter(s, VIEW_PROMPT); /* it said that it would end this call: it is another question now */
        }
    } else if (!was_up || is_waiting_for_call(s)) {
        show_new_call(s);
    } else if (s->view == VIEW_CALL) {
        view_refresh_call(s);
    }
    return DISPLAY_OK;
}

/* --- the rest ------------------------------------------------------------------------------------------------- */

static enum display_answer handle_log(struct server *s, const abi_word *w)
{
    s->log_count = (uint32_t)w[1];
    for (uint32_t i = 0; i < LOG_HEAD_WORDS; i++)
        s->log_head[i] = (uint32_t)w[2 + i];
    s->damage |= DAMAGE_HOME;
    return DISPLAY_OK;
}

static enum display_answer handle_outcome(struct server *s, const abi_word *w)
{
    struct number n = number_take(w + 4);

    if (w[1] > ORIGIN_NETWORK || w[2] > DIAL_OUTCOME_ENDED || (n.length != 0 && !number_is_valid(&n)))
        return DISPLAY_INVALID;
    for (uint32_t i = HISTORY_ENTRIES - 1; i > 0; i--)
        s->history[i] = s->history[i - 1];
    s->history[0] = (struct history_entry){ n, (uint32_t)w[1], (uint32_t)w[2] };
    s->history_count += s->history_count < HISTORY_ENTRIES;
    s->damage |= DAMAGE_HOME;
    /* Refusals have shown themselves; and nothing may cover what the user is doing. */
    if (w[2] >= DIAL_OUTCOME_FAILED &&
        (s->view == VIEW_CALL || s->view == VIEW_LEGACY || is_waiting_for_call(s) ||
         (s->call_left_us != 0 && s->now_us - s->call_left_us < ENDED_US)))
        view_show_result(s, WORD_CALL_FAILED + ((uint32_t)w[2] - DIAL_OUTCOME_FAILED));
    return DISPLAY_OK;
}

static enum display_answer handle_take_event(struct server *s, abi_word *reply)
{
    struct event oldest = s->event_count != 0 ? s->events[0] : (struct event){ .kind = EVENT_NONE };

    s->event_count -= s->event_count != 0;
    for (uint32_t i = 0; i < s->event_count; i++)
        s->events[i] = s->events[i + 1];
    reply[1] = oldest.kind;
    reply[2] = oldest.value;
    number_put(reply + 3, &oldest.number);
    return DISPLAY_OK;
}

static enum display_answer handle_price(struct server *s, const abi_word *w)
{
    struct subject priced = s->keypad;

    if (!take_tariff(w + 2, w[5], w[6], &priced))
        return DISPLAY_INVALID;
    if (w[1] == s->keypad_serial && s->keypad.number.length != 0) {
        s->keypad = priced;
        s->has_price = true;
        view_rearm_keypad(s);
    }
    return DISPLAY_OK;
}

static enum display_answer handle_legacy_state(struct server *s, const abi_word *w)
{
    if (w[1] > LEGACY_STOPPED)
        return DISPLAY_INVALID;
    s->legacy_state = (enum legacy_state)w[1];
    if (s->legacy_state != LEGACY_RUNNING && s->is_prompt_waiting && s->prompt.origin == ORIGIN_LEGACY)
        view_confirm(s, CONFIRM_WITHDRAW);
    s->is_legacy_off = s->legacy_state == LEGACY_STOPPED ||
                       (s->is_legacy_off && s->legacy_state == LEGACY_RESTARTING);
    s->damage |= DAMAGE_HOME;
    if (s->view == VIEW_STOPPED || (s->view == VIEW_LEGACY && s->is_legacy_off))
        view_enter(s, VIEW_LEGACY);
    return DISPLAY_OK;
}

/* Who may ask for what, and the words it takes. */
static const struct { uint8_t badge, words; } operations[] = {
    [DISPLAY_PROMPT] = { DISPLAY_BADGE_DIALLER, PROMPT_WORDS },
    [DISPLAY_CANCEL_PROMPT] = { DISPLAY_BADGE_DIALLER, 3 },
    [DISPLAY_CALL] = { DISPLAY_BADGE_DIALLER, CALL_WORDS },
    [DISPLAY_LOG] = { DISPLAY_BADGE_DIALLER, 2 + LOG_HEAD_WORDS },
    [DISPLAY_OUTCOME] = { DISPLAY_BADGE_DIALLER, 4 + NUMBER_WORDS },
    [DISPLAY_TAKE_EVENT] = { DISPLAY_BADGE_DIALLER, 1 },
    [DISPLAY_PRICE] = { DISPLAY_BADGE_DIALLER, 7 },
    [DISPLAY_INPUT] = { DISPLAY_BADGE_INPUT, 4 },
    [DISPLAY_LEGACY_STATE] = { DISPLAY_BADGE_ROOT, 2 },
};

enum display_answer server_handle(struct server *s, struct server_message m, abi_word *reply)
{
    const abi_word *w = m.words;

    if (m.count == 0 || w[0] == 0 || w[0] >= sizeof operations / sizeof operations[0])
        return DISPLAY_INVALID;
    if (m.badge != operations[w[0]].badge)
        return DISPLAY_NOT_ALLOWED;
    if (m.count < operations[w[0]].words)
        return DISPLAY_INVALID;
    switch (w[0]) {
    case DISPLAY_PROMPT: return handle_prompt(s, w);
    case DISPLAY_CANCEL_PROMPT: return handle_cancel(s, w);
    case DISPLAY_CALL: return handle_call(s, w);
    case DISPLAY_LOG: return handle_log(s, w);
    case DISPLAY_OUTCOME: return handle_outcome(s, w);
    case DISPLAY_TAKE_EVENT: return handle_take_event(s, reply);
    case DISPLAY_PRICE: return handle_price(s, w);
    case DISPLAY_INPUT: return act_input(s, w);
    default: return handle_legacy_state(s, w);
    }
}

/* --- time ----------------------------------------------------------------------------------------------------- */

static enum confirm_fingers fingers_of(const struct server *s)
{
    return route_is_all_up(&s->route) ? CONFIRM_ALL_UP : CONFIRM_SOME_DOWN;
}

static uint32_t seconds_now(const struct server *s)
{
    return call_seconds(s) << 6 | countdown_seconds(s);
}

static bool is_moving(const struct server *s)
{
    return s->view == VIEW_LEGACY || (s->view == VIEW_PROMPT && confirm_is_open(s->confirm.state)) ||
           s->confirm.state == CONFIRM_HOLDING || s->call_state == DIAL_STATE_ACTIVE;
}

static void beat(struct server *s)
{
    s->beat_us = s->now_us + BEAT_US;
    s->damage |= DAMAGE_LEGACY;
    s->damage |= s->confirm.state == CONFIRM_HOLDING ? DAMAGE_YES : 0u;
    s->damage |= seconds_now(s) != s->seconds_shown ? DAMAGE_CLOCK : 0u;
    s->seconds_shown = seconds_now(s);
}

void server_tick(struct server *s, uint64_t now_us)
{
    s->now_us = now_us;
    confirm_tick(&s->confirm, fingers_of(s), now_us);
    view_settle(s);
    if (now_us >= s->view_until_us)
        view_leave(s);
    if (is_moving(s) && now_us >= s->beat_us)
        beat(s);
}

uint64_t server_wake_us(const struct server *s)
{
    uint64_t wake_us = confirm_wake_us(&s->confirm, fingers_of(s));

    wake_us = s->view_until_us < wake_us ? s->view_until_us : wake_us;
    return is_moving(s) && s->beat_us < wake_us ? s->beat_us : wake_us;
}

/* A long label is never shown at the cost of the words that say "not trusted". */
void server_start(struct server *s, uint64_t now_us)
{
    uint32_t end = LABEL_BYTES;

    while (--end > 0 && text_width(FONT_STRONG, s->legacy_label) > layout[BOX_BAR_NAME].width)
        s->legacy_label[end - 1] = '\0';
    s->now_us = now_us;
    view_enter(s, VIEW_CARDS);
}
