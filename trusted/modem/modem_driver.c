/* SPDX-License-Identifier: BSD-2-Clause */
#include "modem_driver.h"

#include "dialler.h"

#include <stddef.h>

#define STAY CALL_PHASES

enum {
    SECOND_US = 1000000,
    ANSWER_US = 2 * SECOND_US,
    DIAL_ANSWER_US = 10 * SECOND_US,
    TIMEOUTS_MAX = 2,
    ABSENT_MAX = 2, /* a modem may list a new call a moment late */
};

const enum call_phase call_phase_next[CALL_PHASES][CALL_STEPS] = {
    /*                   QUEUE        WRITE      ACCEPT         ALERT          ANSWER       OFFER          GONE      */
    [CALL_NONE]     = { CALL_QUEUED, STAY,      STAY,          STAY,          STAY,        CALL_INCOMING, STAY      },
    [CALL_QUEUED]   = { STAY,        CALL_SENT, STAY,          STAY,          STAY,        STAY,          CALL_NONE },
    [CALL_SENT]     = { STAY,        STAY,      CALL_DIALLING, STAY,          STAY,        STAY,          CALL_NONE },
    [CALL_DIALLING] = { STAY,        STAY,      STAY,          CALL_ALERTING, CALL_ACTIVE, STAY,          CALL_NONE },
    [CALL_ALERTING] = { STAY,        STAY,      STAY,          STAY,          CALL_ACTIVE, STAY,          CALL_NONE },
    [CALL_ACTIVE]   = { STAY,        STAY,      STAY,          STAY,          STAY,        STAY,          CALL_NONE },
    [CALL_INCOMING] = { STAY,        STAY,      STAY,          STAY,          CALL_ACTIVE, STAY,          CALL_NONE },
};

/* How often +CLCC is asked for: as often as oFono does while a call is set up; 0: a dial command is on its way. */
static const uint32_t poll_ms[CALL_PHASES] = {
    [CALL_NONE] = 60000, [CALL_DIALLING] = 500, [CALL_ALERTING] = 500, [CALL_ACTIVE] = 10000, [CALL_INCOMING] = 500,
};

/* E0: no echo. +CHUP: whatever call an earlier driver left behind is nobody's. */
static const char *const init_sequence[] = { "ATE0V1Q0", "AT+CMEE=1", "AT+CHUP", "AT+CRC=0" };
enum { INIT_STEPS = sizeof init_sequence / sizeof init_sequence[0] };

static void schedule_poll(struct modem_driver *d)
{
    d->poll_at_us = d->now_us + (uint64_t)poll_ms[d->phase] * 1000;
}

static bool take_step(struct modem_driver *d, enum call_step step)
{
    enum call_phase next = call_phase_next[d->phase][step];

    if (next == STAY)
        return false;
    d->phase = next;
    schedule_poll(d);
    return true;
}

static uint32_t bit(enum modem_command command)
{
    return (uint32_t)1 << command;
}

static void notify(struct modem_driver *d, enum modem_event event, enum modem_cause cause)
{
    struct modem_notice notice = { .answer = MODEM_OK, .event = event, .token = d->token, .taken = d->last_token,
                                   .cause = cause, .number = d->number };

    if (d->event_count == MODEM_EVENTS) { /* nobody fetches: what is left to say is that nothing is certain */
        d->event_count = 0;
        notice.event = MODEM_EVENT_LOST;
    }
    d->events[(d->first_event + d->event_count) % MODEM_EVENTS] = notice;
    d->event_count++;
}

bool modem_driver_take_event(struct modem_driver *d, struct modem_notice *notice_out)
{
    if (d->event_count == 0)
        return false;
    *notice_out = d->events[d->first_event];
    d->first_event = (d->first_event + 1) % MODEM_EVENTS;
    d->event_count--;
    return true;
}

/* ---- commands ---- */

/* M1: the only place where a dial command is made; CALL_WRITE leads away from CALL_QUEUED for good. */
static void write_dial(struct modem_driver *d)
{
    static const char *const ends[] = { ";\r", [DIAL_HIDE_NUMBER] = "I;\r", [DIAL_SHOW_NUMBER] = "i;\r" };

    /* TS 27.007 6.2 "Dial command D": I and i invoke and suppress CLIR; ';' makes it a voice call. */
    if (take_step(d, CALL_WRITE))
        at_append(&d->output, "ATD", &d->number, ends[d->flags]);
}

static void write_command(struct modem_driver *d, enum modem_command command)
{
    static const char *const texts[COMMANDS] = {
        [COMMAND_HANG_UP] = "AT+CHUP", [COMMAND_ANSWER] = "ATA", [COMMAND_TONE] = "AT+VTS=", [COMMAND_LIST] = "AT+CLCC",
    };
    const struct number tone = { .length = command == COMMAND_TONE, .packed = { d->tone } };

    if (command == COMMAND_LIST)
        d->listed = 0;
    if (command == COMMAND_DIAL)
        write_dial(d);
    else
        at_append(&d->output, command == COMMAND_INIT ? init_sequence[d->init_step] : texts[command], &tone, "\r");
}

static bool polls(const struct modem_driver *d)
{
    return d->is_up && poll_ms[d->phase] != 0;
}

static void send_next(struct modem_driver *d)
{
    if (d->in_flight != COMMAND_NONE || d->output.length > 0)
        return;
    if (polls(d) && d->now_us >= d->poll_at_us) {
        d->wanted |= bit(COMMAND_LIST);
        schedule_poll(d);
    }
    if (d->wanted == 0)
        return;
    d->in_flight = (enum modem_command)__builtin_ctz(d->wanted);
    d->wanted &= ~bit(d->in_flight);
    write_command(d, d->in_flight);
    d->answer_by_us = d->now_us + (d->in_flight == COMMAND_DIAL ? DIAL_ANSWER_US : ANSWER_US);
}

void modem_driver_output_taken(struct modem_driver *d, uint32_t count)
{
    for (uint32_t i = count; i < d->output.length; i++)
        d->output.bytes[i - count] = d->output.bytes[i];
    d->output.length -= count;
}

/* ---- calls ---- */

static void call_gone(struct modem_driver *d, enum modem_event event, enum modem_cause cause)
{
    if (!take_step(d, CALL_GONE))
        return;
    d->wanted &= bit(COMMAND_INIT) | bit(COMMAND_HANG_UP);
    notify(d, event, cause);
    d->token = 0;
    d->number = (struct number){ 0 };
}

/* A call that has not been written yet cannot be the one that the modem speaks of. */
static void call_ended(struct modem_driver *d, enum modem_event event, enum modem_cause cause)
{
    if (d->phase != CALL_QUEUED)
        call_gone(d, event, cause);
}

static void call_begun(struct modem_driver *d)
{
    d->absent = 0;
    d->is_announced = false;
}

static void start_again(struct modem_driver *d)
{
    d->in_flight = COMMAND_NONE;
    d->wanted = bit(COMMAND_INIT);
    d->is_up = false;
    d->init_step = d->timeouts = 0;
    d->output.length = 0;
}

static void line_lost(struct modem_driver *d)
{
    if (d->phase != CALL_NONE)
        call_gone(d, MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    else if (d->is_up)
        notify(d, MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    start_again(d);
}

/* M4. A modem may show the digits of an international number without its '+', with type 145. */
static bool is_our_number(const struct modem_driver *d, const struct at_answer *listed)
{
    struct number with_plus = { 0 };

    if (!listed->has_number || number_is_equal(&listed->number, &d->number))
        return true; /* TS 27.007 7.18: the number is optional */
    (void)number_append(&with_plus, SYMBOL_PLUS);
    for (uint32_t i = 0; i < listed->number.length; i++)
        (void)number_append(&with_plus, number_symbol_at(&listed->number, i));
    return listed->is_international && number_is_equal(&with_plus, &d->number);
}

static void listed(struct modem_driver *d, const struct at_answer *a)
{
    enum { STATE_ACTIVE = 0, STATE_ALERTING = 3 };
    bool is_ours = d->token != 0 && d->phase != CALL_QUEUED && d->listed == 0 && is_our_number(d, a);

    if (d->in_flight != COMMAND_LIST)
        return;
    d->listed++;
    if (!a->is_incoming && !is_ours) { /* nobody confirmed it, nobody shall pay it */
        call_ended(d, MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR);
        d->wanted |= bit(COMMAND_HANG_UP);
        return;
    }
    if (a->is_incoming && d->phase != CALL_INCOMING)
        return;
    if (a->is_incoming)
        d->number = a->number;
    if (a->state == STATE_ALERTING && take_step(d, CALL_ALERT))
        notify(d, MODEM_EVENT_ALERTING, MODEM_CAUSE_NORMAL);
    else if (a->state == STATE_ACTIVE && take_step(d, CALL_ANSWER))
        notify(d, MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
}

static void list_ended(struct modem_driver *d)
{
    if (d->phase == CALL_INCOMING && !d->is_announced) {
        d->is_announced = true;
        notify(d, MODEM_EVENT_RINGING, MODEM_CAUSE_NORMAL);
    }
    d->absent = d->listed == 0 ? d->absent + 1 : 0;
    if (d->absent >= ABSENT_MAX)
        call_ended(d, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
}

/* ---- answers ---- */

static void command_ended(struct modem_driver *d, enum modem_command command, const struct at_answer *a)
{
    bool is_ok = a->kind == ANSWER_OK;

    if (command == COMMAND_INIT) { /* an ERROR is an answer too: the modem lives */
        d->init_step++;
        d->is_up = d->init_step == INIT_STEPS;
        d->wanted |= d->is_up ? 0 : bit(COMMAND_INIT);
        schedule_poll(d);
    } else if (command == COMMAND_LIST) {
        list_ended(d);
    } else if (command == COMMAND_DIAL && is_ok && take_step(d, CALL_ACCEPT)) {
        call_begun(d);
        notify(d, MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
    } else if (command == COMMAND_HANG_UP && !is_ok && d->phase != CALL_NONE && d->phase != CALL_QUEUED) {
        line_lost(d); /* a modem that cannot hang up is set up anew, which begins with hanging up */
    } else if (command == COMMAND_HANG_UP || (command != COMMAND_TONE && !is_ok)) {
        call_ended(d, MODEM_EVENT_ENDED, a->cause);
    }
    if (command == COMMAND_ANSWER && is_ok)
        d->wanted |= bit(COMMAND_LIST);
}

/* V.250 6.3.1: NO CARRIER and the like end a dial or answer command; at any other time they end the call. */
static void result(struct modem_driver *d, const struct at_answer *a)
{
    enum modem_command command = d->in_flight;

    if (a->kind == ANSWER_END && command != COMMAND_DIAL && command != COMMAND_ANSWER) {
        call_ended(d, MODEM_EVENT_ENDED, a->cause);
    } else if (command != COMMAND_NONE) {
        d->in_flight = COMMAND_NONE;
        d->timeouts = 0;
        command_ended(d, command, a);
    }
}

static void answered(struct modem_driver *d, const struct at_answer *a)
{
    switch (a->kind) {
    case ANSWER_OK:
    case ANSWER_ERROR:
    case ANSWER_END: result(d, a); return;
    case ANSWER_RING:
        if (take_step(d, CALL_OFFER)) {
            call_begun(d);
            d->wanted |= bit(COMMAND_LIST); /* tells the number, and then the dialler hears of it */
        }
        return;
    case ANSWER_CALL: listed(d, a); return;
    case ANSWER_RESTARTED: line_lost(d); return;
    case ANSWER_NOTHING:
    case ANSWERS: return;
    }
}

void modem_driver_receive(struct modem_driver *d, uint64_t now_us, const uint8_t *bytes, uint32_t count)
{
    d->now_us = now_us;
    for (uint32_t i = 0; i < count; i++) {
        struct at_answer answer = at_reader_feed(&d->reader, bytes[i]);

        answered(d, &answer);
    }
    send_next(d);
}

/* ---- time ---- */

static void timed_out(struct modem_driver *d)
{
    enum modem_command command = d->in_flight;

    d->in_flight = COMMAND_NONE;
    d->timeouts++;
    if (command == COMMAND_DIAL) { /* it may have arrived all the same: hang up, never dial again (M1) */
        call_gone(d, MODEM_EVENT_ENDED, MODEM_CAUSE_TIMEOUT);
        d->wanted |= bit(COMMAND_HANG_UP);
    } else if (command == COMMAND_INIT || command == COMMAND_HANG_UP || d->timeouts >= TIMEOUTS_MAX) {
        line_lost(d);
    }
}

void modem_driver_advance(struct modem_driver *d, uint64_t now_us)
{
    d->now_us = now_us;
    if (d->in_flight != COMMAND_NONE && now_us >= d->answer_by_us)
        timed_out(d);
    send_next(d);
}

uint64_t modem_driver_deadline(const struct modem_driver *d)
{
    if (d->in_flight != COMMAND_NONE)
        return d->answer_by_us;
    return polls(d) ? d->poll_at_us : MODEM_NEVER;
}

/* ---- requests ---- */

static enum modem_answer dial(struct modem_driver *d, const struct modem_request *r)
{
    uint32_t clir = r->value & ~(uint32_t)MODEM_FLAG_EMERGENCY;

    if (r->token == 0 || r->token == d->last_token || clir >= DIAL_FLAGS_ALL || !number_is_valid(&r->number) ||
        r->number.length > NUMBER_DIAL_MAX)
        return MODEM_INVALID;
    if (!d->is_up)
        return MODEM_NO_LINE;
    if (!take_step(d, CALL_QUEUE))
        return MODEM_BUSY;
    d->token = d->last_token = r->token;
    d->flags = clir;
    d->number = r->number;
    d->wanted |= bit(COMMAND_DIAL);
    return MODEM_OK;
}

static enum modem_answer hang_up(struct modem_driver *d, uint32_t token)
{
    if (token != 0 && token != d->token)
        return MODEM_INVALID;
    if (d->phase == CALL_QUEUED)
        call_gone(d, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    else if (d->phase != CALL_NONE)
        d->wanted |= bit(COMMAND_HANG_UP);
    return MODEM_OK;
}

static enum modem_answer answer(struct modem_driver *d)
{
    if (d->phase != CALL_INCOMING)
        return MODEM_INVALID;
    d->wanted |= bit(COMMAND_ANSWER);
    return MODEM_OK;
}

static enum modem_answer tone(struct modem_driver *d, uint32_t symbol)
{
    if (d->phase != CALL_ACTIVE || symbol > SYMBOL_HASH)
        return MODEM_INVALID;
    if (d->in_flight == COMMAND_TONE || (d->wanted & bit(COMMAND_TONE)) != 0)
        return MODEM_BUSY;
    d->tone = symbol;
    d->wanted |= bit(COMMAND_TONE);
    return MODEM_OK;
}

enum modem_answer modem_driver_request(struct modem_driver *d, uint64_t now_us, const struct modem_request *request)
{
    enum modem_answer result_out = MODEM_INVALID;

    d->now_us = now_us;
    switch ((enum modem_operation)request->operation) {
    case MODEM_DIAL: result_out = dial(d, request); break;
    case MODEM_HANG_UP: result_out = hang_up(d, request->token); break;
    case MODEM_ANSWER: result_out = answer(d); break;
    case MODEM_TONE: result_out = tone(d, request->value); break;
    case MODEM_TAKE_EVENT: /* modem_driver_take_event */
    case MODEM_DECLINE: break;
    }
    send_next(d);
    return result_out;
}

void modem_driver_start(struct modem_driver *d, uint64_t now_us)
{
    *d = (struct modem_driver){ .now_us = now_us };
    start_again(d);
    send_next(d);
}
