/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel keeps of each CPU. */
#pragma once

#include "abi/syscall.h"
#include "arch/arch.h"
#include "kernel/thread_queue.h"
#include "kernel/trace.h"

enum { CPU_MAX = 8 };

struct cpu {
    /* trap path */
    struct arch_context *context; /* to go on with; NULL: nothing to run, wait for an interrupt */
    struct arch_vcpu *vcpu;       /* not NULL: `context` is in this guest */
    void *local;                  /* the architecture's own data of this CPU: not for the kernel */
    struct thread *current;       /* the thread of `context` */

    /* scheduler */
    struct sched *charged; /* the scheduling context that time goes to */
    ticks budget_end;      /* when what it had when this was written will be used up */
    ticks programmed;      /* the one-shot timer's deadline */
    uint64_t ready;        /* bit p: ready[p] is not empty */
    struct thread_queue queue[PRIORITIES];

    struct timeline_entry *timeline;
    uint32_t timeline_count; /* entries that may be in it, armed or not */
    uint32_t trace_next;     /* counts events, modulo 2^32 */
    struct trace_event trace[TRACE_EVENTS];
};

extern struct cpu cpu_table[CPU_MAX];

/* arch_cpu_local() is in "arch/machine.h": one register read. */
static inline struct cpu *cpu_this(void)
{
    return (struct cpu *)arch_cpu_local();
}
