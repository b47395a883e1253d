/* SPDX-License-Identifier: BSD-2-Clause */
/* What makes a message of modem.h one. */
#include "modem.h"

bool modem_request_take(struct modem_request *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->operation >= MODEM_DIAL &&
           out->operation <= MODEM_DECLINE &&
           (number_is_none(&out->number) || number_is_valid(&out->number)) &&
           (out->operation != MODEM_DIAL ||
            (out->token != 0 && out->token <= MODEM_TOKEN_OWN_MAX && out->number.length != 0 &&
             out->number.length <= NUMBER_DIAL_MAX));
}

bool modem_notice_take(struct modem_notice *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->answer == MODEM_OK &&
           out->event < MODEM_EVENT_KINDS &&
           (number_is_none(&out->number) || number_is_valid(&out->number));
}
