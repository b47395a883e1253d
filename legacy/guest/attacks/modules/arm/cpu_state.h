/* SPDX-License-Identifier: BSD-2-Clause */
/* What a guest can leave behind at PL1 for whoever runs at PL0 next: poison.c. */
#pragma once

#include <linux/types.h>
#include <asm/barrier.h>

/* ARM DDI 0406, B4 "SCTLR", C11 "DBGBCR", "DBGWCR", "DBGDSCR" */
enum {
    SCTLR_SET = 1 << 30 /* TE */ | 1 << 25 /* EE */ | 1 << 20 /* UWXN */ | 1 << 1 /* A */,
    SCTLR_CLEAR = 1 << 5 /* CP15BEN */,
    DBGDSCR_POISON = 1 << 15 /* MDBGen */,
    BREAKPOINT_PL0 = 0xf << 5 /* BAS */ | 2 << 1 /* User mode */ | 1,
    WATCHPOINT_PL0 =
        0x1f << 24 /* MASK: 2 GiB */ | 0xff << 5 | 3 << 3 /* read, write */ | 2 << 1 /* User */ | 1,
};

/* Name, and its place: coprocessor, opc1, CRn, CRm, opc2. SCTLR comes last. */
#define CPU_STATE(X)                \
    X(cntkctl, p15, 0, c14, c1, 0)  \
    X(bvr, p14, 0, c0, c0, 4)       \
    X(bcr, p14, 0, c0, c0, 5)       \
    X(wvr, p14, 0, c0, c0, 6)       \
    X(wcr, p14, 0, c0, c0, 7)       \
    X(dbgdscr, p14, 0, c0, c2, 2)   \
    X(tpidrurw, p15, 0, c13, c0, 2) \
    X(tpidruro, p15, 0, c13, c0, 3) \
    X(cpacr, p15, 0, c1, c0, 2)     \
    X(sctlr, p15, 0, c1, c0, 0)

struct cpu_state {
#define CPU_STATE_FIELD(name, ...) u32 name;
    CPU_STATE(CPU_STATE_FIELD)
};

static inline void cpu_state_save(struct cpu_state *s)
{
#define CPU_STATE_READ(name, coprocessor, opc1, crn, crm, opc2) \
    asm volatile("mrc " #coprocessor ", " #opc1 ", %0, " #crn ", " #crm ", " #opc2 : "=r"(s->name));
    CPU_STATE(CPU_STATE_READ)
}

static inline void cpu_state_load(const struct cpu_state *s)
{
#define CPU_STATE_WRITE(name, coprocessor, opc1, crn, crm, opc2)                   \
    asm volatile("mcr " #coprocessor ", " #opc1 ", %0, " #crn ", " #crm ", " #opc2 \
                 :                                                                 \
                 : "r"(s->name)                                                    \
                 : "memory");
    CPU_STATE(CPU_STATE_WRITE)
    isb();
}

static inline struct cpu_state cpu_state_poisoned(const struct cpu_state *sane)
{
    struct cpu_state s = *sane;

    s.sctlr = (s.sctlr | SCTLR_SET) & ~(u32)SCTLR_CLEAR;
    s.cpacr = 0;
    s.cntkctl = 0;
    s.dbgdscr |= DBGDSCR_POISON;
    s.bvr = 0x400000;
    s.bcr = BREAKPOINT_PL0;
    s.wvr = 0;
    s.wcr = WATCHPOINT_PL0;
    s.tpidrurw = s.tpidruro = 0xdeadbeef;
    return s;
}

/* Asynchronous aborts, IRQ and FIQ. */
static inline void cpu_mask_all(void)
{
    asm volatile("cpsid aif" : : : "memory");
}
