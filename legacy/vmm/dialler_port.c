/* SPDX-License-Identifier: BSD-2-Clause */
/* Makes IPC calls to the dialler of the virtual modem's requests. */
#include "dialler_port.h"

#include "manifest.h"
#include "runtime/ipc.h"

/* A dialler that cannot be reached, or talks nonsense, is a dialler that says no. */
static struct dialler_reply call(const struct dialler_request *request)
{
    struct ipc_message message = { .length = MESSAGE_LENGTH(*request) };
    struct dialler_reply reply;

    message_put(message.word, request, message.length);
    if (ipc_call(CAP_DIALLER, &message) != STATUS_OK ||
        !dialler_reply_take(&reply, message.word, message.length)) {
        reply = (struct dialler_reply){ .answer = DIALLER_REFUSED };
    }
    return reply;
}

static enum dialler_answer call_simply(enum dialler_operation operation, uint32_t value)
{
    const struct dialler_request request = { .operation = operation, .value = value };

    return (enum dialler_answer)call(&request).answer;
}

enum dialler_answer dialler_port_dial(uint32_t flags, const struct number *number)
{
    const struct dialler_request request = { .operation = DIALLER_DIAL,
                                             .value = flags,
                                             .number = *number };

    return (enum dialler_answer)call(&request).answer;
}

enum dialler_answer dialler_port_hang_up(void)
{
    return call_simply(DIALLER_HANG_UP, 0);
}

enum dialler_answer dialler_port_answer(void)
{
    return call_simply(DIALLER_ANSWER, 0);
}

enum dialler_answer dialler_port_tone(uint32_t symbol)
{
    return call_simply(DIALLER_TONE, symbol);
}

void dialler_port_status(struct dialler_reply *status_out)
{
    const struct dialler_request request = { .operation = DIALLER_STATUS };

    *status_out = call(&request);
    if (status_out->answer != DIALLER_ACCEPTED) {
        *status_out = (struct dialler_reply){ .answer = DIALLER_REFUSED };
    }
}

void dialler_port_report(enum report_kind kind, uint64_t address)
{
    const struct dialler_request request = { .operation = DIALLER_REPORT,
                                             .value = kind,
                                             .address = wide_split(address) };

    (void)call(&request);
}

void dialler_port_cancel_all(void)
{
    (void)call_simply(DIALLER_CANCEL_ALL, 0);
}
