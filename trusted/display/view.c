/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which view is seen. LEGACY, HOME, KEYPAD and CARDS stay until the user leaves
 * them; CALL, PROMPT and RESULT lie over one of these and end by themselves.
 *
 * Every change of view disarms, takes fingers and keys away from whoever had
 * them, and draws everything anew.
 */
#include <stddef.h>

#include "server.h"

bool tariff_is_plain(uint32_t category)
{
    return category == TARIFF_PLAN || category == TARIFF_FREE || category == TARIFF_EMERGENCY;
}

bool call_is_up(const struct server *s)
{
    return s->call.state >= DIAL_STATE_DIALLING;
}

static bool is_emergency_call(const struct server *s)
{
    return s->call.tariff.category == TARIFF_EMERGENCY && s->call.origin != ORIGIN_NETWORK;
}

bool emergency_is_shown(const struct server *s)
{
    return (s->view == VIEW_PROMPT && s->prompt.kind == PROMPT_EMERGENCY) ||
           (s->view == VIEW_CALL && is_emergency_call(s));
}

/* --- the yes button of each view ------------------------------------------------------------------------ */

static void arm(struct server *s, enum box box, uint32_t quiet_us, uint32_t hold_us, uint32_t timeout_us)
{
    s->confirm_box = box;
    s->filled = -1;
    confirm_show(&s->confirm, (struct confirm_rules){ quiet_us, hold_us, timeout_us }, s->now_us);
}

static void disarm(struct server *s, enum box box)
{
    s->confirm_box = box;
    s->filled = -1;
    confirm_clear(&s->confirm);
}

static void arm_keypad(struct server *s)
{
    uint32_t category = s->keypad.tariff.category;

    if (s->keypad.number.length == 0 || !s->keypad.has_price)
        disarm(s, BOX_PAD_CALL);
    else
        arm(s, BOX_PAD_CALL, category == TARIFF_EMERGENCY ? 0 : CONFIRM_QUIET_US,
            tariff_is_plain(category) ? 0 : CONFIRM_HOLD_US, 0);
}

static void arm_call(struct server *s)
{
    if (s->call.state == DIAL_STATE_INCOMING)
        arm(s, BOX_ANSWER, CONFIRM_QUIET_US, 0, 0);
    else if (is_emergency_call(s))
        arm(s, BOX_HANG_UP, 0, CONFIRM_HOLD_EMERGENCY_US, 0);
    else
        disarm(s, BOX_NONE);
}

static void arm_view(struct server *s)
{
    bool is_emergency = s->prompt.kind == PROMPT_EMERGENCY;

    switch ((uint32_t)s->view) {
    case VIEW_HOME: arm(s, BOX_HOME_RESTART, CONFIRM_QUIET_US, CONFIRM_HOLD_US, 0); break;
    case VIEW_KEYPAD: arm_keypad(s); break;
    case VIEW_CALL: arm_call(s); break;
    case VIEW_PROMPT:
        arm(s, BOX_CONFIRM, is_emergency ? 0 : CONFIRM_QUIET_US, s->prompt.wants_hold ? CONFIRM_HOLD_US : 0,
            CONFIRM_TIMEOUT_US);
        break;
    default: disarm(s, BOX_NONE); break;
    }
}

void view_rearm_keypad(struct server *s)
{
    s->damage |= DAMAGE_PAD;
    if (s->view == VIEW_KEYPAD)
        arm_keypad(s);
}

/* --- from view to view ------------------------------------------------------------------------------------ */

void view_enter(struct server *s, enum view view)
{
    bool is_base = view == VIEW_LEGACY || view == VIEW_HOME || view == VIEW_KEYPAD || view == VIEW_CARDS;

    route_take_over(&s->route);
    s->view = view;
    s->base = is_base ? view : s->base;
    s->pressed = BOX_NONE;
    s->has_tones = false;
    s->view_until_us = CONFIRM_NEVER;
    s->legacy_copy_us = s->now_us + LEGACY_PERIOD_US;
    s->second_us = s->now_us;
    s->user_busy_until_us = s->now_us + USER_BUSY_US;
    s->damage = DAMAGE_ALL;
    arm_view(s);
}

void view_leave(struct server *s)
{
    view_enter(s, s->is_call_wanted && call_is_up(s) ? VIEW_CALL : s->base);
}

void view_show_call(struct server *s)
{
    view_confirm(s, CONFIRM_REFUSE);
    s->is_call_wanted = true;
    view_enter(s, VIEW_CALL);
}

void view_attention(struct server *s)
{
    view_confirm(s, CONFIRM_REFUSE);
    s->is_call_wanted = false;
    view_enter(s, VIEW_HOME);
}

void view_show_result(struct server *s, enum word result)
{
    s->result = result;
    s->has_offer = false;
    view_enter(s, VIEW_RESULT);
    s->view_until_us = s->now_us + RESULT_US;
}

/* --- answers ---------------------------------------------------------------------------------------------- */

/* When the oldest of the last three refusals is less than a minute old, the user may want peace. */
static void offer_to_block(struct server *s)
{
    for (uint32_t i = 0; i + 1 < REFUSALS_BEFORE_OFFER; i++)
        s->refused_us[i] = s->refused_us[i + 1];
    s->refused_us[REFUSALS_BEFORE_OFFER - 1] = s->now_us;
    if (s->refused_us[0] != 0 && s->now_us - s->refused_us[0] < REFUSALS_US && !s->is_legacy_blocked) {
        s->has_offer = true;
        s->view_until_us = s->now_us + OFFER_US;
    }
}

static void end_prompt(struct server *s, enum decision decision)
{
    if (s->prompt.kind == PROMPT_PRACTICE) {
        view_show_result(s, WORD_PRACTICE_OVER);
        return;
    }
    s->is_prompt_waiting = false;
    s->is_decision_due = true;
    s->decision = decision;
    if (decision == DECISION_CONFIRMED) {
        s->view_until_us = s->now_us + AFTER_CONFIRM_US; /* the picture stays till the call's */
        return;
    }
    view_show_result(s, WORD_NOT_CALLED);
    if (s->prompt.origin == ORIGIN_LEGACY && decision != DECISION_WITHDRAWN)
        offer_to_block(s);
}

static void dial_keypad(struct server *s)
{
    events_put(&s->events, EVENT_DIAL, s->keypad.serial, &s->keypad.number);
    s->keypad = (struct keypad){ .serial = s->keypad.serial + 1 };
    view_rearm_keypad(s);
}

static void carry_out(struct server *s)
{
    switch ((uint32_t)s->confirm_box) {
    case BOX_PAD_CALL: dial_keypad(s); break;
    case BOX_ANSWER: events_put(&s->events, EVENT_ANSWER, 0, NULL); break;
    case BOX_HANG_UP: events_put(&s->events, EVENT_HANG_UP, 0, NULL); break;
    case BOX_HOME_RESTART:
        events_put(&s->events, EVENT_RESTART_LEGACY, 0, NULL);
        arm_view(s);
        break;
    default: end_prompt(s, DECISION_CONFIRMED); break;
    }
}

/* Was the event just given an answer? Then it is carried out, once. */
void view_settle(struct server *s, enum confirm_state before)
{
    enum confirm_state now = s->confirm.state;

    s->damage |= now != before ? DAMAGE_CONFIRM : 0u;
    if (before < CONFIRM_SHOWN || before > CONFIRM_HOLDING || confirm_is_open(&s->confirm))
        return;
    if (now == CONFIRM_YES)
        carry_out(s);
    else if (s->view == VIEW_PROMPT)
        end_prompt(s, now == CONFIRM_NO ? DECISION_REFUSED :
                      now == CONFIRM_LATE ? DECISION_TIMED_OUT : DECISION_WITHDRAWN);
}

void view_confirm(struct server *s, enum confirm_event event)
{
    enum confirm_state before = s->confirm.state;

    confirm_step(&s->confirm, event, s->now_us);
    view_settle(s, before);
}
