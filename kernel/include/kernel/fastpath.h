/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls that are frequent, in the case that is. */
#pragma once

#include "kernel/cpu.h"

/* True: done, the next context is chosen. False: nothing has happened. */
bool fastpath_call(struct cpu *cpu, struct thread *caller);
bool fastpath_reply_receive(struct cpu *cpu, struct thread *server);
bool fastpath_signal(struct thread *caller);
bool fastpath_vcpu_run(struct cpu *cpu, struct thread *runner);
