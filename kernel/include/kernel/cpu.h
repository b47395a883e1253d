/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Per-CPU data. The trap path in assembler reads the first three fields; their
 * offsets are generated from this struct.
 */
#ifndef KERNEL_CPU_H
#define KERNEL_CPU_H

#include "abi/syscall.h"
#include "arch/arch.h"

struct sched;
struct thread;
struct timeline_entry;

enum { CPU_MAX = 8, TIMELINE_CAPACITY = 128, TRACE_EVENTS = 64 };

struct thread_queue {
    struct thread *first;
    struct thread *last;
};

struct timeline {
    uint32_t count;    /* entries in the heap */
    uint32_t reserved; /* objects that may have an entry; count <= reserved */
    struct timeline_entry *heap[TIMELINE_CAPACITY];
};

struct trace_event {
    uint32_t time; /* low half of the counter */
    uint32_t kind; /* enum trace_kind */
    uint64_t a;
    uint64_t b;
};

struct trace_ring {
    uint32_t next; /* counts events, modulo 2^32 */
    struct trace_event event[TRACE_EVENTS];
};

struct cpu {
    /* trap path */
    struct arch_context *context; /* to go on with; NULL: nothing to run, wait for an interrupt */
    struct arch_vcpu *vcpu;       /* not NULL: `context` is in this guest */
    void *local;                  /* the architecture's own data of this CPU: not for the kernel */
    struct thread *current;       /* the thread of `context` */

    /* scheduler */
    struct sched *charged;  /* the scheduling context that time goes to since `since` */
    ticks since;
    ticks programmed;       /* the one-shot timer's deadline */
    uint64_t ready;         /* bit p: ready[p] is not empty */
    struct thread_queue queue[PRIORITIES];

    struct timeline timeline;
    struct trace_ring trace;
    unsigned id;
};

extern struct cpu cpu_table[CPU_MAX];

/* arch_cpu_local() is in "arch/machine.h": one register read. */
static inline struct cpu *cpu_this(void)
{
    return (struct cpu *)arch_cpu_local();
}

#endif
