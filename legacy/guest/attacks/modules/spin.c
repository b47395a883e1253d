// SPDX-License-Identifier: BSD-2-Clause
/* Takes the processor and never gives it back: interrupts off, an endless loop. */
#include <linux/irqflags.h>
#include <linux/module.h>

#include "cpu_state.h"

static int __init spin_init(void)
{
    pr_emerg("ROBIN-GUEST: spin on\n");
    local_irq_disable();
    cpu_mask_all();
    for (;;) {
        asm volatile("nop");
    }
    return 0;
}

module_init(spin_init);
MODULE_LICENSE("Dual BSD/GPL");
MODULE_DESCRIPTION("guest that spins with interrupts off (attack replay)");
