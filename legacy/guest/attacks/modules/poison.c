// SPDX-License-Identifier: BSD-2-Clause
/*
 * Leaves its EL1 state as nasty as it can be for whoever runs at EL0 next, for `ms`
 * milliseconds, then puts it back. Interrupts stay off meanwhile, so that this Linux
 * takes no exception with that state; each read of the modem UART's flags leaves the
 * guest for its VMM, so that native code runs again and again on top of it.
 */
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/module.h>
#include <asm/arch_timer.h>

#include "cpu_state.h"
#include "modem_line.h"

static unsigned int ms = 10000;
module_param(ms, uint, 0);
MODULE_PARM_DESC(ms, "how long");

static int __init poison_init(void)
{
    void __iomem *line = ioremap(modem_line_address("serial1"), PL011_BYTES);
    struct cpu_state sane, bad;
    unsigned long flags;
    u64 end, reads = 0;

    if (line == NULL) {
        return -ENOMEM;
    }
    pr_emerg("ROBIN-GUEST: poison on for %u ms\n", ms);
    local_irq_save(flags);
    cpu_state_save(&sane);
    bad = cpu_state_poisoned(&sane);
    end = __arch_counter_get_cntvct() + div_u64((u64)ms * arch_timer_get_cntfrq(), 1000);
    cpu_state_load(&bad);
    for (; __arch_counter_get_cntvct() < end; reads++) {
        (void)readl(line + PL011_FR);
    }
    cpu_state_load(&sane);
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
