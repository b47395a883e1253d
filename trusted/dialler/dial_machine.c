/* SPDX-License-Identifier: BSD-2-Clause */
#include "dial_machine.h"

#include <stddef.h>

#define STAY PHASES

enum { SECOND_US = 1000000 };

const enum dial_phase dial_phase_next[PHASES][STEPS_COUNT] = {
    /*                   REQUEST       CONFIRMED   TAKEN           ALERTING        ACTIVE        RINGING         HANG_UP       OVER      */
    [PHASE_IDLE]     = { PHASE_PROMPT, STAY,       STAY,           STAY,           STAY,         PHASE_INCOMING, STAY,         STAY       },
    [PHASE_PROMPT]   = { STAY,         PHASE_SENT, STAY,           STAY,           STAY,         STAY,           STAY,         PHASE_IDLE },
    [PHASE_SENT]     = { STAY,         STAY,       PHASE_DIALLING, STAY,           STAY,         STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_DIALLING] = { STAY,         STAY,       STAY,           PHASE_ALERTING, PHASE_ACTIVE, STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_ALERTING] = { STAY,         STAY,       STAY,           STAY,           PHASE_ACTIVE, STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_ACTIVE]   = { STAY,         STAY,       STAY,           STAY,           STAY,         STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_INCOMING] = { STAY,         STAY,       STAY,           STAY,           PHASE_ACTIVE, STAY,           PHASE_ENDING, PHASE_IDLE },
    [PHASE_ENDING]   = { STAY,         STAY,       STAY,           STAY,           STAY,         STAY,           STAY,         PHASE_IDLE },
};

static const struct {
    enum dial_state state;
    uint32_t limit_s; /* 0: it may last */
} phase_facts[PHASES] = {
    [PHASE_IDLE]     = { DIAL_STATE_NONE, 0 },      [PHASE_PROMPT]   = { DIAL_STATE_PROMPT, 0 },
    [PHASE_SENT]     = { DIAL_STATE_DIALLING, 30 }, [PHASE_DIALLING] = { DIAL_STATE_DIALLING, 0 },
    [PHASE_ALERTING] = { DIAL_STATE_ALERTING, 0 },  [PHASE_ACTIVE]   = { DIAL_STATE_ACTIVE, 0 },
    [PHASE_INCOMING] = { DIAL_STATE_INCOMING, 0 },  [PHASE_ENDING]   = { DIAL_STATE_DIALLING, 10 },
};

enum dial_state dial_call_state(const struct dial_call *call)
{
    bool was_active = call->phase == PHASE_ENDING && call->active_since_us != 0;

    return was_active ? DIAL_STATE_ACTIVE : phase_facts[call->phase].state;
}

bool dial_take_step(struct dial_machine *m, struct dial_call *call, enum dial_transition step)
{
    enum dial_phase next = dial_phase_next[call->phase][step];

    if (next == STAY)
        return false;
    call->phase = next;
    call->limit_us = DIAL_NEVER;
    if (phase_facts[next].limit_s != 0)
        call->limit_us = m->now_us + (uint64_t)phase_facts[next].limit_s * SECOND_US;
    return true;
}

/* ---- the log, and how a guest's flood becomes one line a second ---- */

static void add_entry(struct dial_actions *out, const struct audit_entry *entry)
{
    if (out->log_count < DIAL_LOG_MAX)
        out->log[out->log_count++] = *entry;
}

void dial_log(const struct dial_call *call, struct dial_actions *out, enum audit_kind kind, uint32_t detail)
{
    const struct audit_entry entry = { .kind = kind, .origin = call->origin, .epoch = (uint32_t)call->epoch,
                                       .detail = detail, .repeats = 1, .number = call->plan.number };

    add_entry(out, &entry);
}

static void flush(struct dial_machine *m, struct dial_limiter *l, struct dial_actions *out)
{
    if (l->held.repeats == 0 || m->now_us < l->next_us)
        return;
    add_entry(out, &l->held);
    l->held.repeats = 0;
    l->next_us = m->now_us + SECOND_US;
}

void dial_log_limited(struct dial_machine *m, enum dial_limit limit, const struct audit_entry *e,
                      struct dial_actions *out)
{
    struct dial_limiter *l = &m->limiters[limit];
    uint32_t repeats = l->held.repeats < UINT32_MAX ? l->held.repeats + 1 : UINT32_MAX;

    l->held = *e;
    l->held.repeats = repeats;
    flush(m, l, out);
}

/* ---- calls ---- */

static void show_call(struct dial_actions *out)
{
    out->show_call = true;
    out->signal_legacy = true;
}

static void show_outcome(const struct dial_call *call, enum dial_outcome outcome, struct dial_actions *out)
{
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
    out->command = MODEM_HANG_UP;
    out->token = m->call.token;
    show_call(out);
}

/*
 * D1: the only place that a dial action comes from.
 *
 *@ requires m->confirmation.is_open;
 *@ requires number_is_equal(&m->confirmation.number, &m->call.plan.number);
 *@ ensures !m->confirmation.is_open && out->command == MODEM_DIAL;
 *@ ensures number_is_equal(&out->number, &m->call.plan.number);
 */
static void dial_send(struct dial_machine *m, struct dial_actions *out)
{
    m->confirmation.is_open = false;
    m->last_token = m->last_token % MODEM_TOKEN_OWN_MAX + 1;
    m->call.token = m->last_token;
    dial_log(&m->call, out, AUDIT_SENT, m->call.token);
    show_call(out);
    out->outcome = DIAL_OUTCOME_NONE; /* of what made way: the new call's screen comes instead */
    out->command = MODEM_DIAL;
    out->token = m->call.token;
    out->value = m->call.plan.flags;
    out->number = m->call.plan.number;
}

/* What the user confirmed goes as soon as there is no other call; one that there is has to end. */
static void take_confirmed(struct dial_machine *m, struct dial_actions *out)
{
    struct dial_call *next = &m->confirmation.call;

    if (!m->confirmation.is_open)
        return;
    if (m->call.phase != PHASE_IDLE) {
        dial_hang_up(m, out);
        return;
    }
    if (!number_is_equal(&m->confirmation.number, &next->plan.number) || !dial_take_step(m, next, STEP_CONFIRMED)) {
        m->confirmation.is_open = false;
        return;
    }
    m->call = *next;
    dial_log(&m->call, out, AUDIT_CONFIRMED, 0);
    dial_send(m, out);
}

/* D2: the user has said yes to `shown`, on the display or on the keypad. */
void dial_confirmed(struct dial_machine *m, const struct dial_call *call, const struct number *shown,
                    struct dial_actions *out)
{
    dial_forget_confirmed(m, out);
    m->confirmation.is_open = true;
    m->confirmation.number = *shown;
    m->confirmation.call = *call;
    take_confirmed(m, out);
}

void dial_forget_confirmed(struct dial_machine *m, struct dial_actions *out)
{
    if (!m->confirmation.is_open)
        return;
    m->confirmation.is_open = false;
    dial_log(&m->confirmation.call, out, AUDIT_REFUSED, DIAL_OUTCOME_WITHDRAWN);
    show_outcome(&m->confirmation.call, DIAL_OUTCOME_WITHDRAWN, out);
}

static void close_call(struct dial_machine *m, enum dial_outcome outcome, struct dial_actions *out)
{
    if (!dial_take_step(m, &m->call, STEP_OVER))
        return;
    show_outcome(&m->call, outcome, out);
    show_call(out);
    m->call.owner = NULL;
    take_confirmed(m, out);
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
    out->cancel_epoch = m->request.epoch;
    close_request(m, DIAL_OUTCOME_WITHDRAWN, fault, out);
}

/* ---- the display's decision ---- */

static void log_shown(const struct dial_call *call, struct dial_actions *out)
{
    dial_log(call, out, AUDIT_SHOWN, call->plan.category << 16 | call->plan.price_cents);
}

/* D2, D6. A decision for a prompt that is not the open one changes nothing. */
static void decision(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    static const enum dial_outcome outcomes[] = {
        [DECISION_CONFIRMED] = DIAL_OUTCOME_FAILED, /* reached only with a wrong echo */
        [DECISION_REFUSED] = DIAL_OUTCOME_REFUSED,
        [DECISION_TIMED_OUT] = DIAL_OUTCOME_TIMED_OUT,
        [DECISION_WITHDRAWN] = DIAL_OUTCOME_WITHDRAWN,
    };
    enum decision said = in->value <= DECISION_WITHDRAWN && in->value > 0 ? (enum decision)in->value : DECISION_REFUSED;
    struct dial_call confirmed = m->request;
    bool echoes = in->epoch == confirmed.epoch && number_is_equal(&in->number, &confirmed.plan.number);

    m->prompt_is_out = false;
    if (m->request.phase != PHASE_PROMPT)
        return;
    if (echoes && said != DECISION_WITHDRAWN)
        log_shown(&m->request, out);
    if (!echoes || said != DECISION_CONFIRMED) {
        close_request(m, outcomes[said], said == DECISION_WITHDRAWN ? FAULT_OF_NOBODY : FAULT_OF_GUEST, out);
        return;
    }
    confirmed.owner->back_off[0] = confirmed.owner->back_off[1] = (struct dial_back_off){ 0 };
    m->request = (struct dial_call){ .phase = PHASE_IDLE };
    dial_confirmed(m, &confirmed, &in->number, out);
}

/* ---- what the user does outside a prompt ---- */

static bool is_users_emergency(const struct dial_call *call)
{
    return call->plan.is_emergency && call->origin == ORIGIN_USER;
}

/* Room for a call from the keypad: an open prompt and a running call make way for an emergency,
 * unless that is what runs already. Everything else must have been shown with its price. */
static bool has_room(const struct dial_machine *m, const struct dial_input *in, bool is_emergency)
{
    bool is_under_way = m->call.phase >= PHASE_SENT && m->call.phase <= PHASE_ACTIVE && is_users_emergency(&m->call);
    bool is_next = m->confirmation.is_open && is_users_emergency(&m->confirmation.call);

    if (is_emergency)
        return !is_under_way && !is_next;
    return m->call.phase == PHASE_IDLE && m->request.phase == PHASE_IDLE && m->priced.serial == in->value &&
           number_is_equal(&m->priced.number, &in->number);
}

/* The call key was the confirmation of what the keypad's panel shows (P1). */
static void keypad(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct dial_call call = { .origin = ORIGIN_USER };

    /* Where there is no plan the display was told "no such number" when it was typed. */
    if (!call_plan_make(&in->number, 0, &call.plan) || !has_room(m, in, call.plan.is_emergency))
        return;
    dial_withdraw(m, FAULT_OF_NOBODY, out);
    dial_take_step(m, &call, STEP_REQUEST);
    log_shown(&call, out);
    dial_confirmed(m, &call, &call.plan.number, out);
}

static void typed(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    m->priced.serial = in->value;
    m->priced.number = in->number;
    out->show_price = true;
    out->serial = in->value;
    (void)call_plan_make(&in->number, 0, &out->price); /* where it fails, the tariff stays unknown */
}

static void block(struct dial_machine *m, uint32_t on, struct dial_actions *out)
{
    const struct dial_call nobody = { .origin = ORIGIN_USER };

    if (on != 0 && !m->request.plan.is_emergency)
        dial_withdraw(m, FAULT_OF_NOBODY, out);
    m->legacy_is_blocked = on != 0;
    dial_log(&nobody, out, AUDIT_BLOCKED, on != 0);
}

static void user(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    switch ((enum display_event)in->operation) {
    case EVENT_DIAL: keypad(m, in, out); return;
    case EVENT_TYPED: typed(m, in, out); return;
    case EVENT_HANG_UP:
        dial_forget_confirmed(m, out);
        dial_hang_up(m, out);
        return;
    case EVENT_ANSWER:
        out->command = m->call.phase == PHASE_INCOMING ? MODEM_ANSWER : 0;
        out->token = m->call.token;
        return;
    case EVENT_TONE:
        out->command = m->call.phase == PHASE_ACTIVE && in->value <= SYMBOL_HASH ? MODEM_TONE : 0;
        out->token = m->call.token;
        out->value = in->value;
        return;
    case EVENT_BLOCK: block(m, in->value, out); return;
    case EVENT_RESTART_LEGACY: out->restart_legacy = true; return;
    case EVENT_NONE:
    case EVENT_DECLINE:
    case EVENT_SHOWN: return;
    }
}

/* ---- the modem's events ---- */

/* UI: no outgoing prompt while it rings. */
static void ringing(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    dial_withdraw(m, FAULT_OF_NOBODY, out);
    if (m->call.phase != PHASE_IDLE)
        return;
    m->call = (struct dial_call){ .origin = ORIGIN_NETWORK, .token = in->token };
    dial_take_step(m, &m->call, STEP_RINGING);
    if (number_is_valid(&in->number))
        m->call.plan.number = in->number;
    out->outcome = DIAL_OUTCOME_NONE;
    show_call(out);
}

static enum dial_outcome outcome_of_end(const struct dial_machine *m, const struct dial_input *in)
{
    if (in->operation != MODEM_EVENT_ENDED)
        return DIAL_OUTCOME_FAILED;
    if (m->call.phase == PHASE_ENDING || m->call.phase == PHASE_ACTIVE || m->call.phase == PHASE_INCOMING)
        return DIAL_OUTCOME_ENDED;
    return in->value == MODEM_CAUSE_BUSY ? DIAL_OUTCOME_BUSY : DIAL_OUTCOME_FAILED;
}

/* Events carry the call's token, 0 for an incoming one: a late event of an old call fits none. */
static void modem(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    static const enum dial_transition steps[] = {
        [MODEM_EVENT_TAKEN] = STEP_TAKEN, [MODEM_EVENT_ALERTING] = STEP_ALERTING, [MODEM_EVENT_ACTIVE] = STEP_ACTIVE,
        [MODEM_EVENT_ENDED] = STEP_OVER,  [MODEM_EVENT_LOST] = STEP_OVER,         [MODEM_EVENT_MISMATCH] = STEP_OVER,
    };
    bool fits = in->token == m->call.token || in->operation == MODEM_EVENT_LOST;

    if (in->operation == MODEM_EVENT_RINGING) {
        ringing(m, in, out);
        return;
    }
    if (in->operation > MODEM_EVENT_MISMATCH || m->call.phase == PHASE_IDLE || !fits)
        return;
    dial_log(&m->call, out, AUDIT_RESULT, in->operation << 8 | (in->value & 0xff));
    if (steps[in->operation] == STEP_OVER) {
        close_call(m, outcome_of_end(m, in), out);
    } else if (dial_take_step(m, &m->call, steps[in->operation])) {
        m->call.active_since_us = m->call.phase == PHASE_ACTIVE ? m->now_us : 0;
        show_call(out);
    }
}

/* ---- time ---- */

static void timer(struct dial_machine *m, struct dial_actions *out)
{
    for (unsigned i = 0; i < LIMITS; i++)
        flush(m, &m->limiters[i], out);
    if (m->call.limit_us == DIAL_NEVER || m->now_us < m->call.limit_us)
        return;
    if (m->call.phase == PHASE_SENT)
        dial_hang_up(m, out);
    else
        close_call(m, DIAL_OUTCOME_FAILED, out);
}

uint64_t dial_deadline(const struct dial_machine *m)
{
    uint64_t first = m->call.limit_us;

    for (const struct dial_limiter *l = m->limiters; l < &m->limiters[LIMITS]; l++) {
        if (l->held.repeats > 0 && (first == DIAL_NEVER || l->next_us < first))
            first = l->next_us;
    }
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
    case DIAL_INPUT_USER: user(m, in, out); break;
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
