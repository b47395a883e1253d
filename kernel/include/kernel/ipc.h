/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages between threads. */
#ifndef KERNEL_IPC_H
#define KERNEL_IPC_H

#include "abi/message.h"
#include "kernel/cap.h"

struct cpu;

/* The thread's message goes to who receives, or it queues. Its state is no longer READY. */
void ipc_send(struct thread *caller, struct endpoint *endpoint, abi_word badge);
/* A receiving thread gets its bound notification's bits instead of a message. */
void ipc_receive_signal(struct thread *receiver, abi_word bits);

syscall_operation sys_call, sys_receive, sys_reply, sys_reply_receive;

/* True: done, the next context is chosen. False: nothing has happened. */
bool fastpath_call(struct cpu *cpu, struct thread *caller);
bool fastpath_reply_receive(struct cpu *cpu, struct thread *server);
bool fastpath_signal(struct thread *caller);
bool fastpath_vcpu_run(struct cpu *cpu, struct thread *runner);

#endif
