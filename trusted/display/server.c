/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The messages of display.h, and what time alone brings. Each message is checked completely before
 * it changes anything.
 */
#include <stddef.h>

#include "server.h"

/* ---- prompt ---------------------------------------------------------------------------------- */

/* False: there is no such country. */
static bool take_subject(uint32_t origin, const struct shown_number *about, struct subject *out)
{
    *out = (struct subject){ origin, about->tariff, about->groups, about->country, about->number };
    return about->country < COUNTRIES;
}

/* Over the home screen and the keypad no request of legacy's comes: a flood of them must not keep
 * anybody from dialling 112. Nor does it over a call that the user has just touched: there must be
 * time to hang up. */
static bool is_user_busy(const struct server *s)
{
    bool is_in_call = s->call.is_wanted && call_is_up(s);

    return is_in_call ? s->now_us < s->user_busy_until_us
                      : s->base == VIEW_HOME || s->base == VIEW_KEYPAD;
}

/* Legacy's own 112 comes over all but the keypad. Beside a call and at home it waits, after one
 * that came to nothing, as long as it takes to hang up, or to open the keypad. */
static bool is_busy_for_emergency(const struct server *s)
{
    bool has_page = (s->call.is_wanted && call_is_up(s)) || s->base == VIEW_HOME;

    return (s->base == VIEW_KEYPAD && !(s->call.is_wanted && call_is_up(s))) ||
           (has_page && s->prompt.emergency_left_us != 0 &&
            s->now_us - s->prompt.emergency_left_us < USER_BUSY_US);
}

/* Nothing of legacy's covers a call to the rescuers, and nothing but such a call of its own covers
 * one that rings. */
static bool is_busy(const struct server *s, uint32_t kind, uint32_t origin)
{
    if (s->prompt.is_waiting || s->outbox.is_decision_due || emergency_is_up(s)) {
        return true;
    }
    if (kind == PROMPT_EMERGENCY) {
        return origin == ORIGIN_LEGACY && is_busy_for_emergency(s);
    }
    return s->call.state == DIAL_STATE_INCOMING || s->call.is_second_ringing ||
           (origin == ORIGIN_LEGACY && is_user_busy(s));
}

/* The prompt may lie under a finger that was playing: its last touch in legacy's view was near the
 * button, or one touch followed another. */
static bool may_be_unawares(const struct server *s)
{
    struct rect near = layout[BOX_CONFIRM];

    near = (struct rect){ (int16_t)(near.x - NEAR), (int16_t)(near.y - NEAR),
                          (int16_t)(near.width + 2 * NEAR), (int16_t)(near.height + 2 * NEAR) };
    return s->legacy_touched_us[RAIN_TOUCHES - 1] != 0 &&
           (rect_contains(near, s->legacy_x, s->legacy_y) ||
            (s->legacy_touched_us[0] != 0 && s->now_us - s->legacy_touched_us[0] < RAIN_US));
}

/* What is not plain is held, whatever the request says. */
static enum yes choose_prompt_yes(const struct server *s, bool wants_hold)
{
    if (s->prompt.kind == PROMPT_EMERGENCY) {
        return YES_EMERGENCY;
    }
    if (s->prompt.kind == PROMPT_MMI) {
        return s->prompt.target.length != 0 ? YES_DIVERT : YES_SEND;
    }
    return wants_hold || !tariff_is_plain(s->prompt.about.tariff.category) ||
                   (s->prompt.about.origin == ORIGIN_LEGACY && may_be_unawares(s))
               ? YES_CALL_HOLD
               : YES_CALL;
}

static enum display_answer handle_prompt(struct server *s, const abi_word *w, uint32_t sent)
{
    struct prompt_request request;
    struct subject about;

    if (!prompt_request_take(&request, w, sent) ||
        !take_subject(request.origin, &request.about, &about)) {
        return DISPLAY_INVALID;
    }
    if (is_busy(s, request.kind, about.origin)) {
        return DISPLAY_BUSY;
    }
    s->prompt.about = about;
    s->prompt.epoch = wide_join(request.epoch);
    s->prompt.kind = request.kind;
    s->prompt.notes = request.notes;
    s->prompt.meaning = text_code_meaning(&about.number, &s->prompt.target);
    s->prompt.who = s->prompt.kind == PROMPT_MMI
                        ? (s->prompt.target.length != 0 ? WORD_WHO_DIVERT : WORD_WHO_CODE)
                    : about.origin == ORIGIN_LEGACY ? WORD_WHO_CALL
                                                    : WORD_WHO_USER;
    s->prompt.drawn = (struct number){ 0 };
    s->prompt.yes = choose_prompt_yes(s, request.needs_hold != 0);
    s->prompt.is_waiting = true;
    s->prompt.is_shown_told = false;
    view_enter(s, VIEW_PROMPT);
    return DISPLAY_OK;
}

static enum display_answer handle_cancel(struct server *s, const abi_word *w, uint32_t sent)
{
    struct prompt_cancel cancel;

    if (!message_take(&cancel, MESSAGE_LENGTH(cancel), w, sent)) {
        return DISPLAY_INVALID;
    }
    if (s->prompt.is_waiting && s->prompt.epoch == wide_join(cancel.epoch)) {
        view_confirm(s, CONFIRM_WITHDRAW);
    }
    return DISPLAY_OK;
}

struct prompt_decision server_decision(const struct server *s)
{
    return (struct prompt_decision){ DISPLAY_OK, s->outbox.decision, wide_split(s->prompt.epoch),
                                     s->prompt.drawn };
}

/* ---- call ------------------------------------------------------------------------------------ */

static bool is_waiting_for_call(const struct server *s)
{
    return s->view == VIEW_PROMPT && !confirm_is_open(s->confirm.state);
}

/* No prompt while it rings or while the rescuers are called, but legacy's own 112 while it rings.
 */
static void withdraw_prompt(struct server *s)
{
    if (s->prompt.is_waiting &&
        (emergency_is_up(s) || (ringing_is_up(s) && s->prompt.kind != PROMPT_EMERGENCY))) {
        view_confirm(s, CONFIRM_WITHDRAW);
    }
}

static void show_call_page(struct server *s)
{
    withdraw_prompt(s);
    s->call.is_wanted = true;
    if (!s->prompt.is_waiting) {
        view_enter(s, VIEW_CALL);
    }
}

static void end_call_page(struct server *s, bool was_up)
{
    s->call.is_wanted = false;
    if (s->view == VIEW_CALL || is_waiting_for_call(s)) {
        view_leave(s);
        s->call.left_us = s->now_us;
    } else if (was_up && s->view == VIEW_PROMPT && s->prompt.kind != PROMPT_EMERGENCY) {
        view_enter(
            s, VIEW_PROMPT); /* it said that it would end this call: it is another question now */
    }
}

/* With the prefix that hides or shows our number, or as it is. */
static bool is_what_was_typed(const struct number *typed, const struct number *called)
{
    uint32_t prefix = number_prefix(typed);

    for (uint32_t i = 0; i < called->length; i++) {
        if (prefix + i >= typed->length ||
            number_symbol_at(typed, prefix + i) != number_symbol_at(called, i)) {
            return false;
        }
    }
    return typed->length == prefix + called->length;
}

static void clear_keypad(struct server *s)
{
    if (s->keypad.is_dial_sent && call_is_up(s) && s->call.about.origin != ORIGIN_NETWORK &&
        is_what_was_typed(&s->keypad.about.number, &s->call.about.number)) {
        act_clear_keypad(s);
    }
}

/* For Linux a call that rings comes back, but not over a number that is being typed: it may be 112.
 */
static bool may_come_back(const struct server *s)
{
    return !ringing_is_up(s) || emergency_is_up(s) || s->view != VIEW_KEYPAD ||
           s->now_us >= s->user_busy_until_us;
}

/* Another call than before has a page of its own. */
static bool is_new_call(const struct server *s, const struct subject *before, uint32_t state_before)
{
    return state_before < DIAL_STATE_DIALLING || s->call.about.origin != before->origin ||
           (s->call.about.origin != ORIGIN_NETWORK &&
            !number_is_equal(&s->call.about.number, &before->number)) ||
           (s->call.state == DIAL_STATE_DIALLING && state_before != DIAL_STATE_DIALLING);
}

static enum display_answer handle_call(struct server *s, const abi_word *w, uint32_t sent)
{
    const uint32_t state_before = s->call.state;
    const struct subject before = s->call.about;
    const bool was_second = s->call.is_second_ringing;
    struct call_view view;
    struct subject about;

    if (!call_view_take(&view, w, sent) || !take_subject(view.origin, &view.about, &about)) {
        return DISPLAY_INVALID;
    }
    s->call.about = about;
    s->call.state = view.state == DIAL_STATE_PROMPT ? (uint32_t)DIAL_STATE_NONE : view.state;
    s->call.started_us = wide_join(view.started_us);
    s->call.flags = view.flags;
    s->call.tries = view.tries;
    s->call.is_second_ringing = view.is_waiting != 0 && call_is_up(s);
    s->call.second = (struct subject){ .origin = ORIGIN_NETWORK, .number = view.waiting };
    s->damage |= DAMAGE_CLOCK;
    clear_keypad(s);
    if (!call_is_up(s)) {
        end_call_page(s, state_before >= DIAL_STATE_DIALLING);
    } else if (is_new_call(s, &before, state_before) || is_waiting_for_call(s) ||
               (s->call.is_second_ringing && !was_second) ||
               ((view.flags & CALL_FLAG_TO_FRONT) != 0 && may_come_back(s))) {
        show_call_page(s);
    } else if (s->view == VIEW_CALL) {
        view_refresh_call(s);
    }
    return DISPLAY_OK;
}

/* ---- the rest -------------------------------------------------------------------------------- */

static enum display_answer handle_log(struct server *s, const abi_word *w, uint32_t sent)
{
    struct log_view view;

    if (!message_take(&view, MESSAGE_LENGTH(view), w, sent)) {
        return DISPLAY_INVALID;
    }
    s->home.log_count = view.count;
    for (uint32_t i = 0; i < LOG_HEAD_WORDS; i++) {
        s->home.log_head[i] = view.head[i];
    }
    s->damage |= DAMAGE_HOME;
    return DISPLAY_OK;
}

/* Refusals have shown themselves; nothing may cover what the user is doing, a call that is up or an
 * open question. */
static bool is_outcome_shown(const struct server *s, uint32_t outcome)
{
    bool is_idle = s->view == VIEW_CALL || s->view == VIEW_LEGACY || is_waiting_for_call(s) ||
                   s->keypad.is_dial_sent ||
                   (s->call.left_us != 0 && s->now_us - s->call.left_us < ENDED_US);

    return outcome >= DIAL_OUTCOME_FAILED && is_idle && !(s->view == VIEW_CALL && call_is_up(s)) &&
           !s->prompt.is_waiting;
}

static enum display_answer handle_outcome(struct server *s, const abi_word *w, uint32_t sent)
{
    struct outcome_view view;

    struct subject about;

    if (!outcome_view_take(&view, w, sent) || !take_subject(view.origin, &view.about, &about)) {
        return DISPLAY_INVALID;
    }
    for (uint32_t i = HISTORY_ENTRIES - 1; i > 0; i--) {
        s->home.history[i] = s->home.history[i - 1];
    }
    s->home.history[0] = (struct history_entry){ about.number, view.origin, view.outcome };
    s->home.history_count += s->home.history_count < HISTORY_ENTRIES;
    s->damage |= DAMAGE_HOME;
    if (!is_outcome_shown(s, view.outcome)) {
        return DISPLAY_OK;
    }
    s->result.about = about;
    s->result.seconds = view.seconds;
    s->result.reason = view.reason;
    s->keypad.is_dial_sent = false;
    view_show_result(s, WORD_CALL_FAILED + (view.outcome - DIAL_OUTCOME_FAILED));
    return DISPLAY_OK;
}

struct event_notice server_take_event(struct server *s)
{
    struct event oldest =
        s->outbox.count != 0 ? s->outbox.events[0] : (struct event){ .kind = EVENT_NONE };

    s->outbox.count -= s->outbox.count != 0;
    for (uint32_t i = 0; i < s->outbox.count; i++) {
        s->outbox.events[i] = s->outbox.events[i + 1];
    }
    return (struct event_notice){ DISPLAY_OK, oldest.kind, oldest.value, oldest.number };
}

static enum display_answer handle_price(struct server *s, const abi_word *w, uint32_t sent)
{
    struct price_view view;
    struct subject priced;

    if (!price_view_take(&view, w, sent) || !take_subject(ORIGIN_USER, &view.about, &priced)) {
        return DISPLAY_INVALID;
    }
    if (view.serial != s->keypad.serial || s->keypad.about.number.length == 0) {
        return DISPLAY_OK;
    }
    priced.number = s->keypad.about.number;
    s->keypad.about = priced;
    s->keypad.notes = view.notes;
    s->keypad.has_price = view.reason == REASON_NONE;
    view_hint(s, view.reason != REASON_NONE ? WORD_REASON + view.reason : WORD_NONE);
    view_rearm_keypad(s);
    return DISPLAY_OK;
}

/* What was typed stays; the next press asks for its price anew. */
static enum display_answer handle_refusal(struct server *s, const abi_word *w, uint32_t sent)
{
    struct refusal_view view;

    if (!refusal_view_take(&view, w, sent) || view.reason == REASON_NONE) {
        return DISPLAY_INVALID;
    }
    if (view.serial == 0 || view.serial == s->keypad.serial) {
        view_hint(s, WORD_REASON + view.reason);
    }
    if (view.serial == s->keypad.serial) {
        s->keypad.has_price = s->keypad.is_dial_sent = false;
        view_rearm_keypad(s);
    }
    return DISPLAY_OK;
}

/* Of pixels here and there, weighted by their places: 0 is a picture that has been cleared. */
static uint32_t sum_of_picture(const struct server *s)
{
    uint32_t sum = 0, pixels = (uint32_t)(layout[BOX_BELOW].width * layout[BOX_BELOW].height);

    for (uint32_t i = 0; i < pixels; i += 61) {
        sum = sum * 31 + s->legacy_pixels[i];
    }
    return sum;
}

/* The VMM clears the picture before its guest runs: until then it is another one's. */
static void look_for_new_picture(struct server *s)
{
    uint32_t sum = sum_of_picture(s);

    if (sum != 0 && sum == s->home.legacy_past) {
        return;
    }
    s->home.is_legacy_off = false;
    if (s->view == VIEW_STOPPED) {
        view_enter(s, VIEW_LEGACY);
    }
}

static enum display_answer handle_legacy_state(struct server *s, const abi_word *w, uint32_t sent)
{
    struct legacy_view view;

    if (!message_take(&view, MESSAGE_LENGTH(view), w, sent) || view.state >= LEGACY_STATES) {
        return DISPLAY_INVALID;
    }
    s->home.legacy_state = (enum legacy_state)view.state;
    if (s->home.legacy_state != LEGACY_RUNNING && s->prompt.is_waiting &&
        s->prompt.about.origin == ORIGIN_LEGACY) {
        view_confirm(s, CONFIRM_WITHDRAW);
    }
    if (s->home.legacy_state != LEGACY_RUNNING && !s->home.is_legacy_off) {
        s->home.legacy_past = sum_of_picture(s);
    }
    s->home.is_legacy_off = s->home.is_legacy_off || s->home.legacy_state != LEGACY_RUNNING;
    s->damage |= DAMAGE_HOME;
    if (s->view == VIEW_STOPPED || (s->view == VIEW_LEGACY && s->home.is_legacy_off)) {
        view_enter(s, VIEW_LEGACY);
    }
    return DISPLAY_OK;
}

static enum display_answer handle_input(struct server *s, const abi_word *w, uint32_t sent)
{
    struct input_report report;

    return message_take(&report, MESSAGE_LENGTH(report), w, sent) ? act_input(s, &report)
                                                                  : DISPLAY_INVALID;
}

/* One table says who may send each message; how long it has to be is checked where it is taken. */
static const uint8_t sender[DISPLAY_OPERATIONS] = {
    [DISPLAY_PROMPT] = DISPLAY_BADGE_DIALLER,    [DISPLAY_CANCEL_PROMPT] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_CALL] = DISPLAY_BADGE_DIALLER,      [DISPLAY_LOG] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_OUTCOME] = DISPLAY_BADGE_DIALLER,   [DISPLAY_TAKE_EVENT] = DISPLAY_BADGE_DIALLER,
    [DISPLAY_PRICE] = DISPLAY_BADGE_DIALLER,     [DISPLAY_INPUT] = DISPLAY_BADGE_INPUT,
    [DISPLAY_LEGACY_STATE] = DISPLAY_BADGE_ROOT, [DISPLAY_REFUSAL] = DISPLAY_BADGE_DIALLER,
};

enum display_answer server_handle(struct server *s, struct server_message m)
{
    const abi_word *w = m.words;
    const uint32_t operation = message_head(w, m.count);

    if (operation == 0 || operation >= DISPLAY_OPERATIONS) {
        return DISPLAY_INVALID;
    }
    if (m.badge != sender[operation]) {
        return DISPLAY_NOT_ALLOWED;
    }
    switch ((enum display_operation)operation) {
    case DISPLAY_PROMPT:
        return handle_prompt(s, w, m.count);
    case DISPLAY_CANCEL_PROMPT:
        return handle_cancel(s, w, m.count);
    case DISPLAY_CALL:
        return handle_call(s, w, m.count);
    case DISPLAY_LOG:
        return handle_log(s, w, m.count);
    case DISPLAY_OUTCOME:
        return handle_outcome(s, w, m.count);
    case DISPLAY_TAKE_EVENT:
        return DISPLAY_OK; /* server_take_event */
    case DISPLAY_PRICE:
        return handle_price(s, w, m.count);
    case DISPLAY_INPUT:
        return handle_input(s, w, m.count);
    case DISPLAY_REFUSAL:
        return handle_refusal(s, w, m.count);
    case DISPLAY_LEGACY_STATE:
        return handle_legacy_state(s, w, m.count);
    }
    return DISPLAY_INVALID;
}

/* ---- time ------------------------------------------------------------------------------------ */

static enum confirm_fingers fingers_of(const struct server *s)
{
    return route_all_up_us(&s->route) <= s->now_us ? CONFIRM_ALL_UP : CONFIRM_SOME_DOWN;
}

static uint32_t seconds_now(const struct server *s)
{
    return call_seconds(s) << 6 | countdown_seconds(s);
}

static bool is_picture_awaited(const struct server *s)
{
    return s->home.is_legacy_off && s->home.legacy_state == LEGACY_RUNNING;
}

static bool is_moving(const struct server *s)
{
    return s->view == VIEW_LEGACY || is_picture_awaited(s) ||
           (s->view == VIEW_PROMPT && confirm_is_open(s->confirm.state)) ||
           s->confirm.state == CONFIRM_HOLDING || s->call.state == DIAL_STATE_ACTIVE;
}

static void beat(struct server *s)
{
    s->beat_us = s->now_us + BEAT_US;
    s->damage |= DAMAGE_LEGACY;
    s->damage |= s->confirm.state == CONFIRM_HOLDING ? DAMAGE_YES : 0u;
    s->damage |= seconds_now(s) != s->seconds_shown ? DAMAGE_CLOCK : 0u;
    s->seconds_shown = seconds_now(s);
    if (is_picture_awaited(s)) {
        look_for_new_picture(s);
    }
}

void server_tick(struct server *s, uint64_t now_us)
{
    s->now_us = now_us;
    confirm_tick(&s->no, CONFIRM_ALL_UP, now_us);
    confirm_tick(&s->confirm, fingers_of(s), now_us);
    view_settle(s);
    act_tick(s);
    if (now_us >= s->view_until_us) {
        view_leave(s);
    }
    if (is_moving(s) && now_us >= s->beat_us) {
        beat(s);
    }
}

void server_painted(struct server *s, uint64_t now_us)
{
    confirm_painted(&s->confirm, now_us);
    confirm_painted(&s->no, now_us);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t server_wake_us(const struct server *s)
{
    uint64_t wake_us = confirm_wake_us(&s->confirm, fingers_of(s));

    wake_us = earlier(wake_us, confirm_wake_us(&s->no, CONFIRM_ALL_UP));
    wake_us = earlier(wake_us, s->view_until_us);
    wake_us = earlier(wake_us, act_wake_us(s));
    if (s->confirm.state == CONFIRM_SETTLING && fingers_of(s) == CONFIRM_SOME_DOWN) {
        wake_us = earlier(wake_us, route_all_up_us(&s->route)); /* UINT64_MAX is CONFIRM_NEVER */
    }
    return is_moving(s) ? earlier(wake_us, s->beat_us) : wake_us;
}

/* A long label is never shown at the cost of the words that say "not trusted". */
void server_start(struct server *s, uint64_t now_us)
{
    uint32_t end = LABEL_BYTES;

    while (--end > 0 && text_width(FONT_STRONG, s->legacy_label) > layout[BOX_BAR_NAME].width) {
        s->legacy_label[end - 1] = '\0';
    }
    s->now_us = now_us;
    view_enter(s, VIEW_CARDS);
}
