/* SPDX-License-Identifier: BSD-2-Clause */
/* What VMMs ask for. All of it is hostile; all of it gets an answer at once. */
#include "dial_machine.h"

#include <stddef.h>

enum { BACK_OFF_STEPS = 6, SECOND_US = 1000000, FORGIVEN_AFTER_S = 600 };

/* Seconds after the first, second, … failure; the last one stays. An emergency is never kept waiting
 * for long: its prompt costs the user one press, a missing one may cost more. */
static const uint8_t wait_s[2][BACK_OFF_STEPS] = { { 1, 2, 5, 15, 30, 60 }, { 1, 1, 2, 5, 10, 10 } };

/* The open request came to nothing: the next one of its owner has to wait, be it for a moment, so that
 * nothing can be repeated at will. */
void dial_legacy_failed(struct dial_machine *m, enum dial_fault fault)
{
    bool is_emergency = m->request.plan.is_emergency;
    struct dial_caller *caller = m->request.owner;
    struct dial_back_off *b = &caller->back_off[is_emergency];
    uint64_t until_us = m->now_us + SECOND_US;

    caller->failed = m->request.plan.number;
    if (fault == FAULT_OF_GUEST) {
        if (m->now_us > b->until_us + (uint64_t)FORGIVEN_AFTER_S * SECOND_US)
            b->failures = 0;
        until_us = m->now_us + (uint64_t)wait_s[is_emergency][b->failures] * SECOND_US;
        b->failures += b->failures < BACK_OFF_STEPS - 1;
    }
    if (b->until_us < until_us)
        b->until_us = until_us;
}

/* A VM that was restarted or reset: its prompt goes, what was confirmed stays, but is no longer its. */
static void disown(struct dial_machine *m, struct dial_caller *caller, enum dial_fault fault, struct dial_actions *out)
{
    if (m->request.owner == caller)
        dial_withdraw(m, fault, out);
    if (m->call.owner == caller)
        m->call.owner = NULL;
    if (m->confirmation.call.owner == caller)
        m->confirmation.call.owner = NULL;
}

void dial_legacy_restarted(struct dial_machine *m, struct dial_actions *out)
{
    const struct dial_call nobody = { .origin = ORIGIN_LEGACY };

    for (unsigned i = 0; i < DIAL_CALLERS; i++)
        disown(m, &m->callers[i], FAULT_OF_NOBODY, out);
    dial_log(&nobody, out, AUDIT_LEGACY_RESTARTED, 0);
}

/* NULL: no such VM, or a badge of before its restart. Back-off outlives restarts: else a reset would end it. */
static struct dial_caller *find_caller(struct dial_machine *m, uint32_t badge, struct dial_actions *out)
{
    uint32_t vm = (badge >> DIALLER_BADGE_VM_SHIFT) & DIALLER_BADGE_VM_MASK;
    struct dial_caller *caller = &m->callers[vm < DIAL_CALLERS ? vm : 0];

    if (vm >= DIAL_CALLERS || badge >> DIALLER_BADGE_EPOCH_SHIFT < caller->badge >> DIALLER_BADGE_EPOCH_SHIFT)
        return NULL;
    if (badge != caller->badge) {
        disown(m, caller, FAULT_OF_NOBODY, out);
        caller->badge = badge;
        caller->outcome = DIAL_OUTCOME_NONE;
    }
    return caller;
}

static enum dialler_answer reject(struct dial_machine *m, const struct dial_input *in, enum dialler_answer answer,
                                  struct dial_actions *out)
{
    struct audit_entry entry = { .kind = AUDIT_REJECTED, .origin = ORIGIN_LEGACY, .detail = answer };

    if (number_is_valid(&in->number))
        entry.number = in->number;
    dial_log_limited(m, LIMIT_REJECTED, &entry, out);
    return answer;
}

static enum dialler_answer open_prompt(struct dial_machine *m, struct dial_caller *caller,
                                       const struct call_plan *plan, struct dial_actions *out)
{
    m->request = (struct dial_call){
        .origin = ORIGIN_LEGACY, .owner = caller, .plan = *plan, .epoch = ++m->last_epoch,
    };
    if (number_is_equal(&plan->number, &caller->failed))
        m->request.plan.notes |= NOTE_REPEATED;
    caller->outcome = DIAL_OUTCOME_NONE;
    dial_log(&m->request, out, AUDIT_REQUESTED, caller->badge);
    dial_take_step(m, &m->request, STEP_REQUEST);
    m->prompt_is_out = true;
    out->open_prompt = true;
    return DIALLER_ACCEPTED;
}

/* One prompt at a time; beside a call only when that is up and somebody else's (UI: none while it rings). */
static bool is_busy(const struct dial_machine *m, const struct dial_caller *caller)
{
    bool leaves_room = m->call.phase == PHASE_IDLE || (m->call.phase == PHASE_ACTIVE && m->call.owner != caller);

    return m->request.phase != PHASE_IDLE || m->prompt_is_out || m->confirmation.is_open || !leaves_room;
}

static enum dialler_answer request(struct dial_machine *m, struct dial_caller *caller, const struct dial_input *in,
                                   struct dial_actions *out)
{
    struct call_plan plan;

    if (!call_plan_make(&in->number, in->value, &plan))
        return reject(m, in, DIALLER_INVALID, out);
    if (m->legacy_is_blocked && !plan.is_emergency)
        return reject(m, in, DIALLER_REFUSED, out);
    if (is_busy(m, caller))
        return reject(m, in, DIALLER_BUSY, out);
    if (m->now_us < caller->back_off[plan.is_emergency].until_us)
        return reject(m, in, DIALLER_REFUSED, out);
    return open_prompt(m, caller, &plan, out);
}

/* What this VM asked for, in whatever state it is; NULL: nothing. */
static const struct dial_call *find_own(const struct dial_machine *m, const struct dial_caller *caller)
{
    if (m->request.owner == caller)
        return &m->request;
    if (m->confirmation.is_open && m->confirmation.call.owner == caller)
        return &m->confirmation.call;
    return m->call.owner == caller ? &m->call : NULL;
}

static enum dialler_answer status(const struct dial_machine *m, const struct dial_caller *caller,
                                  struct dialler_reply *reply)
{
    const struct dial_call *call = find_own(m, caller);

    if (call == NULL && m->call.origin == ORIGIN_NETWORK && m->call.phase != PHASE_IDLE)
        call = &m->call;
    reply->outcome = caller->outcome;
    if (call != NULL && call->phase == PHASE_ENDING) {
        reply->outcome = DIAL_OUTCOME_ENDED; /* who hung up expects +CLCC to be empty at once */
    } else if (call != NULL) {
        reply->state = call == &m->confirmation.call ? DIAL_STATE_DIALLING : dial_call_state(call);
        reply->is_incoming = call->origin == ORIGIN_NETWORK;
        reply->number = call->plan.number;
    }
    return DIALLER_ACCEPTED;
}

static enum dialler_answer hang_up(struct dial_machine *m, const struct dial_call *own, struct dial_actions *out)
{
    if (own == &m->request)
        dial_withdraw(m, FAULT_OF_GUEST, out);
    else if (own == &m->confirmation.call)
        dial_forget_confirmed(m, out);
    else if (own != NULL)
        dial_hang_up(m, out);
    return DIALLER_ACCEPTED;
}

static enum dialler_answer tone(const struct dial_machine *m, const struct dial_caller *caller, uint32_t symbol,
                                struct dial_actions *out)
{
    if (m->call.owner != caller || m->call.phase != PHASE_ACTIVE || symbol > SYMBOL_HASH)
        return DIALLER_INVALID;
    out->command = MODEM_TONE;
    out->token = m->call.token;
    out->value = symbol;
    return DIALLER_ACCEPTED;
}

static enum dialler_answer report(struct dial_machine *m, uint32_t kind, struct dial_actions *out)
{
    const struct audit_entry entry = { .kind = AUDIT_VIOLATION, .origin = ORIGIN_LEGACY, .detail = kind };

    if (kind == 0 || kind >= REPORT_KINDS)
        return DIALLER_INVALID;
    dial_log_limited(m, LIMIT_VIOLATION, &entry, out);
    return DIALLER_ACCEPTED;
}

static enum dialler_answer serve(struct dial_machine *m, struct dial_caller *caller, const struct dial_input *in,
                                 struct dial_actions *out)
{
    switch ((enum dialler_operation)in->operation) {
    case DIALLER_DIAL: return request(m, caller, in, out);
    case DIALLER_STATUS: return status(m, caller, &out->reply);
    case DIALLER_HANG_UP: return hang_up(m, find_own(m, caller), out);
    case DIALLER_ANSWER: /* the call screen is up already; only the user answers */
        return m->call.phase == PHASE_INCOMING ? DIALLER_ACCEPTED : DIALLER_INVALID;
    case DIALLER_TONE: return tone(m, caller, in->value, out);
    case DIALLER_REPORT: return report(m, in->value, out);
    case DIALLER_CANCEL_ALL: /* nobody has said no (ADR 9); but what Block does not end may not come at will */
        disown(m, caller, m->request.plan.is_emergency ? FAULT_OF_GUEST : FAULT_OF_NOBODY, out);
        return DIALLER_ACCEPTED;
    }
    return DIALLER_INVALID;
}

void dial_legacy(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct dial_caller *caller = find_caller(m, in->badge, out);

    out->reply.answer = caller == NULL ? DIALLER_INVALID : serve(m, caller, in, out);
}
