/* SPDX-License-Identifier: BSD-2-Clause */
/* What makes a message of audit.h one. */
#include "audit.h"

bool audit_append_take(struct audit_append *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->operation == AUDIT_APPEND;
}

bool audit_appended_take(struct audit_appended *out, const abi_word *words, uint32_t sent)
{
    return message_take(out, MESSAGE_LENGTH(*out), words, sent) && out->answer == AUDIT_OK;
}
