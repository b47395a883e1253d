/* SPDX-License-Identifier: BSD-2-Clause */
/* What the driver knows of the modem's calls, and what it tells the dialler of them. */
#include "modem_calls.h"

#include "e164.h"

enum {
    MILLISECOND_US = 1000,
    QUICK_US = 500 * MILLISECOND_US, /* as often as oFono asks while a call is set up */
    TELL_US = 900 * MILLISECOND_US,
    ABSENT_MAX = 2,     /* a modem may list a new call a moment late */
    SUSPICIOUS_MAX = 2, /* one garbled line is noise */
    HANG_UPS_MAX = 4,
    EMERGENCY_MAX = 3, /* digits */
};

/* What is not named does not fit. */
const enum call_phase call_next_phase[CALL_PHASES][CALL_STEPS] = {
    [CALL_NONE][CALL_QUEUE] = CALL_QUEUED,       [CALL_NONE][CALL_OFFER] = CALL_INCOMING,
    [CALL_QUEUED][CALL_WRITE] = CALL_SENT,       [CALL_SENT][CALL_ACCEPT] = CALL_DIALLING,
    [CALL_SENT][CALL_RETRY] = CALL_QUEUED,       [CALL_DIALLING][CALL_RETRY] = CALL_QUEUED,
    [CALL_DIALLING][CALL_ALERT] = CALL_ALERTING, [CALL_DIALLING][CALL_ANSWER] = CALL_ACTIVE,
    [CALL_ALERTING][CALL_ANSWER] = CALL_ACTIVE,  [CALL_INCOMING][CALL_ANSWER] = CALL_ACTIVE,
    [CALL_SENT][CALL_HANG] = CALL_ENDING,        [CALL_DIALLING][CALL_HANG] = CALL_ENDING,
    [CALL_ALERTING][CALL_HANG] = CALL_ENDING,    [CALL_ACTIVE][CALL_HANG] = CALL_ENDING,
};

bool modem_call_step(struct modem_call *call, enum call_step step)
{
    const enum call_phase next = call_next_phase[call->phase][step];
    const bool fits = step == CALL_GONE ? call->phase != CALL_NONE : next != CALL_NONE;

    if (fits) {
        call->phase = next;
    }
    return fits;
}

bool emergency_waits(const struct modem_driver *d)
{
    return d->up.is_emergency && (d->up.phase == CALL_QUEUED || d->up.phase == CALL_SENT);
}

bool emergency_is_up(const struct modem_driver *d)
{
    return d->up.is_emergency && d->up.phase >= CALL_DIALLING && d->up.phase <= CALL_ACTIVE;
}

/* ---- events ---------------------------------------------------------------------------------- */

static void put_event(struct modem_driver *d, const struct modem_call *call, enum modem_event event,
                      uint32_t cause)
{
    d->events[(d->first_event + d->event_count) % MODEM_EVENTS] = (struct modem_notice){
        .answer = MODEM_OK,
        .event = event,
        .token = call->token,
        .taken = d->last_token,
        .kept = { d->up.token, d->ringing.token },
        .cause = cause,
        .number = call->number,
    };
    d->event_count++;
}

/* Nobody fetches. What is left to say: all is lost but what there is now. */
static void tell_anew(struct modem_driver *d)
{
    static const enum modem_event now[CALL_PHASES] = {
        [CALL_DIALLING] = MODEM_EVENT_TAKEN,
        [CALL_ALERTING] = MODEM_EVENT_ALERTING,
        [CALL_ACTIVE] = MODEM_EVENT_ACTIVE,
        [CALL_ENDING] = MODEM_EVENT_ACTIVE,
    };
    const struct modem_call none = { 0 };

    d->event_count = 0;
    put_event(d, &none, MODEM_EVENT_LOST, MODEM_CAUSE_ERROR);
    if (now[d->up.phase] != MODEM_EVENT_NONE) {
        put_event(d, &d->up, now[d->up.phase], MODEM_CAUSE_NORMAL);
    }
    if (d->ringing.phase != CALL_NONE && d->ringing.is_told) {
        put_event(d, &d->ringing, MODEM_EVENT_RINGING, MODEM_CAUSE_NORMAL);
    }
}

void notify(struct modem_driver *d, const struct modem_call *call, enum modem_event event,
            enum modem_cause cause)
{
    if (d->event_count == MODEM_EVENTS) {
        tell_anew(d);
    } else {
        put_event(d, call, event, cause);
    }
}

bool modem_driver_take_event(struct modem_driver *d, struct modem_notice *notice_out)
{
    if (d->event_count == 0) {
        return false;
    }
    *notice_out = d->events[d->first_event];
    d->first_event = (d->first_event + 1) % MODEM_EVENTS;
    d->event_count--;
    return true;
}

/* ---- beginning and end ----------------------------------------------------------------------- */

void call_gone(struct modem_driver *d, struct modem_call *call, enum modem_event event,
               enum modem_cause cause)
{
    const struct modem_call was = *call;

    if (!modem_call_step(call, CALL_GONE)) {
        return;
    }
    *call = (struct modem_call){ 0 };
    if (call == &d->up) {
        d->wanted &= ~(command_bit(COMMAND_DIAL) | command_bit(COMMAND_TONE));
        d->tone_count = 0;
    } else {
        d->wanted &= ~(command_bit(COMMAND_ANSWER) | command_bit(COMMAND_DECLINE));
    }
    if (call != &d->ringing || was.is_told) {
        notify(d, &was, event, cause);
    }
}

void call_gone_unproven(struct modem_driver *d, enum modem_event event, enum modem_cause cause)
{
    if (d->up.phase != CALL_QUEUED) { /* which has not been written: no list can show it */
        call_gone(d, &d->up, event, cause);
    }
    d->must_clear = true;
    d->wanted |= command_bit(COMMAND_LIST);
}

/* A modem that says no may have none any more: the list tells. */
void call_hung_up(struct modem_driver *d, bool is_ok)
{
    d->hang_ups = is_ok ? d->hang_ups + 1 : HANG_UPS_MAX;
    d->hang_up_at_us = d->now_us + QUICK_US;
    d->wanted |= command_bit(COMMAND_LIST);
}

void call_hang_up(struct modem_driver *d, enum modem_cause cause)
{
    (void)modem_call_step(&d->up, CALL_HANG);
    d->end_cause = cause;
    d->wanted |= command_bit(COMMAND_HANG_UP);
}

bool call_taken(struct modem_driver *d)
{
    if (!modem_call_step(&d->up, CALL_ACCEPT)) {
        return false;
    }
    d->wanted &= ~command_bit(COMMAND_HANG_UP); /* which was to make way for it */
    notify(d, &d->up, MODEM_EVENT_TAKEN, MODEM_CAUSE_NORMAL);
    return true;
}

/* Incoming tokens count up from 1 and stay apart from the dialler's own. */
void call_offered(struct modem_driver *d)
{
    if (!modem_call_step(&d->ringing, CALL_OFFER)) {
        return;
    }
    d->last_incoming = (d->last_incoming + 1) % MODEM_TOKEN_INCOMING;
    d->ringing.token = MODEM_TOKEN_INCOMING | d->last_incoming;
    d->ringing.tell_by_us = d->now_us + TELL_US;
}

void call_tell_ringing(struct modem_driver *d)
{
    if (d->ringing.phase != CALL_INCOMING || d->ringing.is_told) {
        return;
    }
    d->ringing.is_told = true;
    notify(d, &d->ringing, MODEM_EVENT_RINGING, MODEM_CAUSE_NORMAL);
}

/* Where there are two calls, or an emergency call, the list says which one ended; else there is no
 * doubt. */
void call_end_told(struct modem_driver *d, enum modem_cause cause)
{
    const bool has_up = d->up.phase > CALL_QUEUED && !emergency_waits(d),
               has_ringing = d->ringing.phase != CALL_NONE;

    d->wanted |= command_bit(COMMAND_LIST);
    if (has_up && (has_ringing || emergency_is_up(d))) {
        d->is_end_told = true;
        d->end_cause = cause;
    } else if (has_up && d->up.phase != CALL_ENDING) {
        call_gone_unproven(d, MODEM_EVENT_ENDED, cause);
    } else if (has_ringing) {
        call_gone(d, &d->ringing, MODEM_EVENT_ENDED, cause);
    }
}

/* ---- the list -------------------------------------------------------------------------------- */

uint64_t list_period_us(const struct modem_driver *d)
{
    static const uint32_t period_ms[CALL_PHASES] = {
        [CALL_NONE] = 60000,   [CALL_QUEUED] = 60000, [CALL_SENT] = 60000,   [CALL_DIALLING] = 500,
        [CALL_ALERTING] = 500, [CALL_ACTIVE] = 10000, [CALL_INCOMING] = 500, [CALL_ENDING] = 500,
    };

    if (d->must_clear || d->ringing.phase != CALL_NONE || d->up.absent > 0 || d->suspicious > 0) {
        return QUICK_US;
    }
    return (uint64_t)period_ms[d->up.phase] * MILLISECOND_US;
}

void list_begin(struct modem_driver *d)
{
    d->tally = (struct call_tally){ 0 };
    d->listed_at_us = d->now_us;
}

/* TS 27.007 7.18: the number is optional. One that is there and cannot be read is another one. */
static bool is_its_number(const struct modem_call *call, const struct at_answer *line)
{
    return !line->has_number || (line->is_emergency && call->is_emergency) ||
           e164_is_equal(&line->number, &call->number);
}

/* An emergency call that was refused may be up all the same, if the modem names it. */
static bool is_dialled(const struct modem_call *call, const struct at_answer *line)
{
    const bool is_named = line->is_emergency || line->number.length > 0;
    const bool was_refused = call->phase == CALL_QUEUED && call->is_emergency && call->tries > 0;

    return (call->phase > CALL_QUEUED || (was_refused && is_named)) &&
           (call->token & MODEM_TOKEN_INCOMING) == 0;
}

/* M6: an emergency call may be listed as the modem likes. Before it is known to be up what is
 * listed may be another call, that was in its way: then it has a number of its own, which is longer
 * than 110 and the like. */
static bool may_be_emergency(const struct modem_call *call, const struct at_answer *line)
{
    const bool is_known = call->phase > CALL_SENT && !call->is_doubtful;

    return call->is_emergency && (is_known || e164_of(&line->number).length <= EMERGENCY_MAX);
}

static void dialled_line(struct modem_driver *d, const struct at_answer *line)
{
    const bool is_voice = line->mode == CALL_MODE_VOICE || line->mode == CALL_MODE_UNKNOWN;
    const bool is_its = is_voice && is_its_number(&d->up, line);

    if (!is_dialled(&d->up, line) || d->tally.ours > 0 ||
        !(is_its || may_be_emergency(&d->up, line))) {
        d->tally.foreign++;
        return;
    }
    d->tally.ours++;
    d->tally.state = line->state;
    d->tally.differs = !is_its;
}

static void incoming_line(struct modem_driver *d, const struct at_answer *line)
{
    if (line->state == CALL_STATE_INCOMING || line->state == CALL_STATE_WAITING) {
        d->tally.ringing++;
        call_offered(d);
        if (d->ringing.number.length == 0 && number_is_callable(&line->number)) {
            d->ringing.number = line->number;
        }
    } else if (d->up.phase != CALL_NONE && (d->up.token & MODEM_TOKEN_INCOMING) != 0 &&
               d->tally.ours == 0) {
        d->tally.ours++;
        d->tally.state = line->state;
    } else if (d->ringing.is_answered && !d->tally.is_picked_up) {
        d->tally.is_picked_up = true;
    } else {
        d->tally.foreign++; /* nobody said that it be answered */
    }
}

void list_line(struct modem_driver *d, const struct at_answer *line)
{
    if (d->in_flight != COMMAND_LIST) {
        return;
    }
    if (line->kind == ANSWER_UNREADABLE) {
        d->tally.unreadable++;
    } else if (line->is_incoming) {
        incoming_line(d, line);
    } else {
        dialled_line(d, line);
    }
}

/* M5: what the modem still has is hung up, and again after a while. False: in vain. */
static bool clear(struct modem_driver *d)
{
    const struct call_tally *t = &d->tally;

    if (t->ours + t->foreign + t->unreadable == 0) {
        d->must_clear = false;
        d->hang_ups = 0;
        if (d->up.phase == CALL_ENDING) {
            call_gone(d, &d->up, MODEM_EVENT_ENDED, d->end_cause);
        }
        return true;
    }
    if (d->now_us >= d->hang_up_at_us) {
        d->wanted |= command_bit(COMMAND_HANG_UP);
    }
    return d->hang_ups < HANG_UPS_MAX || d->up.phase == CALL_NONE;
}

/* M6: it is shown, and nothing is hung up. */
static void compare_emergency(struct modem_driver *d)
{
    const struct call_tally *t = &d->tally;
    bool differs;

    d->up.absent = t->ours == 0 ? d->up.absent + 1 : 0;
    differs = t->foreign > 0 || d->suspicious >= SUSPICIOUS_MAX || t->differs ||
              d->up.absent >= ABSENT_MAX;
    d->up.is_doubtful = d->up.is_doubtful && t->ours == 0;
    if (t->ours == 0 && t->unreadable == 0 && d->is_end_told) {
        call_gone(d, &d->up, MODEM_EVENT_ENDED, d->end_cause);
    } else if (d->up.is_doubtful && d->up.absent >= ABSENT_MAX &&
               modem_call_step(&d->up, CALL_RETRY)) {
        d->up.absent = 0; /* the OK was not for it: it is dialled again */
        d->wanted |= t->foreign > 0 ? command_bit(COMMAND_HANG_UP) : 0;
    } else if (differs && !d->up.is_told) {
        d->up.is_told = true;
        notify(d, &d->up, MODEM_EVENT_DIFFERS, MODEM_CAUSE_ERROR);
    }
}

/* M4: nobody confirmed it, nobody shall pay it. */
static void compare(struct modem_driver *d)
{
    const struct call_tally *t = &d->tally;

    if (t->foreign > 0 || d->suspicious >= SUSPICIOUS_MAX) {
        call_gone_unproven(d, MODEM_EVENT_MISMATCH, MODEM_CAUSE_ERROR);
        d->wanted |= command_bit(COMMAND_HANG_UP);
        return;
    }
    if (d->up.phase <= CALL_QUEUED || t->unreadable > 0) {
        return;
    }
    d->up.absent = t->ours == 0 ? d->up.absent + 1 : 0;
    if (d->up.absent > 0 && d->is_end_told) {
        call_gone(d, &d->up, MODEM_EVENT_ENDED, d->end_cause);
    } else if (d->up.absent >= ABSENT_MAX) {
        call_hang_up(d, MODEM_CAUSE_NORMAL);
    }
}

static void follow(struct modem_driver *d)
{
    if (d->tally.ours == 0) {
        return;
    }
    if (d->tally.state == CALL_STATE_ALERTING && modem_call_step(&d->up, CALL_ALERT)) {
        notify(d, &d->up, MODEM_EVENT_ALERTING, MODEM_CAUSE_NORMAL);
    } else if (d->tally.state == CALL_STATE_ACTIVE && modem_call_step(&d->up, CALL_ANSWER)) {
        notify(d, &d->up, MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
    }
}

/* An emergency call whose dial command was not acknowledged: perhaps it is up all the same. */
static void look_for_emergency(struct modem_driver *d)
{
    const struct call_tally *t = &d->tally;

    if (t->ours > 0) {
        (void)modem_call_step(&d->up, CALL_WRITE); /* where it waits to be dialled again */
        (void)call_taken(d);
        compare_emergency(d);
        return;
    }
    (void)modem_call_step(&d->up, CALL_RETRY);
    if (t->ours + t->foreign + t->unreadable + t->ringing > 0) {
        d->wanted |= command_bit(COMMAND_HANG_UP);
    }
}

static void follow_ringing(struct modem_driver *d)
{
    const struct call_tally *t = &d->tally;

    if (d->ringing.phase == CALL_NONE) {
        return;
    }
    d->ringing.absent =
        t->ringing > 0 || t->unreadable > 0 || t->is_picked_up ? 0 : d->ringing.absent + 1;
    if (t->ringing > 0) {
        call_tell_ringing(d);
    }
    if (d->ringing.absent >= ABSENT_MAX || (d->ringing.absent > 0 && d->is_end_told)) {
        call_gone(d, &d->ringing, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    }
}

/* The call that rang becomes the one that is up. Who declined it after all was too late for that:
 * it is hung up. */
static void picked_up(struct modem_driver *d)
{
    const bool is_declined = (d->wanted & command_bit(COMMAND_DECLINE)) != 0;

    call_gone(d, &d->up, MODEM_EVENT_ENDED, MODEM_CAUSE_NORMAL);
    d->up = d->ringing;
    d->ringing = (struct modem_call){ 0 };
    (void)modem_call_step(&d->up, CALL_ANSWER);
    notify(d, &d->up, MODEM_EVENT_ACTIVE, MODEM_CAUSE_NORMAL);
    d->wanted &= ~command_bit(COMMAND_DECLINE);
    if (is_declined) {
        call_hang_up(d, MODEM_CAUSE_NORMAL);
    }
}

bool list_end(struct modem_driver *d)
{
    struct call_tally *t = &d->tally;
    bool is_good = true;

    d->must_list = false;
    if (t->unreadable > 0 && d->ringing.phase != CALL_NONE && t->ringing == 0 && !t->is_picked_up) {
        t->unreadable--; /* the one that rings, and nothing is to be believed of it */
        t->ringing++;
    }
    d->suspicious = t->unreadable > 0 ? d->suspicious + 1 : 0;
    follow_ringing(d);
    if (emergency_waits(d)) {
        look_for_emergency(d);
    } else if (emergency_is_up(d)) {
        compare_emergency(d);
    } else if (d->must_clear || d->up.phase == CALL_ENDING) {
        is_good = clear(d);
    } else {
        compare(d);
    }
    follow(d);
    if (t->is_picked_up && d->ringing.is_answered) {
        picked_up(d);
    }
    d->is_end_told = false;
    return is_good;
}

void list_failed(struct modem_driver *d)
{
    d->must_list = d->must_clear = false;
    if (d->up.phase == CALL_ENDING || (d->is_end_told && emergency_is_up(d))) {
        call_gone(d, &d->up, MODEM_EVENT_ENDED, d->end_cause);
    }
    if (emergency_waits(d)) {
        (void)modem_call_step(&d->up, CALL_RETRY);
    }
    call_tell_ringing(d);
    d->is_end_told = false;
}
