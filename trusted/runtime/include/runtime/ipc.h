/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages as a component sees them: words, whether they travelled in registers or in the message
 * buffer. See abi/message.h for what goes on underneath; no component sends a capability.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "abi/message.h"
#include "abi/types.h"

struct ipc_message {
    uint32_t length;      /* words used in `word` */
    bool is_signal;       /* received: no message, but bits of the bound notification */
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
/* A server's turn: answers with `m` if it was asked, waits, and says whether it is asked again. If
 * not, signal_bits say why it woke. */
bool ipc_serve(cap_index endpoint, cap_index reply, bool was_asked, struct ipc_message *m);
