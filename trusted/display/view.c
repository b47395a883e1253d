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

static const struct confirm_rules rules_press = { CONFIRM_QUIET_US, 0, CONFIRM_TIMEOUT_US };
static const struct confirm_rules rules_hold = { CONFIRM_QUIET_US, CONFIRM_HOLD_US,
                                                 CONFIRM_TIMEOUT_US };
static const struct confirm_rules rules_emergency = { 0, 0, CONFIRM_TIMEOUT_US };
static const struct confirm_rules rules_pad_press = { CONFIRM_QUIET_US, 0, 0 };
static const struct confirm_rules rules_pad_hold = { CONFIRM_QUIET_US, CONFIRM_HOLD_US, 0 };
static const struct confirm_rules rules_pad_emergency = { 0, 0, 0 };
static const struct confirm_rules rules_hang_up = { 0, CONFIRM_HOLD_EMERGENCY_US, 0 };

static bool is_base(enum view view)
{
    return view == VIEW_LEGACY || view == VIEW_HOME || view == VIEW_KEYPAD || view == VIEW_CARDS;
}

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

static void arm(struct server *s, enum box box, const struct confirm_rules *rules)
{
    s->confirm_box = box;
    s->filled = -1;
    confirm_clear(&s->confirm);
    if (rules != NULL)
        confirm_show(&s->confirm, rules, s->now_us);
}

static const struct confirm_rules *keypad_rules(const struct server *s)
{
    const struct keypad *k = &s->keypad;

    if (k->number.length == 0 || !k->has_price)
        return NULL;
    return k->tariff.category == TARIFF_EMERGENCY ? &rules_pad_emergency :
           tariff_is_plain(k->tariff.category) ? &rules_pad_press : &rules_pad_hold;
}

static void arm_call(struct server *s)
{
    if (s->call.state == DIAL_STATE_INCOMING)
        arm(s, BOX_ANSWER, &rules_pad_press);
    else if (is_emergency_call(s))
        arm(s, BOX_HANG_UP, &rules_hang_up);
    else
        arm(s, BOX_NONE, NULL);
}

static void arm_view(struct server *s)
{
    switch (s->view) {
    case VIEW_HOME:
        arm(s, BOX_HOME_RESTART, &rules_pad_hold);
        break;
    case VIEW_KEYPAD:
        arm(s, BOX_PAD_CALL, keypad_rules(s));
        break;
    case VIEW_CALL:
        arm_call(s);
        break;
    case VIEW_PROMPT:
        arm(s, BOX_CONFIRM, s->prompt.kind == PROMPT_EMERGENCY ? &rules_emergency :
                            s->prompt.wants_hold ? &rules_hold : &rules_press);
        break;
    case VIEW_LEGACY:
    case VIEW_CARDS:
    case VIEW_RESULT:
    case VIEWS:
        arm(s, BOX_NONE, NULL);
        break;
    }
}

void view_enter(struct server *s, enum view view)
{
    route_take_over(&s->route);
    s->view = view;
    s->base = is_base(view) ? view : s->base;
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

void view_open_prompt(struct server *s)
{
    view_enter(s, VIEW_PROMPT);
}

void view_rearm_keypad(struct server *s)
{
    s->damage |= DAMAGE_PAD;
    if (s->view == VIEW_KEYPAD)
        arm(s, BOX_PAD_CALL, keypad_rules(s));
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

/* --- answers ---------------------------------------------------------------------------------------- */

static void show_result(struct server *s, enum word result)
{
    s->result = result;
    view_enter(s, VIEW_RESULT);
    s->view_until_us = s->now_us + (s->has_offer ? OFFER_US : RESULT_US);
}

void view_show_result(struct server *s, enum word result)
{
    s->has_offer = false;
    show_result(s, result);
}

/* The last refusals, oldest first: when the oldest of three is less than a minute old, the user
 * may want to be left in peace. */
static void count_refusal(struct server *s)
{
    for (uint32_t i = 0; i + 1 < REFUSALS_BEFORE_OFFER; i++)
        s->refused_us[i] = s->refused_us[i + 1];
    s->refused_us[REFUSALS_BEFORE_OFFER - 1] = s->now_us;
    s->has_offer = s->refused_us[0] != 0 && s->now_us - s->refused_us[0] < REFUSALS_US &&
                   !s->is_legacy_blocked;
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
    s->has_offer = false;
    if (s->prompt.origin == ORIGIN_LEGACY && decision != DECISION_WITHDRAWN)
        count_refusal(s);
    show_result(s, WORD_NOT_CALLED);
}

static void dial_keypad(struct server *s)
{
    events_put(&s->events, EVENT_DIAL, s->keypad.serial, &s->keypad.number);
    s->keypad.number = (struct number){ 0 };
    s->keypad.has_price = false;
    s->keypad.serial++;
    view_rearm_keypad(s);
}

static void carry_out(struct server *s)
{
    switch ((uint32_t)s->confirm_box) {
    case BOX_PAD_CALL:
        dial_keypad(s);
        break;
    case BOX_ANSWER:
        events_put(&s->events, EVENT_ANSWER, 0, NULL);
        break;
    case BOX_HANG_UP:
        events_put(&s->events, EVENT_HANG_UP, 0, NULL);
        break;
    case BOX_HOME_RESTART:
        events_put(&s->events, EVENT_RESTART_LEGACY, 0, NULL);
        arm(s, BOX_HOME_RESTART, &rules_pad_hold);
        break;
    default:
        end_prompt(s, DECISION_CONFIRMED);
        break;
    }
}

/* Was the event just given an answer? Then it is carried out, once. */
void view_settle(struct server *s, enum confirm_state before)
{
    bool was_open = before >= CONFIRM_SHOWN && before <= CONFIRM_HOLDING;

    if (s->confirm.state != before)
        s->damage |= DAMAGE_CONFIRM;
    if (!was_open || confirm_is_open(&s->confirm))
        return;
    if (s->confirm.state == CONFIRM_YES)
        carry_out(s);
    else if (s->view == VIEW_PROMPT)
        end_prompt(s, s->confirm.state == CONFIRM_NO ? DECISION_REFUSED :
                      s->confirm.state == CONFIRM_LATE ? DECISION_TIMED_OUT : DECISION_WITHDRAWN);
}

void view_confirm(struct server *s, enum confirm_event event)
{
    enum confirm_state before = s->confirm.state;

    confirm_step(&s->confirm, event, s->now_us);
    view_settle(s, before);
}
