// SPDX-License-Identifier: BSD-2-Clause
/*
 * Leaves its EL1 state as nasty as it can be for whoever runs at EL0 next, for `ms`
 * milliseconds, then puts it back. Interrupts stay off meanwhile, so that this Linux
 * takes no exception with that state; each read of the modem UART's flags leaves the
 * guest for its VMM, so that native code runs again and again on top of it.
 */
#include <linux/irqflags.h>
#include <linux/module.h>
#include <asm/arch_timer.h>
#include <asm/sysreg.h>

#include "modem_line.h"

static unsigned int ms = 10000;
module_param(ms, uint, 0);
MODULE_PARM_DESC(ms, "how long");

/* ARM DDI 0487, D17 "SCTLR_EL1", "MDSCR_EL1", "DBGWCR<n>_EL1", "DBGBCR<n>_EL1" */
enum {
    SCTLR_SET = 1 << 24 /* E0E */ | 1 << 4 /* SA0 */ | 1 << 3 /* SA */ | 1 << 1 /* A */,
    SCTLR_CLEAR = 1 << 26 /* UCI */ | 1 << 18 /* nTWE */ | 1 << 16 /* nTWI */ | 1 << 15 /* UCT */ |
                  1 << 14 /* DZE */ | 1 << 9 /* UMA */,
    MDSCR_POISON = 1 << 15 /* MDE */ | 1 << 0 /* SS */,
    BREAKPOINT_EL0 = 0xf << 5 /* BAS */ | 2 << 1 /* EL0 */ | 1,
    WATCHPOINT_EL0 = 0x1f << 24 /* MASK: 2 GiB */ | 0xff << 5 | 3 << 3 /* read, write */ | 2 << 1 /* EL0 */ | 1,
};

struct el1_state {
    u64 sctlr, cpacr, cntkctl, mdscr, bvr, bcr, wvr, wcr, tpidr, tpidrro;
};

static void save(struct el1_state *s)
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

static void load(const struct el1_state *s)
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

static struct el1_state poisoned(const struct el1_state *sane)
{
    struct el1_state s = *sane;

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

static int __init poison_init(void)
{
    void __iomem *line = ioremap(modem_line_address("serial1"), PL011_BYTES);
    struct el1_state sane, bad;
    unsigned long flags;
    u64 end, reads = 0;

    if (line == NULL)
        return -ENOMEM;
    pr_emerg("ROBIN-GUEST: poison on for %u ms\n", ms);
    local_irq_save(flags);
    save(&sane);
    bad = poisoned(&sane);
    end = read_sysreg(cntvct_el0) + (u64)ms * read_sysreg(cntfrq_el0) / 1000;
    load(&bad);
    for (; read_sysreg(cntvct_el0) < end; reads++)
        (void)readl(line + PL011_FR);
    load(&sane);
    local_irq_restore(flags);
    pr_emerg("ROBIN-GUEST: poison off after %llu exits\n", reads);
    iounmap(line);
    return 0;
}

static void __exit poison_exit(void)
{
}

module_init(poison_init);
module_exit(poison_exit);
MODULE_LICENSE("Dual BSD/GPL");
MODULE_DESCRIPTION("poisoned EL1 state while native code runs (attack replay)");
