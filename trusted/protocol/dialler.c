/* SPDX-License-Identifier: BSD-2-Clause */
/* What makes a message of dialler.h one. */
#include "dialler.h"

void dialler_request_take(struct dialler_request *out, const abi_word *words, uint32_t sent)
{
    abi_word whole[MESSAGE_LENGTH(*out)] = { 0 };

    for (uint32_t i = 0; i < sent && i < MESSAGE_LENGTH(*out); i++) {
        whole[i] = words[i];
    }
    (void)message_take(out, MESSAGE_LENGTH(*out), whole, MESSAGE_LENGTH(*out));
}

bool dialler_reply_take(struct dialler_reply *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->answer < DIALLER_ANSWERS &&
           out->state < DIAL_STATES && out->outcome < DIAL_OUTCOMES && out->is_incoming <= 1 &&
           (number_is_none(&out->number) || number_is_valid(&out->number));
}
