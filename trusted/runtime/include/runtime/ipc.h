/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages as a component sees them: words, whether they travelled in registers or in the message
 * buffer. See abi/message.h for what goes on underneath.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "abi/message.h"
#include "abi/types.h"

struct ipc_message {
    uint32_t length;      /* words used in `word` */
    bool is_signal;       /* received: no message, but bits of the bound notification */
    bool has_cap;         /* a capability travels with it, see message_buffer */
    abi_word badge;       /* received: the badge of the sender's capability */
    abi_word signal_bits; /* received: when is_signal */
    abi_word word[MESSAGE_WORDS];
};

/* Sends word[0..length), waits for the answer, which replaces the message. */
enum status ipc_call(cap_index endpoint, struct ipc_message *m);
/* Waits for a message or for a signal of the thread's bound notification. */
enum status ipc_receive(cap_index endpoint, cap_index reply, struct ipc_message *m);
/* Answers whoever waits on the reply object; does not wait. */
enum status ipc_reply(cap_index reply, const struct ipc_message *m);
/* Answers and waits for the next message, which replaces the answer. */
enum status ipc_reply_receive(cap_index endpoint, cap_index reply, struct ipc_message *m);
