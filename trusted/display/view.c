/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which view is seen. LEGACY, HOME, KEYPAD and CARDS stay until the user leaves
 * them; CALL, PROMPT and RESULT lie over one of these and end by themselves. STOPPED stands where
 * LEGACY would, once Linux has switched itself off: nobody is left to draw there or to be touched.
 *
 * Every change of view disarms, takes fingers and keys away from whoever had
 * them, and draws everything anew.
 */
#include <stddef.h>

#include "server.h"

/* ---- the yes button -------------------------------------------------------------------------- */

static enum yes choose_yes(const struct server *s)
{
    switch ((uint32_t)s->view) {
    case VIEW_HOME:
        return YES_RESTART;
    case VIEW_KEYPAD:
        return keypad_yes(&s->keypad);
    case VIEW_CALL:
        return emergency_is_shown(s)       ? YES_HANG_UP
               : !ringing_is_shown(s)      ? YES_NONE
               : s->call.is_second_ringing ? YES_ANSWER_HOLD
                                           : YES_ANSWER;
    case VIEW_PROMPT:
        return s->prompt.yes;
    default:
        return YES_NONE;
    }
}

static void arm_no(struct server *s)
{
    confirm_clear(&s->no);
    if (s->view == VIEW_PROMPT || s->view == VIEW_CALL) {
        confirm_show(&s->no, yes_buttons[YES_NO].rules, s->now_us);
    }
    s->no.has_changed = false;
}

static void arm(struct server *s)
{
    s->yes = choose_yes(s);
    s->filled = -1;
    if (s->yes <= YES_DIAL_LATER) {
        confirm_clear(&s->confirm);
    } else {
        confirm_show(&s->confirm, yes_buttons[s->yes].rules, s->now_us);
    }
    s->confirm.has_changed = false;
    s->damage |= DAMAGE_YES;
}

void view_rearm_keypad(struct server *s)
{
    s->damage |= DAMAGE_PAD;
    if (s->view == VIEW_KEYPAD) {
        arm(s);
    }
}

void view_hint(struct server *s, enum word hint)
{
    if (s->hint != hint) {
        s->damage |= DAMAGE_PAD | DAMAGE_CLOCK | DAMAGE_HOME;
    }
    s->hint = hint;
}

void view_keypad(struct server *s, enum keypad_change change)
{
    const struct number *typed = &s->keypad.about.number;

    if (change == KEYPAD_SAME) {
        return;
    }
    if (change == KEYPAD_CHANGED && typed->length != 0) {
        outbox_tell(&s->outbox, (struct event){ EVENT_TYPED, s->keypad.serial, *typed });
    }
    view_hint(s, change == KEYPAD_FULL ? WORD_REASON + REASON_TOO_LONG : WORD_NONE);
    view_rearm_keypad(s);
}

/* ---- from view to view ----------------------------------------------------------------------- */

static bool has_place_for_reason(enum view view)
{
    return view == VIEW_KEYPAD || view == VIEW_HOME || view == VIEW_CALL;
}

/* The reason's own page has no button: nothing comes of a touch that was meant for Linux. */
static enum view page_for(struct server *s, enum view view)
{
    const struct refusal_view why = s->untold;

    if (view != VIEW_LEGACY || why.reason == REASON_NONE) {
        return view == VIEW_LEGACY && s->home.is_legacy_off ? VIEW_STOPPED : view;
    }
    s->untold = (struct refusal_view){ 0 };
    s->result = (struct result){ .word = WORD_NOT_DONE, .reason = why.reason };
    if (why.serial != 0 && why.serial == s->keypad.serial) {
        s->result.about = s->keypad.about;
    }
    return VIEW_RESULT;
}

void view_enter(struct server *s, enum view view)
{
    bool is_base =
        view == VIEW_LEGACY || view == VIEW_HOME || view == VIEW_KEYPAD || view == VIEW_CARDS;

    route_take_over(&s->route);
    s->view = page_for(s, view);
    s->base = is_base ? view : s->base;
    s->card = s->base == VIEW_CARDS ? s->card : 0;
    s->keypad.pressed = BOX_NONE;
    s->call.has_tones = false;
    s->hint = WORD_NONE;
    if (s->untold.reason != REASON_NONE && has_place_for_reason(s->view)) {
        s->hint = WORD_REASON + s->untold.reason;
        s->untold = (struct refusal_view){ 0 };
    }
    s->view_until_us = s->view == VIEW_RESULT ? s->now_us + RESULT_US : CONFIRM_NEVER;
    s->beat_us = s->now_us + BEAT_US;
    s->damage = DAMAGE_ALL;
    arm_no(s);
    arm(s);
}

void view_refuse(struct server *s, const struct refusal_view *why)
{
    s->untold = *why;
    if (has_place_for_reason(s->view)) {
        view_hint(s, WORD_REASON + why->reason);
        s->untold = (struct refusal_view){ 0 };
    } else if (s->view == VIEW_LEGACY || s->view == VIEW_STOPPED) {
        view_enter(s, VIEW_LEGACY);
    }
}

/* Whatever the call does, a finger that holds "hang up" means it. To answer is another matter: who
 * calls may have become known only now. */
void view_refresh_call(struct server *s)
{
    if (s->yes != choose_yes(s) || s->yes == YES_ANSWER || s->yes == YES_ANSWER_HOLD) {
        view_enter(s, VIEW_CALL);
    }
    s->damage = DAMAGE_ALL;
}

void view_leave(struct server *s)
{
    view_enter(s, s->call.is_wanted && call_is_up(&s->call) ? VIEW_CALL : s->base);
}

void view_interrupt(struct server *s, enum view view)
{
    view_confirm(s, CONFIRM_REFUSE);
    s->call.is_wanted = view == VIEW_CALL;
    view_enter(s, view);
}

void view_show_result(struct server *s, enum word result)
{
    s->result.word = result;
    s->result.has_offer = false;
    view_enter(s, VIEW_RESULT);
}

/* ---- answers --------------------------------------------------------------------------------- */

static void end_prompt(struct server *s, enum decision decision)
{
    s->result.about = s->prompt.about;
    if (s->prompt.kind == PROMPT_PRACTICE) {
        view_show_result(s, WORD_PRACTICE_OVER);
        return;
    }
    s->prompt.is_waiting = false;
    outbox_decide(&s->outbox, decision);
    if (decision == DECISION_CONFIRMED) {
        s->view_until_us = s->now_us + AFTER_CONFIRM_US; /* the picture stays till the call's */
        return;
    }
    if (s->prompt.kind == PROMPT_EMERGENCY) {
        s->prompt.emergency_left_us = s->now_us;
    }
    view_show_result(s, WORD_NOT_CALLED);
    if (s->prompt.about.origin == ORIGIN_LEGACY && prompt_count_refusal(&s->prompt, s->now_us) &&
        !s->home.is_legacy_blocked) {
        s->result.has_offer = true;
        s->view_until_us = s->now_us + OFFER_US;
    }
}

static void carry_out(struct server *s)
{
    enum display_event event = yes_buttons[s->yes].event;

    if (event == EVENT_NONE) {
        end_prompt(s, DECISION_CONFIRMED);
    } else if (event == EVENT_DIAL) {
        outbox_tell(&s->outbox, (struct event){ event, s->keypad.serial, s->keypad.about.number });
        s->keypad.is_dial_sent =
            true; /* the number stays until the call's page comes, or why not */
        view_rearm_keypad(s);
    } else {
        outbox_tell(&s->outbox, (struct event){ .kind = event });
        arm(s); /* if nothing comes of it, it may be pressed again */
    }
}

static void tell_shown(struct server *s)
{
    if (s->view != VIEW_PROMPT || !s->prompt.is_waiting || s->prompt.is_shown_told ||
        s->confirm.state != CONFIRM_SETTLING) {
        return;
    }
    s->prompt.is_shown_told = true;
    outbox_tell(&s->outbox,
                (struct event){ EVENT_SHOWN, (uint32_t)s->prompt.epoch, s->prompt.drawn });
}

/* An open question that changes into no open one has just been answered. A new one, or none, says
 * so itself: see arm. */
void view_settle(struct server *s)
{
    enum confirm_state now = s->confirm.state;

    if (s->no.has_changed) {
        s->damage |= DAMAGE_NO;
    }
    s->no.has_changed = false;
    if (!s->confirm.has_changed) {
        return;
    }
    tell_shown(s);
    s->confirm.has_changed = false;
    s->damage |= DAMAGE_YES;
    if (now == CONFIRM_YES) {
        carry_out(s);
    } else if (now > CONFIRM_YES && s->view == VIEW_PROMPT) {
        end_prompt(s, now == CONFIRM_NO     ? DECISION_REFUSED
                      : now == CONFIRM_LATE ? DECISION_TIMED_OUT
                                            : DECISION_WITHDRAWN);
    }
}

void view_confirm(struct server *s, enum confirm_event event)
{
    confirm_step(&s->confirm, event, s->now_us);
    if (event == CONFIRM_INPUT || event == CONFIRM_RELEASE || event == CONFIRM_UP) {
        confirm_step(&s->no, event == CONFIRM_UP ? CONFIRM_RELEASE : event, s->now_us);
    }
    view_settle(s);
}
