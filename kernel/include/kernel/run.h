/* SPDX-License-Identifier: BSD-2-Clause */
/* Who runs next. */
#pragma once

#include "kernel/cpu.h"
#include "kernel/thread.h"

/* Puts a thread that has become able to run where it will be found. */
void run_ready(struct thread *thread);
/* Takes it off the ready queue, if it is there. */
void run_unready(struct thread *thread);
/* Chooses who goes on; the end of every kernel entry but the fast paths. */
void run_next(struct cpu *cpu);

/* Nobody in the ready queues comes before this thread. */
static inline bool run_is_highest(const struct cpu *cpu, const struct thread *thread)
{
    return (cpu->ready & thread->outranking) == 0;
}
