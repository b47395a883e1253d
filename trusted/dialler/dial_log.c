/* SPDX-License-Identifier: BSD-2-Clause */
/* Entries for the audit log, and how a guest's flood becomes one line a second. */
#include "dial_steps.h"

enum { LIMIT_US = 1000000 };

static void add(struct dial_actions *out, const struct dial_entry *entry)
{
    if (out->log_count < DIAL_LOG_MAX)
        out->log[out->log_count++] = *entry;
}

void dial_log(const struct dial_call *call, struct dial_actions *out, enum audit_kind kind, uint32_t detail)
{
    const struct dial_entry entry = {
        .kind = kind,
        .origin = call->origin,
        .epoch = (uint32_t)call->epoch,
        .detail = detail,
        .repeats = 1,
        .number = call->plan.number,
    };

    add(out, &entry);
}

void dial_log_flush(struct dial_limiter *l, uint64_t now_us, struct dial_actions *out)
{
    if (l->held.repeats == 0 || now_us < l->next_us)
        return;
    add(out, &l->held);
    l->held.repeats = 0;
    l->next_us = now_us + LIMIT_US;
}

void dial_log_limited(struct dial_limiter *l, uint64_t now_us, const struct dial_entry *e, struct dial_actions *out)
{
    uint32_t repeats = l->held.repeats < UINT32_MAX ? l->held.repeats + 1 : UINT32_MAX;

    l->held = *e;
    l->held.repeats = repeats;
    dial_log_flush(l, now_us, out);
}
