/* SPDX-License-Identifier: BSD-2-Clause */
/* What VMMs ask for. All of it is hostile; all of it gets an answer at once. */
#include "dial_steps.h"

static enum back_off_kind back_off_of(const struct call_plan *plan)
{
    return plan->is_emergency ? BACK_OFF_EMERGENCY : BACK_OFF_ORDINARY;
}

/* The open request came to nothing: the next one of its owner has to wait. */
void dial_legacy_failed(struct dial_machine *m, enum dial_fault fault)
{
    struct dial_caller *caller = m->request.owner;
    enum back_off_kind kind = back_off_of(&m->request.plan);

    caller->failed = m->request.plan.number;
    if (fault == FAULT_OF_NOBODY)
        back_off_pause(&caller->back_off[kind], m->now_us);
    else
        back_off_failure(&caller->back_off[kind], kind, m->now_us);
}

/* A VM that was restarted or reset: its prompt goes, what was confirmed stays, but is no longer its. */
static void disown(struct dial_machine *m, struct dial_caller *caller, enum dial_fault fault, struct dial_actions *out)
{
    if (m->request.owner == caller)
        dial_withdraw(m, fault, out);
    if (m->call.owner == caller)
        m->call.owner = NULL;
    if (m->next.call.owner == caller)
        m->next.call.owner = NULL;
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
    struct dial_caller *caller;

    if (vm >= DIAL_CALLERS)
        return NULL;
    caller = &m->callers[vm];
    if (badge >> DIALLER_BADGE_EPOCH_SHIFT < caller->badge >> DIALLER_BADGE_EPOCH_SHIFT)
        return NULL;
    if (badge != caller->badge) {
        disown(m, caller, FAULT_OF_NOBODY, out);
        caller->badge = badge;
        caller->outcome = DIAL_OUTCOME_NONE;
    }
    return caller;
}

static void reject(struct dial_machine *m, const struct dial_input *in, enum dialler_answer answer,
                   struct dial_actions *out)
{
    struct dial_entry entry = { .kind = AUDIT_REJECTED, .origin = ORIGIN_LEGACY, .detail = answer };

    if (number_is_valid(&in->number))
        entry.number = in->number;
    out->reply.answer = answer;
    dial_log_limited(&m->rejected, m->now_us, &entry, out);
}

static void open_prompt(struct dial_machine *m, struct dial_caller *caller, const struct call_plan *plan,
                        struct dial_actions *out)
{
    m->request = (struct dial_call){
        .origin = ORIGIN_LEGACY,
        .owner = caller,
        .plan = *plan,
        .epoch = ++m->last_epoch,
    };
    if (number_is_equal(&plan->number, &caller->failed))
        m->request.plan.notes |= NOTE_REPEATED;
    dial_take_step(m, &m->request, STEP_REQUEST);
    m->prompt_is_out = true;
    caller->request_id++;
    caller->outcome = DIAL_OUTCOME_NONE;
    dial_log(&m->request, out, AUDIT_REQUESTED, caller->badge);
    out->open_prompt = true;
    out->reply.request_id = caller->request_id;
}

/* One prompt at a time; beside a call only when that is up and somebody else's (UI: none while it rings). */
static bool is_busy(const struct dial_machine *m, const struct dial_caller *caller)
{
    bool leaves_room = m->call.phase == PHASE_IDLE || (m->call.phase == PHASE_ACTIVE && m->call.owner != caller);

    return m->request.phase != PHASE_IDLE || m->prompt_is_out || m->next.is_waiting || !leaves_room;
}

static void request(struct dial_machine *m, struct dial_caller *caller, const struct dial_input *in,
                    struct dial_actions *out)
{
    struct call_plan plan;

    if (!call_plan_make(&in->number, in->value, &plan))
        reject(m, in, DIALLER_INVALID, out);
    else if (m->legacy_is_blocked && !plan.is_emergency)
        reject(m, in, DIALLER_REFUSED, out);
    else if (is_busy(m, caller))
        reject(m, in, DIALLER_BUSY, out);
    else if (!back_off_allows(&caller->back_off[back_off_of(&plan)], m->now_us))
        reject(m, in, DIALLER_REFUSED, out);
    else
        open_prompt(m, caller, &plan, out);
}

static void tell_state(const struct dial_call *call, struct dial_actions *out)
{
    out->reply.state = dial_call_state(call);
    out->reply.direction = call->origin == ORIGIN_NETWORK;
    out->reply.number = call->plan.number;
}

static void tell_waiting(const struct dial_call *call, struct dial_actions *out)
{
    out->reply.state = DIAL_STATE_DIALLING;
    out->reply.number = call->plan.number;
}

static void status(const struct dial_machine *m, const struct dial_caller *caller, struct dial_actions *out)
{
    bool is_told = m->call.owner == caller || m->call.origin == ORIGIN_NETWORK;

    out->reply.request_id = caller->request_id;
    out->reply.outcome = caller->outcome;
    if (m->request.owner == caller)
        tell_state(&m->request, out);
    else if (m->next.is_waiting && m->next.call.owner == caller)
        tell_waiting(&m->next.call, out);
    else if (is_told && m->call.phase == PHASE_ENDING)
        out->reply.outcome = DIAL_OUTCOME_ENDED; /* who hung up expects +CLCC to be empty at once */
    else if (is_told && m->call.phase != PHASE_IDLE)
        tell_state(&m->call, out);
}

static void hang_up(struct dial_machine *m, const struct dial_caller *caller, struct dial_actions *out)
{
    if (m->request.owner == caller)
        dial_withdraw(m, FAULT_OF_GUEST, out);
    else if (m->next.is_waiting && m->next.call.owner == caller)
        dial_forget_next(m, out);
    else if (m->call.owner == caller)
        dial_hang_up(m, out);
}

static void tone(const struct dial_machine *m, const struct dial_caller *caller, uint32_t symbol,
                 struct dial_actions *out)
{
    out->tone = m->call.owner == caller && m->call.phase == PHASE_ACTIVE && symbol <= SYMBOL_HASH;
    out->symbol = symbol;
    out->reply.answer = out->tone ? DIALLER_ACCEPTED : DIALLER_INVALID;
}

static void report(struct dial_machine *m, uint32_t kind, struct dial_actions *out)
{
    const struct dial_entry entry = { .kind = AUDIT_VIOLATION, .origin = ORIGIN_LEGACY, .detail = kind };

    if (kind == 0 || kind >= REPORT_KINDS)
        out->reply.answer = DIALLER_INVALID;
    else
        dial_log_limited(&m->violation, m->now_us, &entry, out);
}

void dial_legacy(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct dial_caller *caller = find_caller(m, in->badge, out);

    out->reply.answer = caller == NULL ? DIALLER_INVALID : DIALLER_ACCEPTED;
    if (caller == NULL)
        return;
    switch ((enum dialler_operation)in->operation) {
    case DIALLER_DIAL: request(m, caller, in, out); return;
    case DIALLER_STATUS: status(m, caller, out); return;
    case DIALLER_HANG_UP: hang_up(m, caller, out); return;
    case DIALLER_ANSWER: /* the call screen is up already; only the user answers */
        out->reply.answer = m->call.phase == PHASE_INCOMING ? DIALLER_ACCEPTED : DIALLER_INVALID;
        return;
    case DIALLER_TONE: tone(m, caller, in->value, out); return;
    case DIALLER_REPORT: report(m, in->value, out); return;
    case DIALLER_CANCEL_ALL: disown(m, caller, FAULT_OF_GUEST, out); return;
    }
    out->reply.answer = DIALLER_INVALID;
}
