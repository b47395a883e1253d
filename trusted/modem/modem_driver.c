/* SPDX-License-Identifier: BSD-2-Clause */
/* The modem driver as a pure machine: requests and bytes in, command text and events out. */
#include "modem_driver.h"

#include "dialler.h"
#include "modem_calls.h"

enum {
    SECOND_US = 1000000,
    ANSWER_US = 2 * SECOND_US,
    SLOW_ANSWER_US = 10 * SECOND_US, /* of what asks the network */
    TIMEOUTS_MAX = 2,
    PROBES = 4,              /* time-outs between two dial commands into silence */
    ABORT_AFTER_US = 125000, /* V.250 5.6.1: earlier characters need not be heard */
    RETRY_US = SECOND_US,
};

/* E0: no echo. +CCWA=1: a waiting call is told. +CNMI, +CUSD: no text of others is, which could
 * look like an answer (TS 27.005 3.4.1, TS 27.007 7.15). "GSM": digits are listed as digits. */
static const char *const init_sequence[] = {
    "ATE0V1Q0",        "AT+CMEE=1", "AT+CRC=0",        "AT+CCWA=1",
    "AT+CNMI=2,0,0,0", "AT+CUSD=0", "AT+CSCS=\"GSM\"", "AT+CPIN?",
};
enum { INIT_STEPS = sizeof init_sequence / sizeof init_sequence[0] };

static bool has_other_call(const struct modem_driver *d)
{
    return d->up.phase > CALL_QUEUED;
}

/* ---- commands -------------------------------------------------------------------------------- */

static uint64_t sooner(uint64_t a, uint64_t b)
{
    return a == MODEM_NEVER || (b != MODEM_NEVER && b < a) ? b : a;
}

/* M1: the only place where a dial command is made. CALL_WRITE leads away from CALL_QUEUED, for good
 * but for an emergency call. */
static void write_dial(struct modem_driver *d)
{
    static const char *const ends[] = {
        ";\r", [DIAL_HIDE_NUMBER] = "I;\r", [DIAL_SHOW_NUMBER] = "i;\r"
    };

    if (d->up.is_emergency) {
        (void)modem_call_step(&d->up, CALL_RETRY);
    }
    if (!modem_call_step(&d->up, CALL_WRITE)) {
        return;
    }
    d->is_dial_unsent = true;
    d->up.is_doubtful = d->timeouts > 0; /* the next OK may be the answer to something earlier */
    /* TS 27.007 6.2 "Dial command D": I and i invoke and suppress CLIR; ';' makes it a voice call.
     */
    at_append(&d->output, "ATD", &d->up.number, ends[d->up.clir]);
}

static const char *command_text(const struct modem_driver *d, enum modem_command command)
{
    static const char *const alone[COMMANDS] = {
        [COMMAND_HANG_UP] = "AT+CHUP", [COMMAND_ANSWER] = "ATA",   [COMMAND_DECLINE] = "AT+CHUP",
        [COMMAND_TONE] = "AT+VTS=",    [COMMAND_LIST] = "AT+CLCC",
    };
    /* TS 27.007 7.13: 0 refuses the waiting call; 1 ends the other and takes it. */
    static const char *const beside[COMMANDS] = {
        [COMMAND_ANSWER] = "AT+CHLD=1", [COMMAND_DECLINE] = "AT+CHLD=0"
    };

    if (command == COMMAND_INIT) {
        return init_sequence[d->init_step];
    }
    return has_other_call(d) && beside[command] != 0 ? beside[command] : alone[command];
}

static unsigned next_tone(struct modem_driver *d)
{
    const unsigned tone = d->tones[d->first_tone];

    d->first_tone = (d->first_tone + 1) % MODEM_TONES;
    d->tone_count--;
    return tone;
}

static void write_command(struct modem_driver *d, enum modem_command command)
{
    struct number tone = { 0 };

    if (command == COMMAND_DIAL) {
        write_dial(d);
        return;
    }
    if (command == COMMAND_LIST) {
        list_begin(d);
    }
    if (command == COMMAND_TONE) {
        (void)number_append(&tone, next_tone(d));
    }
    at_append(&d->output, command_text(d, command), &tone, "\r");
}

/* How long the answer may take; less where an emergency call waits for it. */
static uint64_t patience_us(const struct modem_driver *d, enum modem_command command)
{
    static const uint64_t patience[COMMANDS] = {
        [COMMAND_INIT] = ANSWER_US,         [COMMAND_HANG_UP] = SLOW_ANSWER_US,
        [COMMAND_DIAL] = SLOW_ANSWER_US,    [COMMAND_ANSWER] = SLOW_ANSWER_US,
        [COMMAND_DECLINE] = SLOW_ANSWER_US, [COMMAND_TONE] = ANSWER_US,
        [COMMAND_LIST] = ANSWER_US,
    };

    if (!emergency_waits(d) || command == COMMAND_DIAL) {
        return patience[command];
    }
    return patience[command] == ANSWER_US ? RETRY_US : SLOW_ANSWER_US / 2;
}

/* While an emergency call waits: what stands between it and the line, and no more. Into silence it
 * is dialled now and then; mostly the driver asks whether anybody is there. */
static enum modem_command emergency_command(const struct modem_driver *d)
{
    const bool is_new = (d->wanted & command_bit(COMMAND_INIT)) != 0, is_silent = d->timeouts > 0;
    const enum modem_command probe = is_new ? COMMAND_INIT : COMMAND_LIST;

    if (is_silent && d->timeouts % PROBES != 1) {
        return probe;
    }
    if (d->must_list && !(is_silent && is_new)) {
        return COMMAND_LIST;
    }
    if (!is_silent && (d->wanted & command_bit(COMMAND_HANG_UP)) != 0) {
        return COMMAND_HANG_UP;
    }
    if (d->now_us >= d->retry_at_us) {
        return COMMAND_DIAL;
    }
    return is_new ? COMMAND_INIT : COMMAND_NONE;
}

static enum modem_command next_command(const struct modem_driver *d)
{
    uint32_t allowed = d->wanted;

    if (emergency_waits(d)) {
        return emergency_command(d);
    }
    if (d->must_clear) { /* a new call begins on an empty line */
        allowed &= ~command_bit(COMMAND_DIAL);
    }
    if (emergency_is_up(d)) { /* M6 */
        allowed &= ~command_bit(COMMAND_HANG_UP);
    }
    return allowed == 0 ? COMMAND_NONE : (enum modem_command)__builtin_ctz(allowed);
}

static uint64_t poll_at_us(const struct modem_driver *d)
{
    return d->listed_at_us + list_period_us(d);
}

static void send_next(struct modem_driver *d)
{
    enum modem_command command;

    if (d->in_flight != COMMAND_NONE || d->output.length > 0) {
        return;
    }
    if (d->is_up && d->now_us >= poll_at_us(d)) {
        d->wanted |= command_bit(COMMAND_LIST);
    }
    command = next_command(d);
    if (command == COMMAND_NONE) {
        return;
    }
    d->in_flight = command;
    d->wanted &= ~command_bit(command);
    write_command(d, command);
    d->is_aborted = false;
    d->sent_at_us = d->now_us;
    d->answer_by_us = d->now_us + patience_us(d, command);
}

void modem_driver_output_taken(struct modem_driver *d)
{
    d->output.length = 0;
    if (d->is_dial_unsent) {
        d->is_dial_unsent = false;
        d->sent_at_us = d->now_us;
        d->answer_by_us = d->now_us + patience_us(d, COMMAND_DIAL);
        d->up.tries++;
        notify(d, &d->up, MODEM_EVENT_SENT, d->up.tries);
    }
}

/* No byte of the dial command has left: it is dropped, and there is nothing to end. */
static bool take_back_dial(struct modem_driver *d, enum modem_cause cause)
{
    if (!d->is_dial_unsent) {
        return false;
    }
    d->is_dial_unsent = false;
    d->output.length = 0;
    d->in_flight = COMMAND_NONE;
    call_gone(d, &d->up, MODEM_EVENT_ENDED, cause);
    return true;
}

/* V.250 5.6.1: any character ends a command that is being carried out; its result code follows. */
static void abort_in_flight(struct modem_driver *d)
{
    const struct number none = { 0 };

    if (d->in_flight != COMMAND_DIAL && d->in_flight != COMMAND_ANSWER) {
        d->abort_at_us = MODEM_NEVER;
    }
    if (d->abort_at_us == MODEM_NEVER || d->now_us < d->abort_at_us || d->output.length > 0) {
        return;
    }
    at_append(&d->output, "", &none, "\r");
    d->is_aborted = true;
    d->abort_at_us = MODEM_NEVER;
    d->answer_by_us = d->now_us + RETRY_US;
}

static void want_abort(struct modem_driver *d)
{
    const uint64_t heard_from = d->sent_at_us + ABORT_AFTER_US;

    d->abort_at_us = d->now_us > heard_from ? d->now_us : heard_from;
}

/* ---- the line -------------------------------------------------------------------------------- */

/* A call that an earlier driver or the modem itself left behind is nobody's; an emergency call
 * stays. */
static void start_again(struct modem_driver *d)
{
    d->in_flight = COMMAND_NONE;
    d->wanted = command_bit(COMMAND_INIT);
    d->must_clear = !d->up.is_emergency;
    if (d->must_clear) {
        d->wanted |= command_bit(COMMAND_HANG_UP);
    }
    d->is_up = d->has_sim = d->is_dial_unsent = false;
    d->init_step = d->suspicious = d->hang_ups = 0;
    d->output.length = 0;
}

static void line_lost(struct modem_driver *d, bool was_reset)
{
    const bool had_up = d->is_up, had_ringing = d->ringing.phase != CALL_NONE;
    const bool stays = emergency_waits(d) || (emergency_is_up(d) && !was_reset);

    if (had_ringing) {
        d->ringing = (struct modem_call){ 0 };
    }
    if (!stays && d->up.phase != CALL_NONE) {
        call_gone(d, &d->up, MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    } else if (had_ringing || (had_up && !stays)) {
        notify(d, &d->ringing, MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    }
    d->must_list = !was_reset;
    if (was_reset) {
        d->timeouts = 0;
        d->retry_at_us = d->now_us;
    }
    d->tone_count = 0;
    start_again(d);
}

/* ---- answers --------------------------------------------------------------------------------- */

static void init_ended(struct modem_driver *d)
{
    d->init_step++;
    if (d->init_step < INIT_STEPS) {
        d->wanted |= command_bit(COMMAND_INIT);
        return;
    }
    d->is_up = true;
    d->wanted |= command_bit(COMMAND_LIST);
    notify(d, &(struct modem_call){ 0 }, MODEM_EVENT_READY, d->has_sim ? 1 : 0);
}

static void dial_ended(struct modem_driver *d, const struct at_answer *a)
{
    const bool is_ok = a->kind == ANSWER_OK || a->kind == ANSWER_CONNECT;

    if (is_ok && call_taken(d)) {
        d->wanted &=
            ~command_bit(COMMAND_LIST); /* not at once: a modem may list it a moment late */
        d->listed_at_us = d->now_us;
    } else if (is_ok) { /* it was given up, too late */
        d->wanted |= command_bit(COMMAND_HANG_UP);
    } else if (emergency_waits(d) && d->up.phase == CALL_SENT) {
        (void)modem_call_step(&d->up, CALL_RETRY);
        d->must_list = true;
        d->retry_at_us = d->up.tries > 1 ? d->now_us + RETRY_US : d->now_us;
    } else if (d->up.phase == CALL_SENT) {
        call_gone(d, &d->up, MODEM_EVENT_ENDED, a->cause);
    } else {
        d->wanted |= command_bit(COMMAND_LIST); /* it was given up: M5 asks */
    }
}

static void answer_ended(struct modem_driver *d, const struct at_answer *a)
{
    const bool is_ok = a->kind == ANSWER_OK || a->kind == ANSWER_CONNECT;

    d->wanted |= command_bit(COMMAND_LIST);
    if (!is_ok && !has_other_call(d)) {
        call_gone(d, &d->ringing, MODEM_EVENT_ENDED, a->cause);
    } else if (!is_ok) {
        d->ringing.is_answered = d->ringing.is_told = false; /* it is told again: it still waits */
    } else if (has_other_call(d)) {
        call_gone_unproven(d, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    }
}

static void list_ended(struct modem_driver *d, bool is_ok)
{
    if (!is_ok) {
        list_failed(d);
    } else if (!list_end(d)) {
        line_lost(d, false);
    }
}

static void command_ended(struct modem_driver *d, enum modem_command command,
                          const struct at_answer *a)
{
    const bool is_ok = a->kind == ANSWER_OK;

    if (command == COMMAND_INIT) {
        init_ended(d); /* an ERROR is an answer too: the modem lives */
    } else if (command == COMMAND_DIAL) {
        dial_ended(d, a);
    } else if (command == COMMAND_ANSWER) {
        answer_ended(d, a);
    } else if (command == COMMAND_DECLINE) {
        call_gone(d, &d->ringing, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
        d->wanted |= command_bit(COMMAND_LIST);
    } else if (command == COMMAND_HANG_UP) {
        call_hung_up(d, is_ok);
    } else if (command == COMMAND_LIST) {
        list_ended(d, is_ok);
    } else if (d->tone_count > 0) {
        d->wanted |= command_bit(COMMAND_TONE);
    }
}

/* V.250 6.3.1: NO CARRIER and the like end a dial or answer command; at any other time they end a
 * call. */
static void result(struct modem_driver *d, const struct at_answer *a)
{
    const enum modem_command command = d->in_flight;
    const bool is_of_call = a->kind == ANSWER_END || a->kind == ANSWER_CONNECT;

    if (is_of_call && command != COMMAND_DIAL && command != COMMAND_ANSWER) {
        if (a->kind == ANSWER_END) {
            call_end_told(d, a->cause);
        }
        d->wanted |= command_bit(COMMAND_LIST);
    } else if (command != COMMAND_NONE && (d->output.length == 0 || d->is_aborted)) {
        d->in_flight = COMMAND_NONE; /* what has not left has no answer yet */
        d->timeouts = 0;
        command_ended(d, command, a);
    }
}

static void answered(struct modem_driver *d, const struct at_answer *a)
{
    static const bool is_result[ANSWERS] = {
        [ANSWER_OK] = true, [ANSWER_ERROR] = true, [ANSWER_CONNECT] = true, [ANSWER_END] = true
    };

    if (is_result[a->kind]) {
        result(d, a);
    } else if (a->kind == ANSWER_RING || a->kind == ANSWER_CHANGED) {
        if (a->kind == ANSWER_RING) {
            call_offered(d);
        }
        d->wanted |= command_bit(COMMAND_LIST);
    } else if (a->kind == ANSWER_CALL || a->kind == ANSWER_UNREADABLE) {
        list_line(d, a);
    } else if (a->kind == ANSWER_SIM) {
        d->has_sim = true;
    } else if (a->kind == ANSWER_RESTARTED) {
        line_lost(d, true);
    }
}

void modem_driver_receive(struct modem_driver *d, uint64_t now_us, const uint8_t *bytes,
                          uint32_t count)
{
    d->now_us = now_us;
    for (uint32_t i = 0; i < count; i++) {
        struct at_answer answer = at_reader_feed(&d->reader, bytes[i]);

        answered(d, &answer);
    }
    send_next(d);
}

/* ---- time ------------------------------------------------------------------------------------ */

/* Whatever is written next would only end it: it is ended first. It may have arrived all the same.
 */
static void give_up_dial(struct modem_driver *d)
{
    d->answer_by_us = d->now_us + RETRY_US;
    if (d->is_dial_unsent && d->up.is_emergency) { /* it waits for room, and nothing else does */
        return;
    }
    if (take_back_dial(d, MODEM_CAUSE_TIMEOUT)) {
        return;
    }
    want_abort(d);
    if (d->up.phase == CALL_SENT && !d->up.is_emergency) {
        call_gone_unproven(d, MODEM_EVENT_ENDED, MODEM_CAUSE_TIMEOUT);
    }
}

/* The call is hung up and never dialled again (M1); an emergency call is looked for. */
static void dial_timed_out(struct modem_driver *d)
{
    if (emergency_waits(d)) {
        d->must_list = d->up.phase == CALL_SENT;
    } else {
        d->wanted |= command_bit(COMMAND_HANG_UP);
    }
}

static void timed_out(struct modem_driver *d)
{
    const enum modem_command command = d->in_flight;

    if (command == COMMAND_DIAL && !d->is_aborted) {
        give_up_dial(d);
        return;
    }
    d->in_flight = COMMAND_NONE;
    d->timeouts++;
    if (command == COMMAND_DECLINE && d->ringing.phase == CALL_INCOMING) {
        d->wanted |= command_bit(COMMAND_DECLINE); /* it may still ring, and its page is gone */
    }
    if (command == COMMAND_DIAL) {
        dial_timed_out(d);
    } else if (command == COMMAND_INIT || command == COMMAND_HANG_UP ||
               d->timeouts >= TIMEOUTS_MAX) {
        line_lost(d, false);
    }
}

void modem_driver_advance(struct modem_driver *d, uint64_t now_us)
{
    d->now_us = now_us;
    if (d->in_flight != COMMAND_NONE && now_us >= d->answer_by_us) {
        timed_out(d);
    }
    if (now_us >= d->ringing.tell_by_us) {
        call_tell_ringing(d);
    }
    abort_in_flight(d);
    send_next(d);
}

uint64_t modem_driver_deadline(const struct modem_driver *d)
{
    const bool must_tell = d->ringing.phase == CALL_INCOMING && !d->ringing.is_told;
    uint64_t at = must_tell ? d->ringing.tell_by_us : MODEM_NEVER;

    if (d->in_flight != COMMAND_NONE) {
        return sooner(at,
                      sooner(d->answer_by_us, d->output.length > 0 ? MODEM_NEVER : d->abort_at_us));
    }
    if (d->output.length >
        0) { /* a line says that it has room only where it was full to the last byte */
        return sooner(at, d->now_us + RETRY_US);
    }
    if (emergency_waits(d)) {
        return sooner(at, d->retry_at_us);
    }
    return d->is_up ? sooner(at, poll_at_us(d)) : at;
}

/* ---- requests -------------------------------------------------------------------------------- */

/* What is in its way is over for the dialler at once; the modem is told before it is told to dial.
 */
static void make_way(struct modem_driver *d)
{
    bool is_calling;

    (void)take_back_dial(d, MODEM_CAUSE_NORMAL);
    is_calling = d->in_flight == COMMAND_DIAL || d->in_flight == COMMAND_ANSWER;
    if ((d->up.phase > CALL_QUEUED && d->in_flight != COMMAND_DIAL) ||
        d->ringing.phase != CALL_NONE) {
        d->wanted |= command_bit(COMMAND_HANG_UP);
    }
    call_gone(d, &d->up, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    call_gone(d, &d->ringing, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    d->must_clear = d->must_list = false;
    d->retry_at_us = d->now_us;
    if (is_calling) {
        want_abort(d);
    }
}

static enum modem_answer dial(struct modem_driver *d, const struct modem_request *r)
{
    const bool is_emergency = (r->value & MODEM_FLAG_EMERGENCY) != 0;
    const uint32_t clir = r->value & ~(uint32_t)MODEM_FLAG_EMERGENCY;

    if (r->token == 0 || r->token == d->last_token || r->token > MODEM_TOKEN_OWN_MAX ||
        clir >= DIAL_FLAGS_ALL || !number_is_valid(&r->number) ||
        r->number.length > NUMBER_DIAL_MAX) {
        return MODEM_INVALID;
    }
    if (!is_emergency && !d->is_up) {
        return MODEM_NO_LINE;
    }
    if (!is_emergency && (d->up.phase != CALL_NONE || d->ringing.phase != CALL_NONE)) {
        return MODEM_BUSY;
    }
    if (is_emergency) {
        make_way(d);
    }
    d->up = (struct modem_call){
        .token = r->token, .clir = clir, .number = r->number, .is_emergency = is_emergency
    };
    (void)modem_call_step(&d->up, CALL_QUEUE);
    if (d->in_flight != COMMAND_NONE) {
        d->answer_by_us = sooner(d->answer_by_us, d->now_us + patience_us(d, d->in_flight));
    }
    d->last_token = r->token;
    d->wanted |= command_bit(COMMAND_DIAL);
    return MODEM_OK;
}

static void decline(struct modem_driver *d)
{
    if (d->ringing.phase == CALL_INCOMING) {
        d->wanted |= command_bit(COMMAND_DECLINE);
    }
}

static void hang_up_own(struct modem_driver *d)
{
    if (take_back_dial(d, MODEM_CAUSE_NORMAL)) {
        return;
    }
    if (d->up.phase == CALL_QUEUED) {
        call_gone(d, &d->up, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    } else if (d->up.phase == CALL_SENT && d->in_flight == COMMAND_DIAL) {
        (void)modem_call_step(&d->up, CALL_HANG);
        d->end_cause = MODEM_CAUSE_NORMAL;
        want_abort(d);
    } else if (d->up.phase != CALL_NONE) {
        call_hang_up(d, MODEM_CAUSE_NORMAL);
    }
}

static enum modem_answer hang_up(struct modem_driver *d, uint32_t token)
{
    if (token != MODEM_ANY_CALL && token != d->up.token && token != d->ringing.token) {
        return MODEM_INVALID;
    }
    if (token == MODEM_ANY_CALL || token == d->ringing.token) {
        decline(d);
    }
    if (token == MODEM_ANY_CALL || token == d->up.token) {
        hang_up_own(d);
    }
    return MODEM_OK;
}

static enum modem_answer answer(struct modem_driver *d, uint32_t token)
{
    if (d->ringing.phase != CALL_INCOMING || token != d->ringing.token) {
        return MODEM_INVALID;
    }
    if (d->up.phase == CALL_QUEUED) {
        call_gone(d, &d->up, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    }
    d->ringing.is_answered = true;
    d->wanted |= command_bit(COMMAND_ANSWER);
    return MODEM_OK;
}

static enum modem_answer tone(struct modem_driver *d, uint32_t token, uint32_t symbol)
{
    if (d->up.phase != CALL_ACTIVE || token != d->up.token || symbol > SYMBOL_HASH) {
        return MODEM_INVALID;
    }
    if (d->tone_count == MODEM_TONES) {
        return MODEM_BUSY;
    }
    d->tones[(d->first_tone + d->tone_count) % MODEM_TONES] = (uint8_t)symbol;
    d->tone_count++;
    if (d->in_flight != COMMAND_TONE) {
        d->wanted |= command_bit(COMMAND_TONE);
    }
    return MODEM_OK;
}

enum modem_answer modem_driver_request(struct modem_driver *d, uint64_t now_us,
                                       const struct modem_request *request)
{
    enum modem_answer result_out = MODEM_INVALID;

    d->now_us = now_us;
    switch ((enum modem_operation)request->operation) {
    case MODEM_DIAL:
        result_out = dial(d, request);
        break;
    case MODEM_HANG_UP:
        result_out = hang_up(d, request->token);
        break;
    case MODEM_ANSWER:
        result_out = answer(d, request->token);
        break;
    case MODEM_DECLINE: /* or hang up, if it has been answered meanwhile */
        if ((request->token & MODEM_TOKEN_INCOMING) != 0) {
            result_out = hang_up(d, request->token);
        }
        break;
    case MODEM_TONE:
        result_out = tone(d, request->token, request->value);
        break;
    case MODEM_TAKE_EVENT:
        break; /* modem_driver_take_event */
    }
    abort_in_flight(d);
    send_next(d);
    return result_out;
}

void modem_driver_start(struct modem_driver *d, uint64_t now_us)
{
    *d = (struct modem_driver){ .now_us = now_us };
    start_again(d);
    send_next(d);
}
