/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message between components is a struct whose fields are all 32 bits wide:
 * word i of the message is field i. Sender, receiver and every fake use the same
 * struct, so a field that one side drops does not compile on the other.
 * Each message has a function X_take beside its struct: it checks everything
 * that can be checked without knowing the receiver's state.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/types.h"

#define MESSAGE_LENGTH(...) ((uint32_t)(sizeof(__VA_ARGS__) / sizeof(uint32_t)))

/* 64 bits in two fields */
struct wide {
    uint32_t low, high;
};

static inline uint64_t wide_join(struct wide w)
{
    return (uint64_t)w.high << 32 | w.low;
}

static inline struct wide wide_split(uint64_t value)
{
    return (struct wide){ (uint32_t)value, (uint32_t)(value >> 32) };
}

/* Field 0 of each message: the operation of a request, the answer of a reply. MESSAGE_NONE: nothing
 * was sent. Every answer but MESSAGE_OK is some server's word for no. */
enum { MESSAGE_OK = 0 };
#define MESSAGE_NONE UINT32_MAX

static inline uint32_t message_head(const abi_word *words, uint32_t sent)
{
    return sent > 0 && words[0] < MESSAGE_NONE ? (uint32_t)words[0] : MESSAGE_NONE;
}

/* Writes `length` fields, of the struct at `message`, to as many words. */
void message_put(abi_word *words, const void *message, uint32_t length);
/* False, and the struct is zero: fewer words were sent, or one that has no 32 bits. */
bool message_take(void *message_out, uint32_t length, const abi_word *words, uint32_t sent);
