/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel keeps of each CPU. */
#pragma once

#include "abi/syscall.h"
#include "arch/arch.h"
#include "kernel/thread_queue.h"
#include "kernel/trace.h"

enum { CPUS = 1 }; /* that run */

struct cpu {
    _Alignas(ARCH_STACK_ALIGN) struct arch_cpu arch; /* what the trap path knows */
    struct thread *current;                          /* the thread of arch.context */

    /* scheduler */
    struct sched *charged; /* the scheduling context that time goes to */
    ticks budget_end;      /* when what it had when this was written will be used up */
    ticks programmed;      /* the one-shot timer's deadline */
    struct thread *next;   /* not NULL: comes first, and is in no queue */
    uint64_t ready;        /* bit p: ready[p] is not empty */
    struct thread_queue queue[PRIORITIES];

    struct timeline_entry *timeline;
    uint32_t timeline_count; /* entries that may be in it, armed or not */
    uint32_t trace_next;     /* counts events, modulo 2^32 */
    struct trace_event trace[TRACE_EVENTS];
};

/* The stack grows down from the data: it ends in a guard page, not in something else. */
struct cpu_area {
    _Alignas(ARCH_GUARD_BYTES) uint8_t guard[ARCH_GUARD_BYTES]; /* never mapped */
    uint8_t stack[ARCH_STACK_BYTES];
    struct cpu cpu;
};

_Static_assert(offsetof(struct cpu, arch) == 0, "a CPU's register points to both");
_Static_assert(offsetof(struct cpu_area, cpu) == ARCH_GUARD_BYTES + ARCH_STACK_BYTES,
               "the first instructions find it there");
_Static_assert(PRIORITIES <= 64, "`ready` has a bit for each");

extern struct cpu_area cpu_areas[CPUS];

static inline struct cpu *cpu_of(struct arch_cpu *arch)
{
    return (struct cpu *)(void *)arch;
}

/* One register read ("arch/machine.h"). */
static inline struct cpu *cpu_this(void)
{
    return cpu_of(arch_cpu_local());
}
