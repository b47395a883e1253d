/* SPDX-License-Identifier: BSD-2-Clause */
/* The dialler's own machine behind the port, in the place of dialler_port.c and the shells. */
#include "dialler_peer.h"

#include "dial_machine.h"

enum { BADGE = 1 | 5 << DIALLER_BADGE_EPOCH_SHIFT };

static struct dial_machine machine;
static struct dial_actions out;
static uint64_t now_us;
static uint32_t incoming;

static struct dialler_reply feed(struct dial_input in)
{
    in.now_us = now_us;
    dial_step(&machine, &in, &out);
    return out.reply;
}

static struct dialler_reply ask(uint32_t operation, uint32_t value, const struct number *number)
{
    struct dial_input in = {
        .kind = DIAL_INPUT_LEGACY, .badge = BADGE, .operation = operation, .value = value
    };

    if (number != 0) {
        in.number = *number;
    }
    return feed(in);
}

static void modem(uint32_t event, uint32_t cause)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM,
                              .operation = event,
                              .token = machine.call.token,
                              .taken = machine.last_token,
                              .value = cause });
}

static void decide(uint32_t decision)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_DECISION,
                              .value = decision,
                              .epoch = machine.request.epoch,
                              .number = machine.request.plan.number });
}

/* ---- the port -------------------------------------------------------------------------------- */

enum dialler_answer dialler_port_dial(uint32_t flags, const struct number *number)
{
    return (enum dialler_answer)ask(DIALLER_DIAL, flags, number).answer;
}

/* The display answers a prompt that is withdrawn. */
static enum dialler_answer ask_and_withdraw(uint32_t operation)
{
    const uint32_t answer = ask(operation, 0, 0).answer;

    if (out.cancel_epoch != 0) {
        decide(DECISION_WITHDRAWN);
    }
    return (enum dialler_answer)answer;
}

enum dialler_answer dialler_port_hang_up(void)
{
    return ask_and_withdraw(DIALLER_HANG_UP);
}

enum dialler_answer dialler_port_answer(void)
{
    return (enum dialler_answer)ask(DIALLER_ANSWER, 0, 0).answer;
}

enum dialler_answer dialler_port_tone(uint32_t symbol)
{
    return (enum dialler_answer)ask(DIALLER_TONE, symbol, 0).answer;
}

void dialler_port_status(struct dialler_reply *status_out)
{
    *status_out = ask(DIALLER_STATUS, 0, 0);
}

void dialler_port_report(enum report_kind kind, uint64_t address)
{
    (void)address;
    (void)ask(DIALLER_REPORT, kind, 0);
}

void dialler_port_cancel_all(void)
{
    (void)ask_and_withdraw(DIALLER_CANCEL_ALL);
}

/* ---- the other side -------------------------------------------------------------------------- */

void peer_reset(void)
{
    machine = (struct dial_machine){ 0 };
    now_us = 1000000;
    incoming = MODEM_TOKEN_INCOMING;
    feed((struct dial_input){ .kind = DIAL_INPUT_START });
}

void peer_time_passes(uint64_t us)
{
    now_us += us;
    feed((struct dial_input){ .kind = DIAL_INPUT_TIMER });
}

void peer_confirms(void)
{
    decide(DECISION_CONFIRMED);
    modem(MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
}

void peer_refuses(void)
{
    decide(DECISION_REFUSED);
}

void peer_alerts(void)
{
    modem(MODEM_EVENT_ALERTING, MODEM_CAUSE_NORMAL);
}

void peer_answers(void)
{
    modem(MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
}

void peer_is_busy(void)
{
    modem(MODEM_EVENT_ENDED, MODEM_CAUSE_BUSY);
}

void peer_ends(void)
{
    modem(MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
}

void peer_rings(const struct number *number)
{
    feed((struct dial_input){ .kind = DIAL_INPUT_MODEM,
                              .operation = MODEM_EVENT_RINGING,
                              .token = ++incoming,
                              .number = *number });
}
