/* SPDX-License-Identifier: BSD-2-Clause */
/* Hands each input to the part of the dialler that it is for, and does what passing time asks for.
 */
#include "dial_machine.h"

#include "dial_legacy.h"
#include "dial_modem.h"
#include "dial_user.h"

/* A phase has lasted too long. */
static void limit_reached(struct dial_machine *m, struct dial_call *call, struct dial_actions *out)
{
    if (call->limit_us == DIAL_NEVER || m->now_us < call->limit_us) {
        return;
    }
    if (call->phase == PHASE_SENT && call->is_untaken) {
        dial_offer_again(m, out);
    } else if (call->phase == PHASE_SENT) {
        dial_hang_up(m, call, out);
    } else {
        dial_log_failed(call, out, DIAL_OUTCOME_FAILED, REASON_TIMEOUT);
        dial_close(m, call, DIAL_OUTCOME_FAILED, REASON_TIMEOUT, out);
    }
}

static void timer(struct dial_machine *m, struct dial_actions *out)
{
    for (unsigned i = 0; i < LIMITS; i++) {
        dial_flush(m, (enum dial_limit)i, out);
    }
    limit_reached(m, &m->second, out);
    limit_reached(m, &m->call, out);
}

static uint64_t sooner(uint64_t a_us, uint64_t b_us)
{
    if (a_us == DIAL_NEVER || (b_us != DIAL_NEVER && b_us < a_us)) {
        return b_us;
    }
    return a_us;
}

uint64_t dial_deadline(const struct dial_machine *m)
{
    uint64_t first_us = sooner(m->call.limit_us, m->second.limit_us);

    for (const struct dial_limiter *l = m->limiters; l < &m->limiters[LIMITS]; l++) {
        if (l->held.repeats > 0) {
            first_us = sooner(first_us, l->next_us);
        }
    }
    return first_us;
}

void dial_step(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    *out = (struct dial_actions){ 0 };
    m->now_us = in->now_us;
    switch (in->kind) {
    case DIAL_INPUT_START:
        dial_log(&m->call, out, AUDIT_BOOT, 0);
        break;
    case DIAL_INPUT_LEGACY:
        dial_legacy(m, in, out);
        break;
    case DIAL_INPUT_DECISION:
        dial_decision(m, in, out);
        break;
    case DIAL_INPUT_USER:
        dial_user(m, in, out);
        break;
    case DIAL_INPUT_MODEM:
        dial_modem(m, in, out);
        break;
    case DIAL_INPUT_NOT_TAKEN:
        dial_not_taken(m, in, out);
        break;
    case DIAL_INPUT_LEGACY_RESTART:
        dial_legacy_restarted(m, out);
        break;
    case DIAL_INPUT_TIMER:
        timer(m, out);
        break;
    case DIAL_INPUTS:
        break;
    }
}
