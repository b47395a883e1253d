/* SPDX-License-Identifier: BSD-2-Clause */
/* From the trap to the operation. */
#ifndef KERNEL_SYSCALL_H
#define KERNEL_SYSCALL_H

#include "kernel/cap.h"

/* An operation's answer when it has none yet: the caller blocks, or repeats the call. */
#define STATUS_LATER ((enum status)STATUS_COUNT)

/* The caller does the call again once the interrupt that waits has been taken. */
enum status syscall_restart(struct thread *caller);

#endif
