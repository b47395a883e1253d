/* SPDX-License-Identifier: BSD-2-Clause */
/* What time alone brings: arming, holds, time-outs, the seconds, the next copy of the legacy view. */
#include "paint.h"

enum { SECOND_US = 1000000 };

static bool has_countdown(const struct server *s)
{
    return s->view == VIEW_PROMPT && confirm_is_open(&s->confirm);
}

static bool has_clock(const struct server *s)
{
    return s->call.state == DIAL_STATE_ACTIVE;
}

enum confirm_fingers server_fingers(const struct server *s)
{
    return route_is_all_up(&s->route) ? CONFIRM_ALL_UP : CONFIRM_SOME_DOWN;
}

/* Both kinds of second are short: one a turn until the present is caught up with. */
static void tick_second(struct server *s)
{
    if (!has_countdown(s) && !has_clock(s))
        return;
    if (s->now_us >= s->second_us) {
        uint32_t left_us = has_countdown(s) ? (uint32_t)(s->confirm.deadline_us - s->now_us)
                                            : SECOND_US - call_second_part_us(s);

        s->second_us = s->now_us + (left_us % SECOND_US == 0 ? SECOND_US : left_us % SECOND_US);
        s->damage |= has_countdown(s) ? DAMAGE_COUNTDOWN : 0u;
        s->damage |= has_clock(s) ? DAMAGE_CLOCK | DAMAGE_BAR : 0u;
    }
}

static void tick_legacy(struct server *s)
{
    if (s->view == VIEW_LEGACY && s->now_us >= s->legacy_copy_us) {
        s->legacy_copy_us = s->now_us + LEGACY_PERIOD_US;
        s->damage |= DAMAGE_LEGACY;
    }
}

static void tick_fill(struct server *s)
{
    if (s->confirm.state == CONFIRM_HOLDING && s->now_us >= s->fill_us) {
        s->fill_us = s->now_us + FILL_PERIOD_US;
        s->damage |= DAMAGE_CONFIRM;
    }
}

void server_tick(struct server *s, uint64_t now_us)
{
    enum confirm_state before = s->confirm.state;

    s->now_us = now_us;
    confirm_tick(&s->confirm, server_fingers(s), now_us);
    view_settle(s, before);
    if (now_us >= s->view_until_us)
        view_leave(s);
    tick_second(s);
    tick_legacy(s);
    tick_fill(s);
}

void server_painted(struct server *s, uint64_t now_us)
{
    confirm_painted(&s->confirm, now_us);
}

static uint64_t earlier(uint64_t a, uint64_t b)
{
    return a < b ? a : b;
}

uint64_t server_wake_us(const struct server *s)
{
    uint64_t wake_us = confirm_wake_us(&s->confirm, server_fingers(s));

    wake_us = earlier(wake_us, s->view_until_us);
    if (has_countdown(s) || has_clock(s))
        wake_us = earlier(wake_us, s->second_us);
    if (s->view == VIEW_LEGACY)
        wake_us = earlier(wake_us, s->legacy_copy_us);
    if (s->confirm.state == CONFIRM_HOLDING)
        wake_us = earlier(wake_us, s->fill_us);
    return wake_us;
}
