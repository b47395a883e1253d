/* SPDX-License-Identifier: BSD-2-Clause */
/* What a guest can leave behind at EL1 for whoever runs at EL0 next: poison.c. */
#pragma once

#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/sysreg.h>

/* ARM DDI 0487, D17 "SCTLR_EL1", "MDSCR_EL1", "DBGWCR<n>_EL1", "DBGBCR<n>_EL1" */
enum {
    SCTLR_SET = 1 << 24 /* E0E */ | 1 << 4 /* SA0 */ | 1 << 3 /* SA */ | 1 << 1 /* A */,
    SCTLR_CLEAR = 1 << 26 /* UCI */ | 1 << 18 /* nTWE */ | 1 << 16 /* nTWI */ | 1 << 15 /* UCT */ |
                  1 << 14 /* DZE */ | 1 << 9 /* UMA */,
    MDSCR_POISON = 1 << 15 /* MDE */ | 1 << 0 /* SS */,
    BREAKPOINT_EL0 = 0xf << 5 /* BAS */ | 2 << 1 /* EL0 */ | 1,
    WATCHPOINT_EL0 =
        0x1f << 24 /* MASK: 2 GiB */ | 0xff << 5 | 3 << 3 /* read, write */ | 2 << 1 /* EL0 */ | 1,
};

struct cpu_state {
    u64 sctlr, cpacr, cntkctl, mdscr, bvr, bcr, wvr, wcr, tpidr, tpidrro;
};

static inline void cpu_state_save(struct cpu_state *s)
{
    s->sctlr = read_sysreg(sctlr_el1);
    s->cpacr = read_sysreg(cpacr_el1);
    s->cntkctl = read_sysreg(cntkctl_el1);
    s->mdscr = read_sysreg(mdscr_el1);
    s->bvr = read_sysreg(dbgbvr0_el1);
    s->bcr = read_sysreg(dbgbcr0_el1);
    s->wvr = read_sysreg(dbgwvr0_el1);
    s->wcr = read_sysreg(dbgwcr0_el1);
    s->tpidr = read_sysreg(tpidr_el0);
    s->tpidrro = read_sysreg(tpidrro_el0);
}

static inline void cpu_state_load(const struct cpu_state *s)
{
    write_sysreg(s->cpacr, cpacr_el1);
    write_sysreg(s->cntkctl, cntkctl_el1);
    write_sysreg(s->bvr, dbgbvr0_el1);
    write_sysreg(s->bcr, dbgbcr0_el1);
    write_sysreg(s->wvr, dbgwvr0_el1);
    write_sysreg(s->wcr, dbgwcr0_el1);
    write_sysreg(s->mdscr, mdscr_el1);
    write_sysreg(s->tpidr, tpidr_el0);
    write_sysreg(s->tpidrro, tpidrro_el0);
    write_sysreg(s->sctlr, sctlr_el1);
    isb();
}

static inline struct cpu_state cpu_state_poisoned(const struct cpu_state *sane)
{
    struct cpu_state s = *sane;

    s.sctlr = (s.sctlr | SCTLR_SET) & ~(u64)SCTLR_CLEAR;
    s.cpacr = 0;
    s.cntkctl = 0;
    s.mdscr |= MDSCR_POISON;
    s.bvr = 0x400000;
    s.bcr = BREAKPOINT_EL0;
    s.wvr = 0;
    s.wcr = WATCHPOINT_EL0;
    s.tpidr = s.tpidrro = 0xdeadbeefdeadbeefull;
    return s;
}

/* Debug exceptions, SError, IRQ and FIQ. */
static inline void cpu_mask_all(void)
{
    asm volatile("msr daifset, #0xf" : : : "memory");
}
