/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The messages of display.h, and what time alone brings. Each message is checked completely before
 * it changes anything.
 */
#include <stddef.h>

#include "server.h"

/* ---- prompt ---------------------------------------------------------------------------------- */

/* Over the home screen and the keypad no request of legacy's comes: a flood of them must not keep
 * anybody from dialling 112. Nor does it over a call that the user has just touched: there must be
 * time to hang up. */
static bool is_user_busy(const struct server *s)
{
    bool is_in_call = s->call.is_wanted && call_is_up(&s->call);

    return is_in_call ? s->now_us < s->user_busy_until_us
                      : s->base == VIEW_HOME || s->base == VIEW_KEYPAD;
}

/* A question of legacy's does not hide why the user's own was not done. */
static bool is_reading_why(const struct server *s)
{
    return s->view == VIEW_RESULT && s->result.word == WORD_NOT_DONE;
}

/* Legacy's own 112 comes over all but the keypad. Beside a call and at home it waits, after one
 * that came to nothing, as long as it takes to hang up, or to open the keypad. */
static bool is_busy_for_emergency(const struct server *s)
{
    bool has_page = (s->call.is_wanted && call_is_up(&s->call)) || s->base == VIEW_HOME;

    return (s->base == VIEW_KEYPAD && !(s->call.is_wanted && call_is_up(&s->call))) ||
           (has_page && s->prompt.emergency_left_us != 0 &&
            s->now_us - s->prompt.emergency_left_us < USER_BUSY_US);
}

/* Nothing of legacy's covers a call to the rescuers, and nothing but such a call of its own covers
 * one that rings. */
static bool is_busy(const struct server *s, uint32_t kind, uint32_t origin)
{
    if (s->prompt.is_waiting || s->outbox.is_decision_due || call_is_emergency(&s->call)) {
        return true;
    }
    if (kind == PROMPT_EMERGENCY) {
        return origin == ORIGIN_LEGACY && is_busy_for_emergency(s);
    }
    return call_is_ringing(&s->call) ||
           (origin == ORIGIN_LEGACY && (is_user_busy(s) || is_reading_why(s)));
}

/* The prompt's button may lie under a finger that was playing. */
static bool may_be_unawares(const struct server *s)
{
    return route_is_raining(&s->route, rect_grown(layout[BOX_CONFIRM], NEAR), s->now_us);
}

static enum display_answer handle_prompt(struct server *s, const abi_word *w, uint32_t sent)
{
    struct prompt_request request;
    struct subject about;

    if (!prompt_request_take(&request, w, sent) ||
        !subject_take(&about, request.origin, &request.about)) {
        return DISPLAY_INVALID;
    }
    if (is_busy(s, request.kind, about.origin)) {
        return DISPLAY_BUSY;
    }
    prompt_open(&s->prompt, &request, &about, may_be_unawares(s));
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
        (call_is_emergency(&s->call) ||
         (call_is_ringing(&s->call) && s->prompt.kind != PROMPT_EMERGENCY))) {
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

/* The number is where it was to go. */
static void clear_keypad(struct server *s)
{
    if (s->keypad.is_dial_sent && call_is_up(&s->call) && s->call.about.origin != ORIGIN_NETWORK &&
        keypad_has(&s->keypad, &s->call.about.number)) {
        view_keypad(s, keypad_clear(&s->keypad));
    }
}

/* For Linux a call that rings comes back, but not over a number that is being typed: it may be 112.
 */
static bool may_come_back(const struct server *s)
{
    return !call_is_ringing(&s->call) || call_is_emergency(&s->call) || s->view != VIEW_KEYPAD ||
           s->now_us >= s->user_busy_until_us;
}

static enum display_answer handle_call(struct server *s, const abi_word *w, uint32_t sent)
{
    const struct call before = s->call;
    struct call_view view;
    struct subject about;

    if (!call_view_take(&view, w, sent) || !subject_take(&about, view.origin, &view.about)) {
        return DISPLAY_INVALID;
    }
    call_take(&s->call, &view, &about);
    s->damage |= DAMAGE_CLOCK;
    clear_keypad(s);
    if (!call_is_up(&s->call)) {
        end_call_page(s, call_is_up(&before));
    } else if (call_is_another(&s->call, &before) || is_waiting_for_call(s) ||
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
    home_take_log(&s->home, &view);
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

    return outcome >= DIAL_OUTCOME_FAILED && is_idle &&
           !(s->view == VIEW_CALL && call_is_up(&s->call)) && !s->prompt.is_waiting;
}

static enum display_answer handle_outcome(struct server *s, const abi_word *w, uint32_t sent)
{
    struct outcome_view view;
    struct subject about;

    if (!outcome_view_take(&view, w, sent) || !subject_take(&about, view.origin, &view.about)) {
        return DISPLAY_INVALID;
    }
    home_add_call(&s->home, &view);
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

static enum display_answer handle_price(struct server *s, const abi_word *w, uint32_t sent)
{
    struct price_view view;

    if (!price_view_take(&view, w, sent) || view.about.country >= COUNTRIES) {
        return DISPLAY_INVALID;
    }
    if (!keypad_take_price(&s->keypad, &view)) {
        return DISPLAY_OK;
    }
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
        view_refuse(s, &view);
    }
    if (view.serial == s->keypad.serial) {
        s->keypad.has_price = s->keypad.is_dial_sent = false;
        view_rearm_keypad(s);
    }
    return DISPLAY_OK;
}

static enum display_answer handle_legacy_state(struct server *s, const abi_word *w, uint32_t sent)
{
    struct legacy_view view;

    if (!message_take(&view, MESSAGE_LENGTH(view), w, sent) || view.state >= LEGACY_STATES) {
        return DISPLAY_INVALID;
    }
    home_take_legacy(&s->home, (enum legacy_state)view.state, s->legacy_pixels);
    if (s->home.legacy_state != LEGACY_RUNNING && s->prompt.is_waiting &&
        s->prompt.about.origin == ORIGIN_LEGACY) {
        view_confirm(s, CONFIRM_WITHDRAW);
    }
    s->damage |= DAMAGE_HOME;
    if (s->view == VIEW_STOPPED || (s->view == VIEW_LEGACY && s->home.is_legacy_off)) {
        view_enter(s, VIEW_LEGACY);
    }
    return DISPLAY_OK;
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
        return DISPLAY_OK; /* outbox_take */
    case DISPLAY_PRICE:
        return handle_price(s, w, m.count);
    case DISPLAY_INPUT:
        return act_input(s, w, m.count);
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
    return call_seconds(&s->call, s->now_us) << 6 | countdown_seconds(s);
}

static bool is_moving(const struct server *s)
{
    return s->view == VIEW_LEGACY || home_awaits_picture(&s->home) ||
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
    if (home_awaits_picture(&s->home) && home_finds_picture(&s->home, s->legacy_pixels) &&
        s->view == VIEW_STOPPED) {
        view_enter(s, VIEW_LEGACY);
    }
}

void server_tick(struct server *s, uint64_t now_us)
{
    s->now_us = now_us;
    confirm_tick(&s->no, CONFIRM_ALL_UP, now_us);
    confirm_tick(&s->confirm, fingers_of(s), now_us);
    view_settle(s);
    view_keypad(s, keypad_tick(&s->keypad, now_us));
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
    wake_us = earlier(wake_us, keypad_wake_us(&s->keypad));
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
