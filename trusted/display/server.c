/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The messages of display.h, and what time alone brings. Each message is checked completely before
 * it changes anything.
 */
#include <stddef.h>

#include "server.h"

/* --- prompt ---------------------------------------------------------------------------------------------- */

/* False: there is no such country. */
static bool take_subject(uint32_t origin, const struct shown_number *about, struct subject *out)
{
    *out = (struct subject){ origin, about->tariff, about->groups, about->country, about->number };
    return about->country < COUNTRIES;
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

static enum display_answer handle_prompt(struct server *s, const abi_word *w, uint32_t sent)
{
    struct prompt_request request;
    struct subject about;

    if (!prompt_request_take(&request, w, sent) || !take_subject(request.origin, &request.about, &about))
        return DISPLAY_INVALID;
    if (s->is_prompt_waiting || s->is_decision_due || s->call_state == DIAL_STATE_INCOMING ||
        (about.origin == ORIGIN_LEGACY && is_user_busy(s)))
        return DISPLAY_BUSY;
    s->prompt = about;
    s->epoch = wide_join(request.epoch);
    s->prompt_kind = request.kind;
    s->notes = request.notes;
    s->meaning = text_code_meaning(&about.number, &s->target);
    s->who = s->prompt_kind == PROMPT_MMI ? (s->target.length != 0 ? WORD_WHO_DIVERT : WORD_WHO_CODE) :
             about.origin == ORIGIN_LEGACY ? WORD_WHO_CALL : WORD_WHO_USER;
    s->drawn = (struct number){ 0 };
    s->prompt_yes = choose_prompt_yes(s, request.needs_hold != 0);
    s->is_prompt_waiting = true;
    view_enter(s, VIEW_PROMPT);
    return DISPLAY_OK;
}

static enum display_answer handle_cancel(struct server *s, const abi_word *w, uint32_t sent)
{
    struct prompt_cancel cancel;

    if (!message_take(&cancel, MESSAGE_LENGTH(cancel), w, sent))
        return DISPLAY_INVALID;
    if (s->is_prompt_waiting && s->epoch == wide_join(cancel.epoch))
        view_confirm(s, CONFIRM_WITHDRAW);
    return DISPLAY_OK;
}

struct prompt_decision server_decision(const struct server *s)
{
    return (struct prompt_decision){ DISPLAY_OK, s->decision, wide_split(s->epoch), s->drawn };
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

static enum display_answer handle_call(struct server *s, const abi_word *w, uint32_t sent)
{
    bool was_up = call_is_up(s);
    struct call_view view;
    struct subject about;

    if (!call_view_take(&view, w, sent) || !take_subject(view.origin, &view.about, &about))
        return DISPLAY_INVALID;
    s->call = about;
    s->call_state = view.state == DIAL_STATE_PROMPT ? (uint32_t)DIAL_STATE_NONE : view.state;
    s->call_started_us = wide_join(view.started_us);
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

static enum display_answer handle_log(struct server *s, const abi_word *w, uint32_t sent)
{
    struct log_view view;

    if (!message_take(&view, MESSAGE_LENGTH(view), w, sent))
        return DISPLAY_INVALID;
    s->log_count = view.count;
    for (uint32_t i = 0; i < LOG_HEAD_WORDS; i++)
        s->log_head[i] = view.head[i];
    s->damage |= DAMAGE_HOME;
    return DISPLAY_OK;
}

static enum display_answer handle_outcome(struct server *s, const abi_word *w, uint32_t sent)
{
    struct outcome_view view;

    if (!outcome_view_take(&view, w, sent) || view.outcome > DIAL_OUTCOME_ENDED)
        return DISPLAY_INVALID;
    for (uint32_t i = HISTORY_ENTRIES - 1; i > 0; i--)
        s->history[i] = s->history[i - 1];
    s->history[0] = (struct history_entry){ view.about.number, view.origin, view.outcome };
    s->history_count += s->history_count < HISTORY_ENTRIES;
    s->damage |= DAMAGE_HOME;
    /* Refusals have shown themselves; and nothing may cover what the user is doing. */
    if (view.outcome >= DIAL_OUTCOME_FAILED &&
        (s->view == VIEW_CALL || s->view == VIEW_LEGACY || is_waiting_for_call(s) ||
         (s->call_left_us != 0 && s->now_us - s->call_left_us < ENDED_US)))
        view_show_result(s, WORD_CALL_FAILED + (view.outcome - DIAL_OUTCOME_FAILED));
    return DISPLAY_OK;
}

struct event_notice server_take_event(struct server *s)
{
    struct event oldest = s->event_count != 0 ? s->events[0] : (struct event){ .kind = EVENT_NONE };

    s->event_count -= s->event_count != 0;
    for (uint32_t i = 0; i < s->event_count; i++)
        s->events[i] = s->events[i + 1];
    return (struct event_notice){ DISPLAY_OK, oldest.kind, oldest.value, oldest.number };
}

static enum display_answer handle_price(struct server *s, const abi_word *w, uint32_t sent)
{
    struct price_view view;
    struct subject priced;

    if (!price_view_take(&view, w, sent) || !take_subject(ORIGIN_USER, &view.about, &priced))
        return DISPLAY_INVALID;
    if (view.serial == s->keypad_serial && s->keypad.number.length != 0) {
        priced.number = s->keypad.number;
        s->keypad = priced;
        s->has_price = true;
        view_rearm_keypad(s);
    }
    return DISPLAY_OK;
}

static enum display_answer handle_legacy_state(struct server *s, const abi_word *w, uint32_t sent)
{
    struct legacy_view view;

    if (!message_take(&view, MESSAGE_LENGTH(view), w, sent) || view.state >= LEGACY_STATES)
        return DISPLAY_INVALID;
    s->legacy_state = (enum legacy_state)view.state;
    if (s->legacy_state != LEGACY_RUNNING && s->is_prompt_waiting && s->prompt.origin == ORIGIN_LEGACY)
        view_confirm(s, CONFIRM_WITHDRAW);
    s->is_legacy_off = s->legacy_state == LEGACY_STOPPED ||
                       (s->is_legacy_off && s->legacy_state == LEGACY_RESTARTING);
    s->damage |= DAMAGE_HOME;
    if (s->view == VIEW_STOPPED || (s->view == VIEW_LEGACY && s->is_legacy_off))
        view_enter(s, VIEW_LEGACY);
    return DISPLAY_OK;
}

static enum display_answer handle_input(struct server *s, const abi_word *w, uint32_t sent)
{
    struct input_report report;

    return message_take(&report, MESSAGE_LENGTH(report), w, sent) ? act_input(s, &report) : DISPLAY_INVALID;
}

/* One table says who may send each message; how long it has to be is checked where it is taken. */
static const uint8_t sender[DISPLAY_OPERATIONS] = {
    [DISPLAY_PROMPT] = DISPLAY_BADGE_DIALLER,     [DISPLAY_CANCEL_PROMPT] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_CALL] = DISPLAY_BADGE_DIALLER,       [DISPLAY_LOG] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_OUTCOME] = DISPLAY_BADGE_DIALLER,    [DISPLAY_TAKE_EVENT] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_PRICE] = DISPLAY_BADGE_DIALLER,      [DISPLAY_INPUT] = DISPLAY_BADGE_INPUT,
    [DISPLAY_LEGACY_STATE] = DISPLAY_BADGE_ROOT,  [DISPLAY_REFUSAL] = DISPLAY_BADGE_DIALLER,
};

enum display_answer server_handle(struct server *s, struct server_message m)
{
    const abi_word *w = m.words;

    if (m.count == 0 || w[0] == 0 || w[0] >= DISPLAY_OPERATIONS)
        return DISPLAY_INVALID;
    if (m.badge != sender[w[0]])
        return DISPLAY_NOT_ALLOWED;
    switch ((enum display_operation)w[0]) {
    case DISPLAY_PROMPT: return handle_prompt(s, w, m.count);
    case DISPLAY_CANCEL_PROMPT: return handle_cancel(s, w, m.count);
    case DISPLAY_CALL: return handle_call(s, w, m.count);
    case DISPLAY_LOG: return handle_log(s, w, m.count);
    case DISPLAY_OUTCOME: return handle_outcome(s, w, m.count);
    case DISPLAY_TAKE_EVENT: return DISPLAY_OK; /* server_take_event */
    case DISPLAY_PRICE: return handle_price(s, w, m.count);
    case DISPLAY_INPUT: return handle_input(s, w, m.count);
    case DISPLAY_LEGACY_STATE: return handle_legacy_state(s, w, m.count);
    case DISPLAY_REFUSAL: break;
    }
    return DISPLAY_INVALID;
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
