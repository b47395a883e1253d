/* SPDX-License-Identifier: BSD-2-Clause */
/* One call in the simulated network: dialled, alerting, active, over. */
#include "call.h"

enum { SECOND_US = 1000000, SHIFT = 6 };

void call_take(struct call *c, const struct call_view *v, const struct subject *about)
{
    c->about = *about;
    c->state = v->state == DIAL_STATE_PROMPT ? (uint32_t)DIAL_STATE_NONE : v->state;
    c->started_us = wide_join(v->started_us);
    c->flags = v->flags;
    c->tries = v->tries;
    c->is_second_ringing = v->is_waiting != 0 && call_is_up(c);
    c->second = (struct subject){ .origin = ORIGIN_NETWORK, .number = v->waiting };
}

bool call_is_another(const struct call *c, const struct call *before)
{
    return !call_is_up(before) || c->about.origin != before->about.origin ||
           (c->about.origin != ORIGIN_NETWORK &&
            !number_is_equal(&c->about.number, &before->about.number)) ||
           (c->state == DIAL_STATE_DIALLING && before->state != DIAL_STATE_DIALLING) ||
           (c->is_second_ringing && !before->is_second_ringing);
}

bool call_is_up(const struct call *c)
{
    return c->state >= DIAL_STATE_DIALLING;
}

bool call_is_emergency(const struct call *c)
{
    return call_is_up(c) && c->about.tariff.category == TARIFF_EMERGENCY &&
           c->about.origin != ORIGIN_NETWORK;
}

bool call_is_ringing(const struct call *c)
{
    return c->state == DIAL_STATE_INCOMING || c->is_second_ringing;
}

/* In units of 64 us, of which 76 hours fit 32 bits: no 64-bit division is needed. */
uint32_t call_seconds(const struct call *c, uint64_t now_us)
{
    const uint64_t elapsed = (now_us - c->started_us) >> SHIFT;

    if (c->state != DIAL_STATE_ACTIVE || now_us < c->started_us) {
        return 0;
    }
    return (elapsed > UINT32_MAX ? UINT32_MAX : (uint32_t)elapsed) / (SECOND_US >> SHIFT);
}
