/* SPDX-License-Identifier: BSD-2-Clause */
/* Structs of 32-bit fields to message words and back. */
#include "message.h"

void message_put(abi_word *words, const void *message, uint32_t length)
{
    const uint32_t *field = message;

    for (uint32_t i = 0; i < length; i++) {
        words[i] = field[i];
    }
}

bool message_take(void *message_out, uint32_t length, const abi_word *words, uint32_t sent)
{
    uint32_t *field = message_out;
    bool is_whole = sent >= length;

    for (uint32_t i = 0; is_whole && i < length; i++) {
        is_whole = words[i] <= UINT32_MAX;
    }
    for (uint32_t i = 0; i < length; i++) {
        field[i] = is_whole ? (uint32_t)words[i] : 0;
    }
    return is_whole;
}
