/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A message is up to MESSAGE_WORDS words. The first MESSAGE_REGISTERS travel in
 * registers; the others lie in the thread's message buffer, a page that the
 * thread shares with the kernel, at the same index: words[4] is the fifth word.
 * words[0..3] of the buffer are never touched by the kernel.
 *
 * message info (register 1 of call, reply, receive):
 *   [6:0]  length in words, 0..MESSAGE_WORDS
 *   [7]    one capability travels: the sender's `send_cap`, put into the
 *          receiver's `receive_slot`. Without a receive slot (0) it is not
 *          transferred and bit 7 is clear at the receiver.
 * All other bits are zero; a sender that sets them gets STATUS_BAD_ARGUMENT.
 */
#pragma once

#include "abi/types.h"

enum {
    MESSAGE_REGISTERS = 4,
    MESSAGE_WORDS = 64,
    MESSAGE_INFO_LENGTH_MASK = 0x7f,
    MESSAGE_INFO_CAP = 1 << 7,
};

struct message_buffer {
    abi_word words[MESSAGE_WORDS];
    cap_index send_cap;     /* capability to hand over, when MESSAGE_INFO_CAP is set */
    cap_index receive_slot; /* empty slot of the receiver's CNode, 0 = take none */
};

_Static_assert(sizeof(struct message_buffer) <= 1024, "four buffers fit one page");

/*
 * Fault messages, sent by the kernel to a thread's fault endpoint, as a call:
 * replying with word 0 = FAULT_REPLY_RESUME lets the thread go on at the
 * faulting instruction, FAULT_REPLY_SKIP at the next one; anything else leaves
 * it stopped.
 */
enum fault_kind {
    FAULT_MEMORY = 1,  /* a data or instruction abort */
    FAULT_INSTRUCTION, /* undefined, FP use, breakpoint: address 0 */
    FAULT_BUDGET,      /* reserved */
};
enum fault_word {
    FAULT_WORD_KIND = 0, /* enum fault_kind */
    FAULT_WORD_ADDRESS,
    FAULT_WORD_PC,
    FAULT_WORD_SYNDROME, /* ESR_EL2 or HSR */
    FAULT_WORDS
};
enum { FAULT_REPLY_RESUME = 0, FAULT_REPLY_SKIP = 1 };

_Static_assert((int)FAULT_WORDS <= (int)MESSAGE_REGISTERS, "a fault message needs no buffer");
