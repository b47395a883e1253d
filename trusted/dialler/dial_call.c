/* SPDX-License-Identifier: BSD-2-Clause */
/* The core of the dialler: its calls, and the only way in which one of them comes to be dialled. */
#include "dial_call.h"

#include "dial_legacy.h"

#include <stddef.h>

enum { RESCUERS_CALL_BACK_S = 600 };

_Static_assert(DIAL_OUTCOMES <= 1 << 8, "a record's detail has the reason above the outcome");
_Static_assert(TARIFF_CENTS_MAX < 1 << 16, "a record's detail has the category above the price");

const enum dial_phase dial_phase_next[PHASES][STEPS_COUNT] = {
    [PHASE_IDLE][STEP_REQUEST] = PHASE_PROMPT,     [PHASE_IDLE][STEP_RINGING] = PHASE_INCOMING,
    [PHASE_PROMPT][STEP_CONFIRMED] = PHASE_SENT,   [PHASE_SENT][STEP_TAKEN] = PHASE_DIALLING,
    [PHASE_SENT][STEP_HANG_UP] = PHASE_ENDING,     [PHASE_DIALLING][STEP_ALERTING] = PHASE_ALERTING,
    [PHASE_DIALLING][STEP_ACTIVE] = PHASE_ACTIVE,  [PHASE_DIALLING][STEP_HANG_UP] = PHASE_ENDING,
    [PHASE_ALERTING][STEP_ACTIVE] = PHASE_ACTIVE,  [PHASE_ALERTING][STEP_HANG_UP] = PHASE_ENDING,
    [PHASE_ACTIVE][STEP_HANG_UP] = PHASE_ENDING,   [PHASE_INCOMING][STEP_ACTIVE] = PHASE_ACTIVE,
    [PHASE_INCOMING][STEP_HANG_UP] = PHASE_ENDING,
};

static const struct {
    enum dial_state state;
    uint32_t limit_s; /* 0: it may last */
} phase_facts[PHASES] = {
    [PHASE_IDLE] = { DIAL_STATE_NONE, 0 },         [PHASE_PROMPT] = { DIAL_STATE_PROMPT, 0 },
    [PHASE_SENT] = { DIAL_STATE_DIALLING, 30 },    [PHASE_DIALLING] = { DIAL_STATE_DIALLING, 0 },
    [PHASE_ALERTING] = { DIAL_STATE_ALERTING, 0 }, [PHASE_ACTIVE] = { DIAL_STATE_ACTIVE, 0 },
    [PHASE_INCOMING] = { DIAL_STATE_INCOMING, 0 }, [PHASE_ENDING] = { DIAL_STATE_DIALLING, 10 },
};

bool dial_take_step(struct dial_machine *m, struct dial_call *call, enum dial_transition step)
{
    const enum dial_phase next = dial_phase_next[call->phase][step];
    bool fits = step == STEP_OVER ? call->phase != PHASE_IDLE : next != PHASE_IDLE;

    if (!fits) {
        return false;
    }
    call->phase = next;
    call->limit_us = DIAL_NEVER;
    if (phase_facts[next].limit_s != 0) {
        call->limit_us = m->now_us + (uint64_t)phase_facts[next].limit_s * DIAL_SECOND_US;
    }
    return true;
}

/* ---- what is shown --------------------------------------------------------------------------- */

enum dial_state dial_call_state(const struct dial_call *call)
{
    bool was_active = call->phase == PHASE_ENDING && call->active_since_us != 0;

    return was_active ? DIAL_STATE_ACTIVE : phase_facts[call->phase].state;
}

struct shown_number dial_shown_number(const struct call_plan *plan)
{
    return (struct shown_number){
        .tariff = { plan->category, plan->price_cents, plan->unit },
        .groups = plan->groups,
        .country = plan->country,
        .number = plan->number,
    };
}

struct call_view dial_view(const struct dial_machine *m, uint32_t more_flags)
{
    const struct dial_call *call = &m->call;
    struct call_view view = {
        .operation = DISPLAY_CALL,
        .state = dial_call_state(call),
        .origin = call->origin,
        .flags = call->flags | more_flags,
        .started_us = wide_split(call->active_since_us),
        .about = dial_shown_number(&call->plan),
    };

    if (call->phase == PHASE_SENT && call->plan.is_emergency) {
        view.tries = call->tries;
    }
    if (m->second.phase == PHASE_INCOMING) {
        view.is_waiting = true;
        view.waiting = m->second.plan.number;
    }
    return view;
}

void dial_show_call(struct dial_actions *out)
{
    out->show_call = true;
    out->signal_legacy = true;
}

void dial_refuse(uint32_t serial, enum dial_reason reason, struct dial_actions *out)
{
    out->refusal =
        (struct refusal_view){ .operation = DISPLAY_REFUSAL, .serial = serial, .reason = reason };
}

static void show_outcome(const struct dial_machine *m, const struct dial_call *call,
                         enum dial_outcome outcome, enum dial_reason reason,
                         struct dial_actions *out)
{
    out->outcome = (struct outcome_view){
        .operation = DISPLAY_OUTCOME,
        .origin = call->origin,
        .outcome = outcome,
        .reason = reason,
        .about = dial_shown_number(&call->plan),
    };
    if (call->active_since_us != 0) {
        out->outcome.seconds = (uint32_t)((m->now_us - call->active_since_us) / DIAL_SECOND_US);
    }
    out->signal_legacy = true;
    if (call->owner != NULL) {
        call->owner->outcome = outcome;
    }
}

/* ---- the log, and how a flood becomes one line a second -------------------------------------- */

static void add_entry(struct dial_actions *out, const struct audit_entry *entry)
{
    if (out->log_count < DIAL_LOG_MAX) {
        out->log[out->log_count++] = *entry;
    }
}

static void log_times(const struct dial_call *call, struct dial_actions *out, enum audit_kind kind,
                      uint32_t detail, uint32_t repeats)
{
    const struct audit_entry entry = { .kind = kind,
                                       .origin = call->origin,
                                       .epoch = (uint32_t)call->epoch,
                                       .detail = detail,
                                       .repeats = repeats,
                                       .number = call->plan.number };

    add_entry(out, &entry);
}

void dial_log(const struct dial_call *call, struct dial_actions *out, enum audit_kind kind,
              uint32_t detail)
{
    log_times(call, out, kind, detail, 1);
}

void dial_log_sent(struct dial_call *call, struct dial_actions *out)
{
    if (call->tries > call->logged) {
        log_times(call, out, AUDIT_SENT, call->token, call->tries - call->logged);
    }
    call->logged = call->tries;
}

/* As the band says it. */
static uint32_t price_detail(const struct call_plan *plan)
{
    return plan->category << 16 | plan->price_cents;
}

void dial_log_shown(struct dial_call *call, struct dial_actions *out)
{
    if (!call->is_shown) {
        dial_log(call, out, AUDIT_SHOWN, price_detail(&call->plan));
    }
    call->is_shown = true;
}

void dial_log_failed(struct dial_call *call, struct dial_actions *out, enum dial_outcome outcome,
                     enum dial_reason reason)
{
    dial_log_sent(call, out);
    dial_log(call, out, AUDIT_REFUSED, (uint32_t)outcome | (uint32_t)reason << 8);
}

void dial_flush(struct dial_machine *m, enum dial_limit limit, struct dial_actions *out)
{
    struct dial_limiter *l = &m->limiters[limit];

    if (l->held.repeats == 0 || m->now_us < l->next_us) {
        return;
    }
    add_entry(out, &l->held);
    l->held.repeats = 0;
    l->next_us = m->now_us + DIAL_SECOND_US;
}

void dial_log_limited(struct dial_machine *m, enum dial_limit limit, const struct audit_entry *e,
                      struct dial_actions *out)
{
    struct dial_limiter *l = &m->limiters[limit];
    uint32_t repeats = l->held.repeats < UINT32_MAX ? l->held.repeats + 1 : UINT32_MAX;

    l->held = *e;
    l->held.repeats = repeats;
    dial_flush(m, limit, out);
}

/* ---- requests -------------------------------------------------------------------------------- */

void dial_open_prompt(struct dial_machine *m, struct dial_actions *out)
{
    m->prompt_waits = m->prompt_is_out;
    out->open_prompt = !m->prompt_waits;
    m->prompt_is_out = true;
}

void dial_close_request(struct dial_machine *m, enum dial_outcome outcome, enum dial_fault fault,
                        struct dial_actions *out)
{
    if (!dial_take_step(m, &m->request, STEP_OVER)) {
        return;
    }
    dial_log_failed(&m->request, out, outcome, REASON_NONE);
    show_outcome(m, &m->request, outcome, REASON_NONE, out);
    /* What nobody saw, or Linux took back, pushes no call off the list of the last ones. */
    if (!m->request.is_shown || outcome == DIAL_OUTCOME_WITHDRAWN) {
        out->outcome.operation = 0;
    }
    dial_legacy_failed(m, fault);
    m->request.owner = NULL;
}

void dial_withdraw(struct dial_machine *m, enum dial_fault fault, struct dial_actions *out)
{
    if (m->request.phase != PHASE_PROMPT) {
        return;
    }
    if (!m->prompt_waits) {
        out->cancel_epoch = m->request.epoch;
    }
    dial_close_request(m, DIAL_OUTCOME_WITHDRAWN, fault, out);
}

/* ---- calls ----------------------------------------------------------------------------------- */

struct dial_call *dial_ringing(struct dial_machine *m)
{
    if (m->second.phase == PHASE_INCOMING) {
        return &m->second;
    }
    return m->call.phase == PHASE_INCOMING ? &m->call : NULL;
}

void dial_hang_up(struct dial_machine *m, struct dial_call *call, struct dial_actions *out)
{
    bool rings = call->phase == PHASE_INCOMING;

    if (!dial_take_step(m, call, STEP_HANG_UP)) {
        return;
    }
    if (rings) {
        dial_log_failed(call, out, DIAL_OUTCOME_DECLINED, REASON_NONE);
    }
    out->command.operation = rings ? MODEM_DECLINE : MODEM_HANG_UP;
    out->command.token = call->token;
    dial_show_call(out);
}

bool dial_tone(const struct dial_machine *m, uint32_t symbol, struct dial_actions *out)
{
    if (m->call.phase != PHASE_ACTIVE || symbol > SYMBOL_HASH) {
        return false;
    }
    out->command =
        (struct modem_request){ .operation = MODEM_TONE, .token = m->call.token, .value = symbol };
    return true;
}

/* D1: the only place that a dial action comes from. */
static void dial_offer(const struct dial_call *call, struct dial_actions *out)
{
    dial_show_call(out);
    out->command = (struct modem_request){
        .operation = MODEM_DIAL,
        .token = call->token,
        .value = call->plan.flags,
        .number = call->plan.number,
    };
    if (call->plan.is_emergency) {
        out->command.value |= MODEM_FLAG_EMERGENCY;
    }
}

void dial_offer_again(struct dial_machine *m, struct dial_actions *out)
{
    if (m->call.phase != PHASE_SENT || !m->call.is_untaken) {
        return;
    }
    m->call.is_untaken = false;
    m->call.limit_us = DIAL_NEVER;
    dial_offer(&m->call, out);
}

/*
 * D3.
 *
 *@ requires m->confirmation.is_open;
 *@ requires number_is_equal(&m->confirmation.number, &m->call.plan.number);
 *@ ensures !m->confirmation.is_open && out->command.operation == MODEM_DIAL;
 *@ ensures number_is_equal(&out->command.number, &m->call.plan.number);
 */
static void dial_send(struct dial_machine *m, struct dial_actions *out)
{
    m->confirmation.is_open = false;
    m->last_token = m->last_token % MODEM_TOKEN_OWN_MAX + 1;
    m->call.token = m->last_token;
    if (m->call.plan.is_emergency) {
        m->call.limit_us =
            DIAL_NEVER; /* the driver tries until it is taken, or the user hangs up */
    }
    out->outcome.operation = 0; /* of what made way: the new call's screen comes instead */
    dial_offer(&m->call, out);
}

/* An emergency waits for no other call's end. The driver ends what is up, and says so later. */
static void make_way(struct dial_machine *m, struct dial_actions *out)
{
    if (m->second.phase != PHASE_IDLE) {
        dial_log_failed(&m->second, out, DIAL_OUTCOME_FAILED, REASON_CALL_UP);
        dial_close(m, &m->second, DIAL_OUTCOME_FAILED, REASON_CALL_UP, out);
    }
    dial_take_step(m, &m->call, STEP_HANG_UP);
    m->second = m->call;
    m->call = (struct dial_call){ .phase = PHASE_IDLE };
}

/* Sends the confirmed call once no other call is up; an ordinary one hangs that up first. */
static void take_confirmed(struct dial_machine *m, struct dial_actions *out)
{
    struct dial_call *next = &m->confirmation.call;

    if (m->call.phase != PHASE_IDLE && next->plan.is_emergency) {
        make_way(m, out);
    }
    if (m->call.phase != PHASE_IDLE) {
        dial_hang_up(m, &m->call, out);
        return;
    }
    if (!number_is_equal(&m->confirmation.number, &next->plan.number) ||
        !dial_take_step(m, next, STEP_CONFIRMED)) {
        m->confirmation.is_open = false;
        return;
    }
    m->call = *next;
    dial_log(&m->call, out, AUDIT_CONFIRMED, price_detail(&m->call.plan));
    dial_send(m, out);
}

void dial_confirmed(struct dial_machine *m, const struct dial_call *call,
                    const struct number *shown, struct dial_actions *out)
{
    dial_forget_confirmed(m, out);
    m->confirmation.is_open = true;
    m->confirmation.number = *shown;
    m->confirmation.call = *call;
    take_confirmed(m, out);
}

void dial_forget_confirmed(struct dial_machine *m, struct dial_actions *out)
{
    if (!m->confirmation.is_open) {
        return;
    }
    m->confirmation.is_open = false;
    dial_log_failed(&m->confirmation.call, out, DIAL_OUTCOME_WITHDRAWN, REASON_NONE);
    show_outcome(m, &m->confirmation.call, DIAL_OUTCOME_WITHDRAWN, REASON_NONE, out);
}

/* The panel's call is over: what was confirmed is next, or the call that waits. */
static void follow(struct dial_machine *m, struct dial_actions *out)
{
    if (m->confirmation.is_open) {
        take_confirmed(m, out);
    } else if (m->second.phase == PHASE_INCOMING) {
        m->call = m->second;
        m->second = (struct dial_call){ .phase = PHASE_IDLE };
    }
}

void dial_close(struct dial_machine *m, struct dial_call *call, enum dial_outcome outcome,
                enum dial_reason reason, struct dial_actions *out)
{
    if (!dial_take_step(m, call, STEP_OVER)) {
        return;
    }
    show_outcome(m, call, outcome, reason, out);
    dial_show_call(out);
    call->owner = NULL;
    if (call->plan.is_emergency) {
        m->rescuers_until_us = m->now_us + (uint64_t)RESCUERS_CALL_BACK_S * DIAL_SECOND_US;
    }
    if (call == &m->call) {
        follow(m, out);
    }
}
