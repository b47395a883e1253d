/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What belongs to no object: the data of a CPU, the trace, the console, the panic, the boot. The
 * trap path in assembler reads the first fields of struct cpu; their offsets are generated from it.
 */
#pragma once

#include "abi/boot.h"
#include "abi/syscall.h"
#include "arch/arch.h"

/* ---- each CPU -------------------------------------------------------------------------------- */

enum { CPU_MAX = 8, TRACE_EVENTS = 64 };

struct thread_queue {
    struct thread *first, *last;
};

struct trace_event {
    const char *what; /* NULL: none yet */
    uint64_t time, a, b;
};

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

/* ---- the trace: the last events, for the panic and the debugger ------------------------------ */

void trace_event(const char *what, uint64_t a, uint64_t b); /* `what` stays where it is */

/* ---- the console ----------------------------------------------------------------------------- */

void console_print(const char *text);
void console_print_hex(uint64_t value);

/* ---- memory ---------------------------------------------------------------------------------- */

/* Whole words are fast; the compiler may call these too, whatever its options. */
void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

/* ---- the panic ------------------------------------------------------------------------------- */

/*
 * The end: cause, registers, build and last events on the console, "stopped" on
 * the panel, then the machine is reset (which hangs the modem up).
 */
struct panic_register {
    const char *name;
    uint64_t value;
};

/* Registers may be none (NULL, 0). */
_Noreturn void kernel_panic(const char *cause, const struct panic_register *registers,
                            unsigned count);

extern const char kernel_build_id[17]; /* 16 hexadecimal digits */

/* Our own invariants only: never what a user can reach. */
#define KERNEL_ASSERT(condition) \
    ((condition) ? (void)0 : kernel_panic("kernel invariant broken: " #condition, 0, 0))

/* ---- the boot -------------------------------------------------------------------------------- */

/* NULL: the bundle can be used. Otherwise one sentence that says why not. */
const char *bundle_check(const struct bundle_header *header, uint32_t region_bytes);
uint32_t bundle_crc32(const unsigned char *bytes, uint32_t count);
/* From the boot loader's memory to root's first instruction. */
void boot_run(const struct arch_boot *arch);
