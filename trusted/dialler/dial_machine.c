/* SPDX-License-Identifier: BSD-2-Clause */
#include "dial_machine.h"

#include "dial_steps.h"

#define STAY PHASES

enum { SENT_LIMIT_US = 30000000, ENDING_LIMIT_US = 10000000 };

static const enum dial_phase phase_next[PHASES][STEPS_COUNT] = {
    /*                   REQUEST       CONFIRMED   KEYPAD      TAKEN           ALERTING        ACTIVE        RINGING         HANG_UP       OVER      */
    [PHASE_IDLE]     = { PHASE_PROMPT, STAY,       PHASE_SENT, STAY,           STAY,           STAY,         PHASE_INCOMING, STAY,         STAY       },
    [PHASE_PROMPT]   = { STAY,         PHASE_SENT, STAY,       STAY,           STAY,           STAY,         STAY,           STAY,         PHASE_IDLE },
    [PHASE_SENT]     = { STAY,         STAY,       STAY,       PHASE_DIALLING, STAY,           STAY,         STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_DIALLING] = { STAY,         STAY,       STAY,       STAY,           PHASE_ALERTING, PHASE_ACTIVE, STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_ALERTING] = { STAY,         STAY,       STAY,       STAY,           STAY,           PHASE_ACTIVE, STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_ACTIVE]   = { STAY,         STAY,       STAY,       STAY,           STAY,           STAY,         STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_INCOMING] = { STAY,         STAY,       STAY,       STAY,           STAY,           PHASE_ACTIVE, STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_ENDING]   = { STAY,         STAY,       STAY,       STAY,           STAY,           STAY,         STAY,           STAY,         PHASE_IDLE },
};

static const enum dial_state phase_state[PHASES] = {
    [PHASE_IDLE] = DIAL_STATE_NONE,          [PHASE_PROMPT] = DIAL_STATE_PROMPT,
    [PHASE_SENT] = DIAL_STATE_DIALLING,      [PHASE_DIALLING] = DIAL_STATE_DIALLING,
    [PHASE_ALERTING] = DIAL_STATE_ALERTING,  [PHASE_ACTIVE] = DIAL_STATE_ACTIVE,
    [PHASE_INCOMING] = DIAL_STATE_INCOMING, 
};

enum dial_phase dial_phase_after(enum dial_phase phase, enum dial_transition step)
{
    return phase_next[phase][step];
}

enum dial_state dial_call_state(const struct dial_call *call)
{
    if (call->phase != PHASE_ENDING)
        return phase_state[call->phase];
    return call->active_since_us != 0 ? DIAL_STATE_ACTIVE : DIAL_STATE_DIALLING;
}

bool dial_take_step(struct dial_machine *m, struct dial_call *call, enum dial_transition step)
{
    enum dial_phase next = dial_phase_after(call->phase, step);

    if (next == STAY)
        return false;
    call->phase = next;
    call->phase_since_us = m->now_us;
    return true;
}

static void show_call(struct dial_actions *out)
{
    out->show_call = true;
    out->signal_legacy = true;
}

static void show_outcome(const struct dial_call *call, enum dial_outcome outcome, struct dial_actions *out)
{
    out->show_outcome = true;
    out->outcome = outcome;
    out->outcome_origin = call->origin;
    out->outcome_number = call->plan.number;
    out->signal_legacy = true;
    if (call->owner != NULL)
        call->owner->outcome = outcome;
}

void dial_hang_up(struct dial_machine *m, struct dial_actions *out)
{
    if (!dial_take_step(m, &m->call, STEP_HANG_UP))
        return;
    out->hang_up = true;
    out->token = m->call.token;
    show_call(out);
}

/*
 * D1: the only place that a dial action comes from.
 *
 *@ requires m->confirmation.is_open;
 *@ requires number_is_equal(&m->confirmation.number, &m->call.plan.number);
 *@ ensures !m->confirmation.is_open && out->dial;
 *@ ensures number_is_equal(&out->number, &m->call.plan.number);
 */
static void dial_send(struct dial_machine *m, struct dial_actions *out)
{
    m->confirmation.is_open = false;
    m->last_token++;
    if (m->last_token == 0)
        m->last_token = 1; /* 0 means an incoming call */
    m->call.token = m->last_token;
    dial_log(&m->call, out, AUDIT_SENT, m->call.token);
    show_call(out);
    out->show_outcome = false; /* of what made way: the new call's screen comes instead */
    out->dial = true;
    out->token = m->call.token;
    out->flags = m->call.plan.flags;
    out->number = m->call.plan.number;
}

static bool is_confirmed(const struct dial_machine *m, const struct dial_call *call)
{
    return m->confirmation.is_open && number_is_equal(&m->confirmation.number, &call->plan.number);
}

/* What the user confirmed goes as soon as there is no other call; one that there is has to end. */
static void take_next(struct dial_machine *m, struct dial_actions *out)
{
    if (!m->next.is_waiting)
        return;
    if (m->call.phase != PHASE_IDLE) {
        dial_hang_up(m, out);
        return;
    }
    m->next.is_waiting = false;
    if (!is_confirmed(m, &m->next.call) || dial_phase_after(m->next.call.phase, m->next.step) != PHASE_SENT)
        return;
    m->call = m->next.call;
    dial_take_step(m, &m->call, m->next.step);
    dial_log(&m->call, out, AUDIT_CONFIRMED, 0);
    dial_send(m, out);
}

/* D2: the user has said yes to `shown`, on the display or on the keypad. */
void dial_confirmed(struct dial_machine *m, const struct dial_call *call, const struct number *shown,
                    enum dial_transition step, struct dial_actions *out)
{
    if (!number_is_equal(shown, &call->plan.number))
        return;
    dial_forget_next(m, out);
    m->confirmation.is_open = true;
    m->confirmation.number = *shown;
    m->next.is_waiting = true;
    m->next.step = step;
    m->next.call = *call;
    take_next(m, out);
}

void dial_forget_next(struct dial_machine *m, struct dial_actions *out)
{
    if (!m->next.is_waiting)
        return;
    m->next.is_waiting = false;
    m->confirmation.is_open = false;
    dial_log(&m->next.call, out, AUDIT_REFUSED, DIAL_OUTCOME_WITHDRAWN);
    show_outcome(&m->next.call, DIAL_OUTCOME_WITHDRAWN, out);
}

static void close_call(struct dial_machine *m, enum dial_outcome outcome, struct dial_actions *out)
{
    if (!dial_take_step(m, &m->call, STEP_OVER))
        return;
    show_outcome(&m->call, outcome, out);
    show_call(out);
    m->call.owner = NULL;
    take_next(m, out);
}

static void close_request(struct dial_machine *m, enum dial_outcome outcome, enum dial_fault fault,
                          struct dial_actions *out)
{
    if (!dial_take_step(m, &m->request, STEP_OVER))
        return;
    dial_log(&m->request, out, AUDIT_REFUSED, outcome);
    show_outcome(&m->request, outcome, out);
    dial_legacy_failed(m, fault);
    m->request.owner = NULL;
}

void dial_withdraw(struct dial_machine *m, enum dial_fault fault, struct dial_actions *out)
{
    if (m->request.phase != PHASE_PROMPT)
        return;
    out->cancel_prompt = true;
    out->cancel_epoch = m->request.epoch;
    close_request(m, DIAL_OUTCOME_WITHDRAWN, fault, out);
}

static enum dial_outcome outcome_of(uint32_t decision)
{
    switch ((enum decision)decision) {
    case DECISION_TIMED_OUT: return DIAL_OUTCOME_TIMED_OUT;
    case DECISION_WITHDRAWN: return DIAL_OUTCOME_WITHDRAWN;
    case DECISION_CONFIRMED: return DIAL_OUTCOME_FAILED; /* reached only with a wrong echo */
    case DECISION_REFUSED: break;
    }
    return DIAL_OUTCOME_REFUSED;
}

/* D2, D6. A decision for a prompt that is not the open one changes nothing. */
static void decision(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct dial_call *r = &m->request;
    bool echoes = in->epoch == r->epoch && number_is_equal(&in->number, &r->plan.number);
    struct dial_call confirmed = *r;

    m->prompt_is_out = false;
    if (r->phase != PHASE_PROMPT)
        return;
    if (echoes && in->value != DECISION_WITHDRAWN)
        dial_log(r, out, AUDIT_SHOWN, r->plan.category << 16 | r->plan.price_cents);
    if (!echoes || in->value != DECISION_CONFIRMED) {
        close_request(m, outcome_of(in->value), in->value == DECISION_WITHDRAWN ? FAULT_OF_NOBODY : FAULT_OF_GUEST, out);
        return;
    }
    back_off_success(&r->owner->back_off[BACK_OFF_ORDINARY]);
    back_off_success(&r->owner->back_off[BACK_OFF_EMERGENCY]);
    *r = (struct dial_call){ .phase = PHASE_IDLE };
    dial_confirmed(m, &confirmed, &in->number, STEP_CONFIRMED, out);
}

static void progress(struct dial_machine *m, enum dial_transition step, struct dial_actions *out)
{
    if (!dial_take_step(m, &m->call, step))
        return;
    if (step == STEP_ACTIVE)
        m->call.active_since_us = m->now_us;
    show_call(out);
}

static enum dial_outcome outcome_of_end(const struct dial_machine *m, uint32_t cause)
{
    if (m->call.phase == PHASE_ENDING || m->call.phase == PHASE_ACTIVE || m->call.phase == PHASE_INCOMING)
        return DIAL_OUTCOME_ENDED;
    return cause == MODEM_CAUSE_BUSY ? DIAL_OUTCOME_BUSY : DIAL_OUTCOME_FAILED;
}

/* UI: no outgoing prompt while it rings. */
static void ringing(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    dial_withdraw(m, FAULT_OF_NOBODY, out);
    if (!dial_take_step(m, &m->call, STEP_RINGING))
        return;
    m->call = (struct dial_call){ .phase = PHASE_INCOMING, .origin = ORIGIN_NETWORK, .phase_since_us = m->now_us };
    if (number_is_valid(&in->number))
        m->call.plan.number = in->number;
    out->show_outcome = false;
    show_call(out);
}

static void modem_of_call(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    dial_log(&m->call, out, AUDIT_RESULT, in->operation << 8 | (in->value & 0xff));
    switch ((enum modem_event)in->operation) {
    case MODEM_EVENT_TAKEN: progress(m, STEP_TAKEN, out); return;
    case MODEM_EVENT_ALERTING: progress(m, STEP_ALERTING, out); return;
    case MODEM_EVENT_ACTIVE: progress(m, STEP_ACTIVE, out); return;
    case MODEM_EVENT_ENDED: close_call(m, outcome_of_end(m, in->value), out); return;
    case MODEM_EVENT_LOST:
    case MODEM_EVENT_MISMATCH: close_call(m, DIAL_OUTCOME_FAILED, out); return;
    case MODEM_EVENT_NONE:
    case MODEM_EVENT_READY:
    case MODEM_EVENT_RINGING: return;
    }
}

/* Events carry the call's token, 0 for an incoming one: a late event of an old call fits none. */
static void modem(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    bool fits = in->token == m->call.token || in->operation == MODEM_EVENT_LOST;

    if (in->operation == MODEM_EVENT_RINGING)
        ringing(m, in, out);
    else if (in->operation != MODEM_EVENT_READY && m->call.phase != PHASE_IDLE && fits)
        modem_of_call(m, in, out);
}

static void timer(struct dial_machine *m, struct dial_actions *out)
{
    dial_log_flush(&m->rejected, m->now_us, out);
    dial_log_flush(&m->violation, m->now_us, out);
    if (m->call.phase == PHASE_SENT && m->now_us >= m->call.phase_since_us + SENT_LIMIT_US)
        dial_hang_up(m, out);
    else if (m->call.phase == PHASE_ENDING && m->now_us >= m->call.phase_since_us + ENDING_LIMIT_US)
        close_call(m, DIAL_OUTCOME_FAILED, out);
}

static void earlier(uint64_t *first, uint64_t at)
{
    if (*first == DIAL_NEVER || at < *first)
        *first = at;
}

uint64_t dial_deadline(const struct dial_machine *m)
{
    uint64_t first = DIAL_NEVER;

    if (m->rejected.held.repeats > 0)
        earlier(&first, m->rejected.next_us);
    if (m->violation.held.repeats > 0)
        earlier(&first, m->violation.next_us);
    if (m->call.phase == PHASE_SENT)
        earlier(&first, m->call.phase_since_us + SENT_LIMIT_US);
    if (m->call.phase == PHASE_ENDING)
        earlier(&first, m->call.phase_since_us + ENDING_LIMIT_US);
    return first;
}

void dial_step(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    *out = (struct dial_actions){ 0 };
    m->now_us = in->now_us;
    switch (in->kind) {
    case DIAL_INPUT_START: dial_log(&m->call, out, AUDIT_BOOT, 0); break;
    case DIAL_INPUT_LEGACY: dial_legacy(m, in, out); break;
    case DIAL_INPUT_DECISION: decision(m, in, out); break;
    case DIAL_INPUT_USER: dial_user(m, in, out); break;
    case DIAL_INPUT_MODEM: modem(m, in, out); break;
    case DIAL_INPUT_NOT_TAKEN:
        if (m->call.phase == PHASE_SENT)
            close_call(m, DIAL_OUTCOME_FAILED, out);
        break;
    case DIAL_INPUT_LEGACY_RESTART: dial_legacy_restarted(m, out); break;
    case DIAL_INPUT_TIMER: timer(m, out); break;
    case DIAL_INPUTS: break;
    }
}
