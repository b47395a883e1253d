/* SPDX-License-Identifier: BSD-2-Clause */
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

void fake_dialler_set(enum dial_state state, enum dial_outcome outcome)
{
    fake_dialler.status.state = state;
    fake_dialler.status.outcome = outcome;
}

enum dialler_answer dialler_port_dial(uint32_t flags, const struct number *number)
{
    fake_dialler.dials++;
    fake_dialler.flags = flags;
    fake_dialler.number = *number;
    if (fake_dialler.answer == DIALLER_ACCEPTED) {
        fake_dialler.status.id++;
        fake_dialler.status.state = DIAL_STATE_PROMPT;
        fake_dialler.status.number = *number;
    }
    return fake_dialler.answer;
}

enum dialler_answer dialler_port_hang_up(void)
{
    fake_dialler.hang_ups++;
    if (fake_dialler.status.state == DIAL_STATE_NONE || fake_dialler.hangs_on) {
        return DIALLER_INVALID;
    }
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_WITHDRAWN);
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
    return fake_dialler.status.state == DIAL_STATE_ACTIVE ? DIALLER_ACCEPTED : DIALLER_REFUSED;
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
    fake_dialler_set(DIAL_STATE_NONE, DIAL_OUTCOME_WITHDRAWN);
}

void machine_wake_at(uint64_t time_us)
{
    fake_dialler.wake_us = time_us;
}

uint64_t machine_time_us(void)
{
    return fake_dialler.now_us;
}
