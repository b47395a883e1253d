/* SPDX-License-Identifier: BSD-2-Clause */
#include "dialler_port.h"

#include "manifest.h"
#include "runtime/ipc.h"

/* A dialler that cannot be reached is a dialler that says no. */
static enum dialler_answer call(struct ipc_message *message)
{
    if (ipc_call(CAP_DIALLER, message) != STATUS_OK || message->length == 0) {
        return DIALLER_REFUSED;
    }
    return message->word[0] <= DIALLER_INVALID ? (enum dialler_answer)message->word[0]
                                               : DIALLER_INVALID;
}

static enum dialler_answer call_simply(enum dialler_operation operation)
{
    struct ipc_message message = { .length = 1 };
    message.word[0] = operation;
    return call(&message);
}

enum dialler_answer dialler_port_dial(uint32_t flags, const struct number *number)
{
    struct ipc_message message = { .length = 2 + NUMBER_WORDS };
    message.word[0] = DIALLER_DIAL;
    message.word[1] = flags;
    number_put(&message.word[2], number);
    return call(&message);
}

enum dialler_answer dialler_port_hang_up(void)
{
    return call_simply(DIALLER_HANG_UP);
}

enum dialler_answer dialler_port_answer(void)
{
    return call_simply(DIALLER_ANSWER);
}

enum dialler_answer dialler_port_tone(uint32_t symbol)
{
    struct ipc_message message = { .length = 2 };
    message.word[0] = DIALLER_TONE;
    message.word[1] = symbol;
    return call(&message);
}

void dialler_port_status(struct dialler_status *status_out)
{
    struct ipc_message message = { .length = 1 };
    message.word[0] = DIALLER_STATUS;
    *status_out = (struct dialler_status){ 0 };
    if (call(&message) != DIALLER_ACCEPTED || message.length < 5 + NUMBER_WORDS) {
        return;
    }
    status_out->request = (uint32_t)message.word[1];
    status_out->state = (enum dial_state)message.word[2];
    status_out->outcome = (enum dial_outcome)message.word[3];
    status_out->is_incoming = (uint32_t)message.word[4] & 1;
    status_out->number = number_take(&message.word[5]);
}

void dialler_port_report(enum report_kind kind, uint64_t address)
{
    struct ipc_message message = { .length = 4 };
    message.word[0] = DIALLER_REPORT;
    message.word[1] = kind;
    message.word[2] = (abi_word)(address & UINT32_MAX);
    message.word[3] = (abi_word)(address >> 32);
    (void)call(&message);
}

void dialler_port_cancel_all(void)
{
    (void)call_simply(DIALLER_CANCEL_ALL);
}
