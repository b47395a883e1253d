/* SPDX-License-Identifier: BSD-2-Clause */
/* What the modem driver reports, and what it does not take. */
#include "dial_modem.h"

#include <stddef.h>

enum { SENT_EACH = 8 };

_Static_assert(MODEM_CAUSE_NO_DIALTONE < 1 << 8, "a record's detail has the event above the cause");

static uint32_t result_detail(const struct dial_input *in)
{
    return in->operation << 8 | (in->value & 0xff);
}

static struct dial_call *find_call(struct dial_machine *m, uint32_t token)
{
    if (m->call.phase != PHASE_IDLE && m->call.token == token) {
        return &m->call;
    }
    return m->second.phase != PHASE_IDLE && m->second.token == token ? &m->second : NULL;
}

/* ---- calls that come in ---------------------------------------------------------------------- */

static void set_caller(struct dial_call *call, const struct number *number)
{
    if (number_is_callable(number)) {
        call->plan.number = *number;
    }
}

/* Beside a call that is up it waits; a third caller is only logged. UI: no outgoing prompt while it
 * rings. */
static void new_caller(struct dial_machine *m, const struct dial_input *in,
                       struct dial_actions *out)
{
    struct dial_call *place = m->call.phase == PHASE_IDLE ? &m->call : &m->second;
    struct dial_call call = { .origin = ORIGIN_NETWORK,
                              .token = in->token,
                              .epoch = ++m->last_epoch };

    set_caller(&call, &in->number);
    if (m->now_us < m->rescuers_until_us) {
        call.flags = CALL_FLAG_RESCUERS;
    }
    dial_log(&call, out, AUDIT_RINGING, in->token);
    if (!m->request.plan.is_emergency) {
        dial_withdraw(m, FAULT_OF_NOBODY, out);
    }
    if (place->phase == PHASE_ENDING) {
        dial_log_failed(place, out, DIAL_OUTCOME_FAILED, REASON_RINGING);
        dial_close(m, place, DIAL_OUTCOME_FAILED, REASON_RINGING, out);
    }
    if (place->phase != PHASE_IDLE) {
        return;
    }
    dial_take_step(m, &call, STEP_RINGING);
    *place = call;
    out->outcome.operation = 0;
    dial_show_call(out);
}

static void ringing(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    struct dial_call *call = find_call(m, in->token);

    if (call == NULL) {
        new_caller(m, in, out);
    } else if (call->phase == PHASE_INCOMING) { /* told again, now perhaps with its number */
        set_caller(call, &in->number);
        dial_show_call(out);
    }
}

/* ---- the ends of calls ----------------------------------------------------------------------- */

static enum dial_outcome outcome_of_end(const struct dial_call *call, const struct dial_input *in)
{
    bool was_ringing = call->origin == ORIGIN_NETWORK && call->active_since_us == 0;

    if (was_ringing) {
        return call->phase == PHASE_ENDING ? DIAL_OUTCOME_DECLINED : DIAL_OUTCOME_MISSED;
    }
    if (in->operation != MODEM_EVENT_ENDED) {
        return DIAL_OUTCOME_FAILED;
    }
    if (call->phase == PHASE_ENDING || call->phase == PHASE_ACTIVE) {
        return DIAL_OUTCOME_ENDED;
    }
    return in->value == MODEM_CAUSE_BUSY ? DIAL_OUTCOME_BUSY : DIAL_OUTCOME_FAILED;
}

static enum dial_reason reason_of_end(const struct dial_input *in)
{
    if (in->operation == MODEM_EVENT_LOST) {
        return REASON_NO_MODEM;
    }
    if (in->operation == MODEM_EVENT_MISMATCH) {
        return REASON_MISMATCH;
    }
    if (in->value == MODEM_CAUSE_TIMEOUT) {
        return REASON_TIMEOUT;
    }
    return in->value == MODEM_CAUSE_ERROR || in->value == MODEM_CAUSE_NO_DIALTONE ? REASON_NETWORK
                                                                                  : REASON_NONE;
}

static void over(struct dial_machine *m, struct dial_call *call, const struct dial_input *in,
                 struct dial_actions *out)
{
    dial_log_sent(call, out);
    dial_log(call, out, AUDIT_RESULT, result_detail(in));
    dial_close(m, call, outcome_of_end(call, in), reason_of_end(in), out);
    dial_offer_again(m, out);
}

/* Not meant is an own call that the driver took later than that, and what it says that it kept. */
static bool is_lost(const struct dial_call *call, const struct dial_input *in)
{
    const bool is_kept = call->token == in->kept[0] || call->token == in->kept[1];

    return !is_kept && ((call->token & MODEM_TOKEN_INCOMING) != 0 || call->token <= in->taken);
}

/* The line is dead or the modem was reset. An emergency call that no modem has taken yet goes on:
 * the driver dials it again. */
static void lost(struct dial_machine *m, struct dial_call *call, const struct dial_input *in,
                 struct dial_actions *out)
{
    bool goes_on = call->plan.is_emergency && call->phase == PHASE_SENT;

    if (call->phase == PHASE_IDLE) {
        return;
    }
    if (is_lost(call, in) && !goes_on) {
        over(m, call, in, out);
    } else {
        dial_log(call, out, AUDIT_RESULT, result_detail(in));
    }
}

/* ---- the lives of calls ---------------------------------------------------------------------- */

/* The call that waited was answered: it is the panel's now, and the other one ends. */
static void change_places(struct dial_machine *m)
{
    const struct dial_call answered = m->second;

    dial_take_step(m, &m->call, STEP_HANG_UP);
    m->second = m->call;
    m->call = answered;
}

/* The first eight tries are logged one by one, then as many in one record as there were before. */
static bool is_logged_now(uint32_t tries)
{
    return tries <= SENT_EACH || (tries & (tries - 1)) == 0;
}

static void sent(struct dial_call *call, uint32_t tries, struct dial_actions *out)
{
    if (call->origin == ORIGIN_NETWORK) {
        return;
    }
    call->tries = tries;
    if (is_logged_now(tries)) {
        dial_log_sent(call, out);
    }
    if (call->plan.is_emergency) {
        dial_show_call(out);
    }
}

static void advance(struct dial_machine *m, struct dial_call *call, enum dial_transition step,
                    const struct dial_input *in, struct dial_actions *out)
{
    if (call->tries == 0) {
        sent(call, 1, out); /* what the modem answered was on the line */
    }
    dial_log_sent(call, out);
    if (step != STEP_TAKEN && call->phase == PHASE_SENT) {
        (void)dial_take_step(m, call, STEP_TAKEN); /* … and what goes on was taken */
    }
    dial_log(call, out, AUDIT_RESULT, result_detail(in));
    if (!dial_take_step(m, call, step)) {
        return;
    }
    if (call->phase == PHASE_ACTIVE) {
        call->active_since_us = m->now_us;
    }
    if (call->phase == PHASE_ACTIVE && call == &m->second) {
        change_places(m);
    }
    dial_show_call(out);
}

static void differs(struct dial_call *call, const struct dial_input *in, struct dial_actions *out)
{
    dial_log(call, out, AUDIT_RESULT, result_detail(in));
    call->flags |= CALL_FLAG_DIFFERS;
    dial_show_call(out);
}

/* The driver names a call that is not here. If it lives, it would be billed out of everybody's
 * sight. */
static void orphan(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    const struct audit_entry entry = { .kind = AUDIT_RESULT,
                                       .origin = ORIGIN_NETWORK,
                                       .detail = result_detail(in) };

    dial_log_limited(m, LIMIT_ORPHAN, &entry, out);
    if (in->token != MODEM_ANY_CALL && in->operation != MODEM_EVENT_ENDED &&
        in->operation != MODEM_EVENT_MISMATCH) {
        out->command = (struct modem_request){ .operation = MODEM_HANG_UP, .token = in->token };
    }
}

/* Of the call that the driver names, or of none that is here. */
static void call_event(struct dial_machine *m, struct dial_call *call, const struct dial_input *in,
                       struct dial_actions *out)
{
    static const enum dial_transition steps[MODEM_EVENT_KINDS] = {
        [MODEM_EVENT_TAKEN] = STEP_TAKEN,
        [MODEM_EVENT_ALERTING] = STEP_ALERTING,
        [MODEM_EVENT_ACTIVE] = STEP_ACTIVE,
    };

    if (call == NULL) {
        orphan(m, in, out);
    } else if (in->operation == MODEM_EVENT_SENT) {
        sent(call, in->value, out);
    } else if (in->operation == MODEM_EVENT_DIFFERS) {
        differs(call, in, out);
    } else if (in->operation == MODEM_EVENT_ENDED || in->operation == MODEM_EVENT_MISMATCH) {
        over(m, call, in, out);
    } else {
        advance(m, call, steps[in->operation], in, out);
    }
}

void dial_modem(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    if (in->operation == MODEM_EVENT_RINGING) {
        ringing(m, in, out);
    } else if (in->operation == MODEM_EVENT_READY) {
        m->sim = in->value != 0 ? SIM_READY : SIM_NONE;
        dial_offer_again(m, out);
    } else if (in->operation == MODEM_EVENT_LOST) {
        lost(m, &m->second, in, out);
        lost(m, &m->call, in, out);
    } else if (in->operation >= MODEM_EVENT_TAKEN && in->operation < MODEM_EVENT_KINDS) {
        call_event(m, find_call(m, in->token), in, out);
    }
}

enum dial_reason dial_why_not_taken(uint32_t operation, uint32_t answer)
{
    if (answer == MODEM_BUSY) {
        return operation == MODEM_TONE ? REASON_TOO_FAST : REASON_CALL_UP;
    }
    if (answer == MODEM_INVALID && operation != MODEM_DIAL) {
        return REASON_NO_CALL;
    }
    return answer == MODEM_OK ? REASON_NONE : REASON_NO_MODEM;
}

/* An emergency is offered again: in a second, or when the modem or a call's end gives cause to
 * hope. */
static void not_dialled(struct dial_machine *m, enum dial_reason reason, struct dial_actions *out)
{
    if (m->call.phase != PHASE_SENT) {
        return;
    }
    if (!m->call.plan.is_emergency) {
        dial_log_failed(&m->call, out, DIAL_OUTCOME_FAILED, reason);
        dial_close(m, &m->call, DIAL_OUTCOME_FAILED, reason, out);
        return;
    }
    m->call.is_untaken = true;
    m->call.limit_us = m->now_us + DIAL_SECOND_US;
    if (reason == REASON_NO_MODEM) {
        out->command =
            (struct modem_request){ .operation = MODEM_HANG_UP, .token = MODEM_ANY_CALL };
    }
}

/* A hang-up has a limit of its own. What else was asked for is not done: whoever asked hears it. */
void dial_not_taken(struct dial_machine *m, const struct dial_input *in, struct dial_actions *out)
{
    const bool is_asked = in->operation == MODEM_ANSWER || in->operation == MODEM_TONE;

    if (in->operation == MODEM_DIAL) {
        not_dialled(m, (enum dial_reason)in->value, out);
    } else if (is_asked && in->badge != 0) {
        out->reply.answer = DIALLER_BUSY;
    } else if (is_asked) {
        dial_refuse(0, (enum dial_reason)in->value, out);
    }
}
