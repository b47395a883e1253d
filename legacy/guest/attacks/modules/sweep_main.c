// SPDX-License-Identifier: BSD-2-Clause
/*
 * Kernel-mode sweep: reads and writes every address of the machine that Linux does not
 * own (trusted RAM, framebuffer, modem, interrupt controller, fw_cfg, flash), calls the
 * hypervisor and the secure monitor with random arguments, and touches system registers
 * that a guest has no business with. Prints what came of it; harmless to this Linux.
 */
#include <linux/module.h>

#include "probe.h"
#include "sweep.h"

static unsigned int seed = 1;
module_param(seed, uint, 0);
MODULE_PARM_DESC(seed, "of the random arguments");
static unsigned int calls = 2000;
module_param(calls, uint, 0);
MODULE_PARM_DESC(calls, "random HVC and SMC calls, each");
static bool writes = true;
module_param(writes, bool, 0);
MODULE_PARM_DESC(writes, "write too, not only read");

u32 sweep_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 17;
    seed ^= seed << 5;
    return seed;
}

static void report(const char *what, const struct sweep_tally *t)
{
    pr_emerg("ROBIN-GUEST: sweep %s tried %u faulted %u done %u nonzero %u\n", what, t->tried,
             t->faulted, t->tried - t->faulted, t->nonzero);
}

static int __init sweep_init(void)
{
    struct sweep_tally memory = {}, odd_loads = {}, calls_hvc = {}, calls_smc = {}, registers = {};

    if (seed == 0) {
        seed = 1;
    }
    sweep_memory(&memory, writes);
    report("memory", &memory);
    sweep_odd_loads(&odd_loads);
    report("odd loads", &odd_loads);
    sweep_calls(&calls_hvc, probe_hvc, calls);
    report("hvc", &calls_hvc);
    sweep_calls(&calls_smc, probe_smc, calls);
    report("smc", &calls_smc);
    sweep_registers(&registers);
    report("registers", &registers);
    return 0;
}

static void __exit sweep_exit(void)
{
}

module_init(sweep_init);
module_exit(sweep_exit);
MODULE_LICENSE("Dual BSD/GPL");
MODULE_DESCRIPTION("sweep of memory, calls and registers at EL1 (attack replay)");
