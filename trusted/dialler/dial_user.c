/* SPDX-License-Identifier: BSD-2-Clause */
/* What the person does at the panel: decisions about prompts, the keypad, the call's page. */
#include "dial_user.h"

#include <stddef.h>

/* ---- the display's decision about a prompt --------------------------------------------------- */

static bool echoes(const struct dial_call *request, const struct dial_input *in)
{
    return in->epoch == request->epoch && number_is_equal(&in->number, &request->plan.number);
}

static void confirm(struct dial_machine *m, const struct number *shown, struct dial_actions *out)
{
    const struct dial_call confirmed = m->request;

    confirmed.owner->back_off[0] = confirmed.owner->back_off[1] = (struct dial_back_off){ 0 };
    m->request = (struct dial_call){ .phase = PHASE_IDLE };
    dial_confirmed(m, &confirmed, shown, out);
}

/* D2, D6. A decision for a prompt that is not the open one changes nothing. */
void dial_decision(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    static const enum dial_outcome outcomes[] = {
        [DECISION_CONFIRMED] = DIAL_OUTCOME_FAILED, /* reached only with a wrong echo */
        [DECISION_REFUSED] = DIAL_OUTCOME_REFUSED,
        [DECISION_TIMED_OUT] = DIAL_OUTCOME_TIMED_OUT,
        [DECISION_WITHDRAWN] = DIAL_OUTCOME_WITHDRAWN,
    };
    enum decision said = in->value <= DECISION_WITHDRAWN && in->value > 0 ? (enum decision)in->value
                                                                          : DECISION_REFUSED;
    bool is_about_it = echoes(&m->request, in);

    m->prompt_is_out = false;
    if (m->request.phase != PHASE_PROMPT) {
        return;
    }
    if (m->prompt_waits) { /* this was the answer to the one before */
        dial_open_prompt(m, out);
        return;
    }
    if (is_about_it && said != DECISION_WITHDRAWN) {
        dial_log_shown(&m->request, out);
    }
    if (is_about_it && said == DECISION_CONFIRMED) {
        confirm(m, &in->number, out);
    } else {
        dial_close_request(m, outcomes[said],
                           said == DECISION_WITHDRAWN ? FAULT_OF_NOBODY : FAULT_OF_GUEST, out);
    }
}

/* The prompt's picture has been visible: P6, at the time when it was. */
static void shown(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    const struct dial_call *request = &m->request;

    if (request->phase == PHASE_PROMPT && !m->prompt_waits &&
        in->value == (uint32_t)request->epoch &&
        number_is_equal(&in->number, &request->plan.number)) {
        dial_log_shown(&m->request, out);
    }
}

/* ---- the keypad ------------------------------------------------------------------------------ */

/* Why an ordinary call from the keypad is not made now. An emergency is always. */
static enum dial_reason why_not(const struct dial_machine *m, const struct dial_input *in)
{
    if (m->call.phase == PHASE_INCOMING) {
        return REASON_RINGING;
    }
    if (m->call.phase != PHASE_IDLE || m->second.phase != PHASE_IDLE) {
        return REASON_CALL_UP;
    }
    if (m->request.phase != PHASE_IDLE) {
        return REASON_ASKING;
    }
    if (m->priced.serial != in->value || !number_is_equal(&m->priced.number, &in->number)) {
        return REASON_NOT_PRICED;
    }
    return REASON_NONE;
}

/* This emergency call is on its way already, no matter who asked for it: dialling it again would
 * cost its place. */
static bool is_under_way(const struct dial_machine *m, const struct call_plan *plan)
{
    return plan->is_emergency && m->call.plan.is_emergency &&
           number_is_equal(&m->call.plan.number, &plan->number) && m->call.phase >= PHASE_SENT &&
           m->call.phase <= PHASE_ACTIVE;
}

/* The call key was the confirmation of what the keypad's panel shows (P1). */
static void keypad(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct dial_call call = { .origin = ORIGIN_USER };
    enum dial_reason reason = REASON_NONE;

    if (!call_plan_make(&in->number, 0, m->sim, &call.plan)) {
        reason = call.plan.reason;
    } else if (!call.plan.is_emergency) {
        reason = why_not(m, in);
    }
    if (reason != REASON_NONE) {
        dial_refuse(in->value, reason, out);
    } else if (is_under_way(m, &call.plan)) {
        out->call_flags = CALL_FLAG_TO_FRONT;
        dial_show_call(out);
    } else {
        dial_withdraw(m, FAULT_OF_NOBODY, out);
        dial_take_step(m, &call, STEP_REQUEST);
        dial_log_shown(&call, out);
        dial_confirmed(m, &call, &call.plan.number, out);
    }
}

/* The number as it was typed; the gaps are the plan's, moved behind a *31# or #31#. */
static void typed(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct call_plan plan;
    uint32_t prefix;

    m->priced.serial = in->value;
    m->priced.number = in->number;
    (void)call_plan_make(&in->number, 0, m->sim,
                         &plan); /* where it fails, the tariff stays unknown */
    prefix = in->number.length - plan.number.length;
    out->price = (struct price_view){ .operation = DISPLAY_PRICE,
                                      .serial = in->value,
                                      .reason = plan.reason,
                                      .notes = plan.notes,
                                      .about = dial_shown_number(&plan) };
    out->price.about.number = in->number;
    if (plan.reason == REASON_NONE && prefix > 0) {
        out->price.about.groups =
            (plan.groups << prefix | 1u << prefix) & ((1u << NUMBER_DIAL_MAX) - 1);
    }
}

/* ---- the rest of what the person does -------------------------------------------------------- */

static void block(struct dial_machine *m, uint32_t on, struct dial_actions *out)
{
    const struct dial_call nobody = { .origin = ORIGIN_USER };

    if (on != 0 && !m->request.plan.is_emergency) {
        dial_withdraw(m, FAULT_OF_NOBODY, out);
    }
    m->legacy_is_blocked = on != 0;
    dial_log(&nobody, out, AUDIT_BLOCKED, on != 0);
}

static void answer(struct dial_machine *m, struct dial_actions *out)
{
    const struct dial_call *rings = dial_ringing(m);

    if (rings != NULL) {
        out->command = (struct modem_request){ .operation = MODEM_ANSWER, .token = rings->token };
    } else {
        dial_refuse(0, REASON_NO_CALL, out);
    }
}

static void decline(struct dial_machine *m, struct dial_actions *out)
{
    struct dial_call *rings = dial_ringing(m);

    if (rings != NULL) {
        dial_hang_up(m, rings, out);
    }
}

void dial_user(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    switch ((enum display_event)in->operation) {
    case EVENT_DIAL:
        keypad(m, in, out);
        return;
    case EVENT_TYPED:
        typed(m, in, out);
        return;
    case EVENT_HANG_UP:
        dial_forget_confirmed(m, out);
        dial_hang_up(m, &m->call, out);
        return;
    case EVENT_ANSWER:
        answer(m, out);
        return;
    case EVENT_DECLINE:
        decline(m, out);
        return;
    case EVENT_TONE:
        if (!dial_tone(m, in->value, out)) {
            dial_refuse(0, REASON_NO_CALL, out);
        }
        return;
    case EVENT_BLOCK:
        block(m, in->value, out);
        return;
    case EVENT_RESTART_LEGACY:
        out->restart_legacy = true;
        return;
    case EVENT_SHOWN:
        shown(m, in, out);
        return;
    case EVENT_NONE:
        return;
    }
}
