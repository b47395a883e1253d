/* SPDX-License-Identifier: BSD-2-Clause */
/* What VMMs ask for. All of it is hostile; all of it gets an answer at once. */
#include "dial_legacy.h"

#include "e164.h"

#include <stddef.h>

enum { BACK_OFF_STEPS = 6, FORGIVEN_AFTER_S = 600, TO_FRONT_AGAIN_S = 5 };

_Static_assert((int)DIAL_CALLERS <= (int)DIALLER_BADGE_VM_MASK + 1, "each caller has a badge");
_Static_assert(REPORT_KINDS <= 1 << 8, "a record's detail has the command above the kind");

/* Seconds after the first, second, … failure; the last one stays. An emergency is never kept
 * waiting for long: its prompt costs the user one press, a missing one may cost more. */
static const uint8_t wait_s[2][BACK_OFF_STEPS] = { { 1, 2, 5, 15, 30, 60 },
                                                   { 1, 1, 2, 5, 10, 10 } };

/* Be it for a moment, so that nothing can be repeated at will. */
void dial_legacy_failed(struct dial_machine *m, enum dial_fault fault)
{
    bool is_emergency = m->request.plan.is_emergency;
    struct dial_caller *caller = m->request.owner;
    struct dial_back_off *b = &caller->back_off[is_emergency];
    uint64_t until_us = m->now_us + DIAL_SECOND_US;

    caller->failed = m->request.plan.number;
    if (fault == FAULT_OF_GUEST) {
        if (m->now_us > b->until_us + (uint64_t)FORGIVEN_AFTER_S * DIAL_SECOND_US) {
            b->failures = 0;
        }
        until_us = m->now_us + (uint64_t)wait_s[is_emergency][b->failures] * DIAL_SECOND_US;
        if (b->failures < BACK_OFF_STEPS - 1) {
            b->failures++;
        }
    }
    if (b->until_us < until_us) {
        b->until_us = until_us;
    }
}

/* A VM that was restarted or reset: its prompt goes, what was confirmed stays, but is no longer
 * its. */
static void disown(struct dial_machine *m, struct dial_caller *caller, enum dial_fault fault,
                   struct dial_actions *out)
{
    if (m->request.owner == caller) {
        dial_withdraw(m, fault, out);
    }
    if (m->call.owner == caller) {
        m->call.owner = NULL;
    }
    if (m->second.owner == caller) {
        m->second.owner = NULL;
    }
    if (m->confirmation.call.owner == caller) {
        m->confirmation.call.owner = NULL;
    }
}

void dial_legacy_restarted(struct dial_machine *m, struct dial_actions *out)
{
    const struct dial_call nobody = { .origin = ORIGIN_LEGACY };

    for (unsigned i = 0; i < DIAL_CALLERS; i++) {
        disown(m, &m->callers[i], FAULT_OF_NOBODY, out);
    }
    dial_log(&nobody, out, AUDIT_LEGACY_RESTARTED, 0);
}

/* NULL: no such VM (they are numbered from 1), or a badge of before its restart. Back-off outlives
 * restarts: else a reset would end it. */
static struct dial_caller *find_caller(struct dial_machine *m, uint32_t badge,
                                       struct dial_actions *out)
{
    uint32_t vm = (badge >> DIALLER_BADGE_VM_SHIFT) & DIALLER_BADGE_VM_MASK;
    struct dial_caller *caller = &m->callers[vm < DIAL_CALLERS ? vm : 0];

    if (vm == 0 || vm >= DIAL_CALLERS ||
        badge >> DIALLER_BADGE_EPOCH_SHIFT < caller->badge >> DIALLER_BADGE_EPOCH_SHIFT) {
        return NULL;
    }
    if (badge != caller->badge) {
        disown(m, caller, FAULT_OF_NOBODY, out);
        caller->badge = badge;
        caller->outcome = DIAL_OUTCOME_NONE;
    }
    return caller;
}

static enum dialler_answer reject(struct dial_machine *m, const struct dial_input *in,
                                  enum dialler_answer answer, struct dial_actions *out)
{
    struct audit_entry entry = { .kind = AUDIT_REJECTED,
                                 .origin = ORIGIN_LEGACY,
                                 .detail = answer };

    if (number_is_valid(&in->number)) {
        entry.number = in->number;
    }
    dial_log_limited(m, LIMIT_REJECTED, &entry, out);
    return answer;
}

static enum dialler_answer open_prompt(struct dial_machine *m, struct dial_caller *caller,
                                       const struct call_plan *plan, struct dial_actions *out)
{
    /* Only an emergency comes here while another prompt is open. */
    dial_withdraw(m, m->request.owner == caller ? FAULT_OF_GUEST : FAULT_OF_NOBODY, out);
    out->outcome.operation = 0;
    m->request = (struct dial_call){
        .origin = ORIGIN_LEGACY,
        .owner = caller,
        .plan = *plan,
        .epoch = ++m->last_epoch,
    };
    if (e164_is_equal(&plan->number, &caller->failed)) {
        m->request.plan.notes |= NOTE_REPEATED;
    }
    caller->outcome = DIAL_OUTCOME_NONE;
    dial_log(&m->request, out, AUDIT_REQUESTED, caller->badge);
    dial_take_step(m, &m->request, STEP_REQUEST);
    dial_open_prompt(m, out);
    return DIALLER_ACCEPTED;
}

/* An emergency call is on its way: nothing of a VM's comes between. */
static bool emergency_is_up(const struct dial_machine *m)
{
    return m->call.plan.is_emergency && m->call.phase >= PHASE_SENT &&
           m->call.phase <= PHASE_ACTIVE;
}

/* One prompt at a time; beside a call only when that is up and somebody else's (UI: none while it
 * rings). An emergency's prompt takes the place of an ordinary one and stands beside any other
 * call. */
static bool is_busy(const struct dial_machine *m, const struct dial_caller *caller,
                    const struct call_plan *plan)
{
    bool leaves_room =
        m->call.phase == PHASE_IDLE || (m->call.phase == PHASE_ACTIVE && m->call.owner != caller);

    if (plan->is_emergency) {
        return emergency_is_up(m) ||
               (m->request.phase != PHASE_IDLE && m->request.plan.is_emergency);
    }
    return m->request.phase != PHASE_IDLE || m->prompt_is_out || m->confirmation.is_open ||
           !leaves_room || m->second.phase != PHASE_IDLE || emergency_is_up(m);
}

static enum dialler_answer request(struct dial_machine *m, struct dial_caller *caller,
                                   const struct dial_input *in, struct dial_actions *out)
{
    struct call_plan plan;

    if (!call_plan_make(&in->number, in->value, m->sim, &plan)) {
        return reject(m, in, DIALLER_INVALID, out);
    }
    if (m->legacy_is_blocked && !plan.is_emergency) {
        return reject(m, in, DIALLER_REFUSED, out);
    }
    if (is_busy(m, caller, &plan)) {
        return reject(m, in, DIALLER_BUSY, out);
    }
    if (m->now_us < caller->back_off[plan.is_emergency].until_us) {
        return reject(m, in, DIALLER_REFUSED, out);
    }
    return open_prompt(m, caller, &plan, out);
}

/* What this VM asked for, in whatever state it is; NULL: nothing. */
static struct dial_call *find_own(struct dial_machine *m, const struct dial_caller *caller)
{
    if (m->request.owner == caller) {
        return &m->request;
    }
    if (m->confirmation.is_open && m->confirmation.call.owner == caller) {
        return &m->confirmation.call;
    }
    if (m->call.owner == caller) {
        return &m->call;
    }
    return m->second.owner == caller ? &m->second : NULL;
}

/* A call that comes in is every VM's to know of. */
static const struct dial_call *find_incoming(struct dial_machine *m)
{
    const struct dial_call *rings = dial_ringing(m);

    if (rings == NULL && m->call.origin == ORIGIN_NETWORK && m->call.phase != PHASE_IDLE) {
        return &m->call;
    }
    return rings;
}

static enum dialler_answer status(struct dial_machine *m, const struct dial_caller *caller,
                                  struct dialler_reply *reply)
{
    const struct dial_call *call = find_own(m, caller);

    if (call == NULL) {
        call = find_incoming(m);
    }
    reply->outcome = caller->outcome;
    if (call != NULL && call->phase == PHASE_ENDING) {
        reply->outcome = DIAL_OUTCOME_ENDED; /* who hung up expects +CLCC to be empty at once */
    } else if (call != NULL) {
        reply->id = (uint32_t)call->epoch;
        reply->state = call == &m->confirmation.call ? DIAL_STATE_DIALLING : dial_call_state(call);
        reply->is_incoming = call->origin == ORIGIN_NETWORK;
        reply->number = call->plan.number;
    }
    return DIALLER_ACCEPTED;
}

/* Declining costs nothing; but who calls may be the rescuers. */
static enum dialler_answer decline(struct dial_machine *m, struct dial_actions *out)
{
    struct dial_call *rings = dial_ringing(m);

    if (rings == NULL) {
        return DIALLER_ACCEPTED; /* ATH does no harm */
    }
    if (rings->flags & CALL_FLAG_RESCUERS) {
        return DIALLER_REFUSED;
    }
    dial_hang_up(m, rings, out);
    return DIALLER_ACCEPTED;
}

/* D7: what a VM asked for is its own to end, but for an emergency call that the user has confirmed.
 */
static enum dialler_answer hang_up(struct dial_machine *m, struct dial_call *own,
                                   struct dial_actions *out)
{
    if (own == NULL) {
        return decline(m, out);
    }
    if (own == &m->request) {
        dial_withdraw(m, FAULT_OF_GUEST, out);
    } else if (own == &m->confirmation.call) {
        dial_forget_confirmed(m, out);
    } else if (own->plan.is_emergency) {
        return DIALLER_REFUSED;
    } else {
        dial_hang_up(m, own, out);
    }
    return DIALLER_ACCEPTED;
}

/* Only the user answers. The page comes back, but not so often that nobody could leave it. */
static enum dialler_answer answer(struct dial_machine *m, struct dial_actions *out)
{
    if (dial_ringing(m) == NULL) {
        return DIALLER_INVALID;
    }
    if (m->now_us >= m->front_next_us) {
        m->front_next_us = m->now_us + (uint64_t)TO_FRONT_AGAIN_S * DIAL_SECOND_US;
        out->call_flags = CALL_FLAG_TO_FRONT;
        dial_show_call(out);
    }
    return DIALLER_ACCEPTED;
}

static enum dialler_answer report(struct dial_machine *m, const struct dial_input *in,
                                  struct dial_actions *out)
{
    struct audit_entry entry = { .kind = AUDIT_VIOLATION,
                                 .origin = ORIGIN_LEGACY,
                                 .detail = in->value };

    if (in->value == 0 || in->value >= REPORT_KINDS) {
        return DIALLER_INVALID;
    }
    if (in->value == REPORT_COMMAND && in->address < REPORT_COMMANDS) {
        entry.detail |= (uint32_t)in->address << 8;
    }
    dial_log_limited(m, LIMIT_VIOLATION, &entry, out);
    return DIALLER_ACCEPTED;
}

static enum dialler_answer serve(struct dial_machine *m, struct dial_caller *caller,
                                 const struct dial_input *in, struct dial_actions *out)
{
    switch ((enum dialler_operation)in->operation) {
    case DIALLER_DIAL:
        return request(m, caller, in, out);
    case DIALLER_STATUS:
        return status(m, caller, &out->reply);
    case DIALLER_HANG_UP:
        return hang_up(m, find_own(m, caller), out);
    case DIALLER_ANSWER:
        return answer(m, out);
    case DIALLER_TONE:
        return m->call.owner == caller && dial_tone(m, in->value, out) ? DIALLER_ACCEPTED
                                                                       : DIALLER_INVALID;
    case DIALLER_REPORT:
        return report(m, in, out);
    case DIALLER_CANCEL_ALL: /* nobody has said no (ADR 9); but what Block does not end may not come
                                at will */
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
