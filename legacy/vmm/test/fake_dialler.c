/* SPDX-License-Identifier: BSD-2-Clause */
/* A dialler for tests of the virtual modem, made of the protocol's own messages. */
#include "fake_dialler.h"

#include "machine.h"

struct fake_dialler fake_dialler;

void fake_dialler_reset(void)
{
    fake_dialler = (struct fake_dialler){ .answer = DIALLER_ACCEPTED };
}

const char *fake_dialler_number(void)
{
    static char text[NUMBER_SYMBOLS_MAX + 1];
    const struct number *number = &fake_dialler.number;
    uint32_t i = 0;
    for (; i < number->length; i++) {
        text[i] = "0123456789*#+"[number_symbol_at(number, i)];
    }
    text[i] = 0;
    return text;
}

/* Nothing is up any more, or something is, under an id of its own. */
void fake_dialler_set(enum dial_state state, enum dial_outcome outcome)
{
    struct dialler_reply *status = &fake_dialler.status;

    if (state == DIAL_STATE_NONE) {
        *status = (struct dialler_reply){ 0 };
        fake_dialler.is_emergency = false;
    } else if (status->id == 0) {
        status->id = ++fake_dialler.last_id;
    }
    if (outcome == DIAL_OUTCOME_REFUSED || outcome == DIAL_OUTCOME_WITHDRAWN) {
        fake_dialler.refused_until_us = fake_dialler.now_us + 1000000;
    }
    status->is_incoming = state == DIAL_STATE_INCOMING || status->is_incoming;
    status->state = state;
    status->outcome = outcome;
}

void fake_dialler_ring(const struct number *caller)
{
    fake_dialler.status = (struct dialler_reply){ .number = *caller };
    fake_dialler_set(DIAL_STATE_INCOMING, DIAL_OUTCOME_NONE);
}

static unsigned symbol_at(const struct number *number, uint32_t i)
{
    return i < number->length ? number_symbol_at(number, i) : SYMBOL_COUNT;
}

/* Without *31# or #31#. Length 0: it is a code, or too short or too long for a call. */
static struct number called(const struct number *number)
{
    const bool has_prefix =
        (symbol_at(number, 0) == SYMBOL_STAR || symbol_at(number, 0) == SYMBOL_HASH) &&
        symbol_at(number, 1) == 3 && symbol_at(number, 2) == 1 &&
        symbol_at(number, 3) == SYMBOL_HASH;
    struct number out = { 0 };

    for (uint32_t i = has_prefix ? 4 : 0; i < number->length; i++) {
        if (symbol_at(number, i) == SYMBOL_STAR || symbol_at(number, i) == SYMBOL_HASH) {
            return (struct number){ 0 };
        }
        (void)number_append(&out, symbol_at(number, i));
    }
    return out.length < 3 || out.length > NUMBER_DIAL_MAX ? (struct number){ 0 } : out;
}

static enum dialler_answer answer_to_dial(const struct number *number)
{
    if (fake_dialler.answer != DIALLER_ACCEPTED || number->length == 0) {
        return number->length == 0 ? DIALLER_INVALID : fake_dialler.answer;
    }
    if (fake_dialler.status.state != DIAL_STATE_NONE) {
        return DIALLER_BUSY;
    }
    return fake_dialler.now_us < fake_dialler.refused_until_us ? DIALLER_REFUSED : DIALLER_ACCEPTED;
}

enum dialler_answer dialler_port_dial(uint32_t flags, const struct number *number)
{
    const struct number plain = called(number);
    const enum dialler_answer answer = answer_to_dial(&plain);

    fake_dialler.dials++;
    fake_dialler.flags = flags;
    fake_dialler.number = *number;
    if (answer == DIALLER_ACCEPTED) {
        fake_dialler_set(DIAL_STATE_PROMPT, DIAL_OUTCOME_NONE);
        fake_dialler.status.number = plain;
        fake_dialler.is_emergency = plain.length == 3 && plain.packed[0] == 0x211;
    }
    return answer;
}

enum dialler_answer dialler_port_hang_up(void)
{
    const enum dial_state state = (enum dial_state)fake_dialler.status.state;

    fake_dialler.hang_ups++;
    if (fake_dialler.hangs_on || (fake_dialler.is_emergency && state != DIAL_STATE_PROMPT)) {
        return DIALLER_REFUSED;
    }
    if (state != DIAL_STATE_NONE) {
        fake_dialler_set(DIAL_STATE_NONE,
                         state == DIAL_STATE_PROMPT ? DIAL_OUTCOME_WITHDRAWN : DIAL_OUTCOME_ENDED);
    }
    return DIALLER_ACCEPTED;
}

enum dialler_answer dialler_port_answer(void)
{
    fake_dialler.answers++;
    return fake_dialler.status.state == DIAL_STATE_INCOMING ? DIALLER_ACCEPTED : DIALLER_INVALID;
}

enum dialler_answer dialler_port_tone(uint32_t symbol)
{
    fake_dialler.tone[fake_dialler.tones++ % FAKE_TONES] = symbol;
    return fake_dialler.status.state == DIAL_STATE_ACTIVE && symbol <= SYMBOL_HASH
               ? DIALLER_ACCEPTED
               : DIALLER_INVALID;
}

void dialler_port_status(struct dialler_reply *status_out)
{
    *status_out = fake_dialler.status;
}

void dialler_port_report(enum report_kind kind, uint64_t address)
{
    fake_dialler.reports++;
    fake_dialler.report = kind;
    fake_dialler.report_address = address;
}

void dialler_port_cancel_all(void)
{
    fake_dialler.cancels++;
    fake_dialler_set(DIAL_STATE_NONE, fake_dialler.status.state == DIAL_STATE_PROMPT
                                          ? DIAL_OUTCOME_WITHDRAWN
                                          : (enum dial_outcome)fake_dialler.status.outcome);
}

void machine_wake_at(uint64_t time_us)
{
    fake_dialler.wake_us = time_us;
}

uint64_t machine_time_us(void)
{
    return fake_dialler.now_us;
}
