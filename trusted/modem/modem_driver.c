/* SPDX-License-Identifier: BSD-2-Clause */
#include "modem_driver.h"

#include "dialler.h"

#include <stddef.h>

#define STAY CALL_PHASES

enum {
    MILLISECOND_US = 1000,
    ANSWER_US = 2000 * MILLISECOND_US,
    DIAL_ANSWER_US = 10000 * MILLISECOND_US,
    LIST_SETUP_US = 500 * MILLISECOND_US,   /* as often as oFono asks */
    LIST_ACTIVE_US = 10000 * MILLISECOND_US,
    ALIVE_US = 60000 * MILLISECOND_US,
    TIMEOUTS_MAX = 2,
    ABSENT_MAX = 2,                         /* a modem may list a new call a moment late */
};

static const enum call_phase phase_next[CALL_PHASES][CALL_STEPS] = {
    /*                   QUEUE        WRITE      ACCEPT         ALERT          ANSWER       OFFER          GONE      */
    [CALL_NONE]     = { CALL_QUEUED, STAY,      STAY,          STAY,          STAY,        CALL_INCOMING, STAY      },
    [CALL_QUEUED]   = { STAY,        CALL_SENT, STAY,          STAY,          STAY,        STAY,          CALL_NONE },
    [CALL_SENT]     = { STAY,        STAY,      CALL_DIALLING, STAY,          STAY,        STAY,          CALL_NONE },
    [CALL_DIALLING] = { STAY,        STAY,      STAY,          CALL_ALERTING, CALL_ACTIVE, STAY,          CALL_NONE },
    [CALL_ALERTING] = { STAY,        STAY,      STAY,          STAY,          CALL_ACTIVE, STAY,          CALL_NONE },
    [CALL_ACTIVE]   = { STAY,        STAY,      STAY,          STAY,          STAY,        STAY,          CALL_NONE },
    [CALL_INCOMING] = { STAY,        STAY,      STAY,          STAY,          CALL_ACTIVE, STAY,          CALL_NONE },
};

/* E0: no echo. +CHUP: whatever call an earlier driver left behind is nobody's. */
static const char *const init_sequence[] = { "ATE0V1Q0", "AT+CMEE=1", "AT+CHUP", "AT+CRC=0", "AT+CREG=1", "AT+CREG?" };
enum { INIT_STEPS = sizeof init_sequence / sizeof init_sequence[0] };

enum call_phase call_phase_after(enum call_phase phase, enum call_step step)
{
    return phase_next[phase][step];
}

static bool take_step(struct modem_driver *d, enum call_step step)
{
    enum call_phase next = call_phase_after(d->phase, step);

    if (next == STAY)
        return false;
    d->phase = next;
    return true;
}

static void want(struct modem_driver *d, enum modem_command command)
{
    d->wanted |= (uint32_t)1 << command;
}

static void forget(struct modem_driver *d, enum modem_command command)
{
    d->wanted &= ~((uint32_t)1 << command);
}

static void notify(struct modem_driver *d, enum modem_event event, enum modem_cause cause)
{
    struct modem_notice notice = { .event = event, .token = d->token, .cause = cause, .number = d->number };

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
    if (take_step(d, CALL_WRITE))
        at_write_dial(&d->output, &d->number, d->flags);
}

static const char *const fixed_text[COMMANDS] = {
    [COMMAND_HANG_UP] = "AT+CHUP", [COMMAND_ANSWER] = "ATA", [COMMAND_LIST] = "AT+CLCC", [COMMAND_ALIVE] = "AT+CREG?",
};

static void write_command(struct modem_driver *d, enum modem_command command)
{
    if (command == COMMAND_LIST)
        d->listed = 0;
    if (command == COMMAND_INIT)
        at_write(&d->output, init_sequence[d->init_step]);
    else if (command == COMMAND_DIAL)
        write_dial(d);
    else if (command == COMMAND_TONE)
        at_write_tone(&d->output, d->tone);
    else if (fixed_text[command] != NULL)
        at_write(&d->output, fixed_text[command]);
}

static void send_next(struct modem_driver *d)
{
    if (d->in_flight != COMMAND_NONE || d->wanted == 0 || d->output.length > 0)
        return;
    d->in_flight = (enum modem_command)__builtin_ctz(d->wanted);
    forget(d, d->in_flight);
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

static void schedule_list(struct modem_driver *d)
{
    bool is_setup = d->phase == CALL_DIALLING || d->phase == CALL_ALERTING || d->phase == CALL_INCOMING;

    d->list_at_us = d->now_us + (is_setup ? LIST_SETUP_US : LIST_ACTIVE_US);
}

static void call_gone(struct modem_driver *d, enum modem_event event, enum modem_cause cause)
{
    if (!take_step(d, CALL_GONE))
        return;
    forget(d, COMMAND_DIAL);
    forget(d, COMMAND_ANSWER);
    forget(d, COMMAND_TONE);
    forget(d, COMMAND_LIST);
    notify(d, event, cause);
    d->token = 0;
    d->number = (struct number){ 0 };
}

static void call_accepted(struct modem_driver *d)
{
    if (!take_step(d, CALL_ACCEPT))
        return;
    d->absent = 0;
    schedule_list(d);
    notify(d, MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
}

/* The command may have arrived all the same: hang up what may be there, never dial again (M1). */
static void dial_failed(struct modem_driver *d, enum modem_cause cause)
{
    call_gone(d, MODEM_EVENT_ENDED, cause);
    want(d, COMMAND_HANG_UP);
}

static void ringing(struct modem_driver *d)
{
    if (!take_step(d, CALL_OFFER))
        return;
    d->absent = 0;
    d->is_announced = false;
    want(d, COMMAND_LIST); /* tells the number, and then the dialler hears of it */
    schedule_list(d);
}

/* ---- the line ---- */

static void start_again(struct modem_driver *d)
{
    d->in_flight = COMMAND_NONE;
    d->wanted = 0;
    d->is_up = false;
    d->is_registered = false;
    d->init_step = 0;
    d->timeouts = 0;
    d->output.length = 0;
    want(d, COMMAND_INIT);
}

static void line_lost(struct modem_driver *d)
{
    bool was_call = d->phase != CALL_NONE;

    call_gone(d, MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    if (!was_call && d->is_up)
        notify(d, MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    start_again(d);
}

static void init_answered(struct modem_driver *d)
{
    d->init_step++; /* an ERROR is an answer too: the modem lives */
    if (d->init_step < INIT_STEPS) {
        want(d, COMMAND_INIT);
        return;
    }
    d->is_up = true;
    d->alive_at_us = d->now_us + ALIVE_US;
    if (d->is_registered)
        notify(d, MODEM_EVENT_READY, MODEM_CAUSE_NORMAL);
}

static void registration(struct modem_driver *d, uint32_t state)
{
    bool was_registered = d->is_registered;

    d->is_registered = state == 1 || state == 5; /* TS 27.007 7.2: home network, roaming */
    if (d->is_up && d->is_registered && !was_registered)
        notify(d, MODEM_EVENT_READY, MODEM_CAUSE_NORMAL);
}

/* M4. A modem may show the digits of an international number without its '+', with type 145. */
static bool is_our_number(const struct modem_driver *d, const struct at_answer *listed)
{
    struct number with_plus = { 0 };

    if (listed->number.length == 0 || number_is_equal(&listed->number, &d->number))
        return true; /* TS 27.007 7.18: the number is optional */
    if (!listed->is_international || !number_append(&with_plus, SYMBOL_PLUS))
        return false;
    for (uint32_t i = 0; i < listed->number.length; i++) {
        if (!number_append(&with_plus, number_symbol_at(&listed->number, i)))
            return false;
    }
    return number_is_equal(&with_plus, &d->number);
}

static void listed_incoming(struct modem_driver *d, const struct at_answer *a)
{
    if (d->phase == CALL_INCOMING)
        d->number = a->number;
    if (a->state == 0 && d->phase == CALL_INCOMING && take_step(d, CALL_ANSWER))
        notify(d, MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
}

static void listed_outgoing(struct modem_driver *d, const struct at_answer *a)
{
    enum { STATE_ACTIVE = 0, STATE_ALERTING = 3 };

    if (d->token == 0 || d->listed > 1 || !is_our_number(d, a)) {
        call_gone(d, MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR);
        want(d, COMMAND_HANG_UP);
    } else if (a->state == STATE_ALERTING && take_step(d, CALL_ALERT)) {
        notify(d, MODEM_EVENT_ALERTING, MODEM_CAUSE_NORMAL);
    } else if (a->state == STATE_ACTIVE && take_step(d, CALL_ANSWER)) {
        notify(d, MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
    }
}

static void listed(struct modem_driver *d, const struct at_answer *a)
{
    if (d->in_flight != COMMAND_LIST)
        return;
    d->listed++;
    if (a->is_incoming)
        listed_incoming(d, a);
    else
        listed_outgoing(d, a);
}

static void list_ended(struct modem_driver *d)
{
    if (d->phase == CALL_INCOMING && !d->is_announced) {
        d->is_announced = true;
        notify(d, MODEM_EVENT_RINGING, MODEM_CAUSE_NORMAL);
    }
    d->absent = d->listed == 0 ? d->absent + 1 : 0;
    if (d->absent >= ABSENT_MAX)
        call_gone(d, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    schedule_list(d);
}

/* A call that has not been written yet cannot be the one that the modem speaks of. */
static void call_ended(struct modem_driver *d, enum modem_cause cause)
{
    if (d->phase != CALL_QUEUED)
        call_gone(d, MODEM_EVENT_ENDED, cause);
}

/* ---- answers ---- */

static enum modem_cause cause_of(enum at_answer_kind kind)
{
    if (kind == ANSWER_BUSY)
        return MODEM_CAUSE_BUSY;
    if (kind == ANSWER_NO_ANSWER)
        return MODEM_CAUSE_NO_ANSWER;
    return kind == ANSWER_ERROR ? MODEM_CAUSE_ERROR : MODEM_CAUSE_NORMAL;
}

static void command_ended(struct modem_driver *d, enum modem_command command, enum at_answer_kind kind)
{
    switch (command) {
    case COMMAND_INIT: init_answered(d); return;
    case COMMAND_DIAL:
        if (kind == ANSWER_OK)
            call_accepted(d);
        else
            call_ended(d, cause_of(kind));
        return;
    case COMMAND_HANG_UP:
        if (kind == ANSWER_OK)
            call_ended(d, MODEM_CAUSE_NORMAL);
        else if (d->phase != CALL_NONE && d->phase != CALL_QUEUED)
            line_lost(d); /* a modem that cannot hang up is set up anew, which begins with hanging up */
        return;
    case COMMAND_ANSWER:
        if (kind != ANSWER_OK)
            call_ended(d, cause_of(kind));
        want(d, COMMAND_LIST);
        return;
    case COMMAND_LIST: list_ended(d); return;
    case COMMAND_TONE:
    case COMMAND_ALIVE:
    case COMMAND_NONE:
    case COMMANDS: return;
    }
}

static void final_result(struct modem_driver *d, enum at_answer_kind kind)
{
    enum modem_command command = d->in_flight;

    d->in_flight = COMMAND_NONE;
    d->timeouts = 0;
    command_ended(d, command, kind);
}

/* V.250 6.3.1: these end a dial or answer command; at any other time they end the call. */
static void call_result(struct modem_driver *d, enum at_answer_kind kind)
{
    if (d->in_flight == COMMAND_DIAL || d->in_flight == COMMAND_ANSWER)
        final_result(d, kind);
    else
        call_ended(d, cause_of(kind));
}

static void answered(struct modem_driver *d, const struct at_answer *a)
{
    switch (a->kind) {
    case ANSWER_OK:
    case ANSWER_ERROR:
        if (d->in_flight != COMMAND_NONE)
            final_result(d, a->kind);
        return;
    case ANSWER_NO_CARRIER:
    case ANSWER_BUSY:
    case ANSWER_NO_ANSWER: call_result(d, a->kind); return;
    case ANSWER_RING: ringing(d); return;
    case ANSWER_CALL: listed(d, a); return;
    case ANSWER_REGISTRATION: registration(d, a->state); return;
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
    if (command == COMMAND_DIAL)
        dial_failed(d, MODEM_CAUSE_TIMEOUT);
    else if (command == COMMAND_INIT || command == COMMAND_HANG_UP || d->timeouts >= TIMEOUTS_MAX)
        line_lost(d);
}

static bool is_listed_phase(enum call_phase phase)
{
    return phase == CALL_DIALLING || phase == CALL_ALERTING || phase == CALL_ACTIVE || phase == CALL_INCOMING;
}

void modem_driver_advance(struct modem_driver *d, uint64_t now_us)
{
    d->now_us = now_us;
    if (d->in_flight != COMMAND_NONE && now_us >= d->answer_by_us)
        timed_out(d);
    if (is_listed_phase(d->phase) && now_us >= d->list_at_us) {
        want(d, COMMAND_LIST);
        schedule_list(d);
    }
    if (d->is_up && d->phase == CALL_NONE && now_us >= d->alive_at_us) {
        want(d, COMMAND_ALIVE);
        d->alive_at_us = now_us + ALIVE_US;
    }
    send_next(d);
}

static void earlier(uint64_t *first, uint64_t at)
{
    if (*first == MODEM_NEVER || at < *first)
        *first = at;
}

uint64_t modem_driver_deadline(const struct modem_driver *d)
{
    uint64_t first = MODEM_NEVER;

    if (d->in_flight != COMMAND_NONE)
        earlier(&first, d->answer_by_us);
    if (is_listed_phase(d->phase))
        earlier(&first, d->list_at_us);
    if (d->is_up && d->phase == CALL_NONE)
        earlier(&first, d->alive_at_us);
    return first;
}

/* ---- requests ---- */

static bool is_dialable(const struct modem_driver *d, const struct modem_request *r)
{
    return r->value != 0 && r->value != d->last_token && number_is_valid(&r->number) &&
           r->number.length <= NUMBER_DIAL_MAX && r->flags < DIAL_FLAGS_ALL;
}

static enum modem_answer dial(struct modem_driver *d, const struct modem_request *r)
{
    if (!is_dialable(d, r))
        return MODEM_INVALID;
    if (!d->is_up)
        return MODEM_NO_LINE;
    if (!take_step(d, CALL_QUEUE))
        return MODEM_BUSY;
    d->token = d->last_token = r->value;
    d->flags = r->flags;
    d->number = r->number;
    want(d, COMMAND_DIAL);
    return MODEM_OK;
}

static enum modem_answer hang_up(struct modem_driver *d, uint32_t token)
{
    if (token != 0 && token != d->token)
        return MODEM_INVALID;
    if (d->phase == CALL_QUEUED)
        call_gone(d, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    else if (d->phase != CALL_NONE)
        want(d, COMMAND_HANG_UP);
    return MODEM_OK;
}

static enum modem_answer answer(struct modem_driver *d)
{
    if (d->phase != CALL_INCOMING)
        return MODEM_INVALID;
    want(d, COMMAND_ANSWER);
    return MODEM_OK;
}

static enum modem_answer tone(struct modem_driver *d, uint32_t symbol)
{
    if (d->phase != CALL_ACTIVE || symbol > SYMBOL_HASH)
        return MODEM_INVALID;
    if (d->in_flight == COMMAND_TONE || (d->wanted >> COMMAND_TONE & 1) != 0)
        return MODEM_BUSY;
    d->tone = symbol;
    want(d, COMMAND_TONE);
    return MODEM_OK;
}

enum modem_answer modem_driver_request(struct modem_driver *d, uint64_t now_us, const struct modem_request *request)
{
    enum modem_answer result = MODEM_INVALID;

    d->now_us = now_us;
    switch ((enum modem_operation)request->operation) {
    case MODEM_DIAL: result = dial(d, request); break;
    case MODEM_HANG_UP: result = hang_up(d, request->value); break;
    case MODEM_ANSWER: result = answer(d); break;
    case MODEM_TONE: result = tone(d, request->value); break;
    case MODEM_TAKE_EVENT: break; /* modem_driver_take_event */
    }
    send_next(d);
    return result;
}

void modem_driver_start(struct modem_driver *d, uint64_t now_us)
{
    *d = (struct modem_driver){ .now_us = now_us };
    start_again(d);
    send_next(d);
}
