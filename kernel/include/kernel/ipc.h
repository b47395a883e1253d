/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages between threads. */
#pragma once

#include "abi/types.h"

struct endpoint;
struct thread;

/* The thread's message goes to who receives, or it queues. Its state is no longer READY. */
void ipc_send(struct thread *caller, struct endpoint *endpoint, abi_word badge);
/* A receiving thread gets its bound notification's bits instead of a message. */
void ipc_receive_signal(struct thread *receiver, abi_word bits);
