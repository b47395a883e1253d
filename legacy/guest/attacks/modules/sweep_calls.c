// SPDX-License-Identifier: BSD-2-Clause
/* Attack: makes every hypervisor and firmware call with many arguments. */
#include <linux/kernel.h>
#include <linux/sched.h>

#include "sweep.h"

/*
 * Of the PSCI calls (ARM DEN 0022, "Function prototypes") those that end or suspend this
 * machine by right are left out: the sweep wants to see the end.
 */
static bool would_stop_us(u32 function)
{
    switch (function & ~0x40000000u) {
    case 0x84000001: /* CPU_SUSPEND */
    case 0x84000002: /* CPU_OFF */
    case 0x84000008: /* SYSTEM_OFF */
    case 0x84000009: /* SYSTEM_RESET */
    case 0x8400000c: /* CPU_FREEZE */
    case 0x8400000d: /* CPU_DEFAULT_SUSPEND */
    case 0x8400000e: /* SYSTEM_SUSPEND */
    case 0x84000012: /* SYSTEM_RESET2 */
        return true;
    default:
        return false;
    }
}

/* What a register has above a word: nothing on 32-bit ARM. */
static unsigned long random_above(void)
{
    u64 word = sweep_random();

    return (unsigned long)(word << 32);
}

/* One in four looks like a function of a known owner (ARM DEN 0028, "Function identifiers"). */
static unsigned long random_function(void)
{
    u32 word = sweep_random();

    if ((sweep_random() & 3) == 0) {
        word = 0x80000000u | (word & 0x4700001fu);
    }
    return random_above() | word;
}

void sweep_calls(struct sweep_tally *tally, u32 (*call)(unsigned long registers[8]),
                 unsigned int count)
{
    while (count-- > 0) {
        unsigned long registers[8];
        int i;

        registers[0] = random_function();
        for (i = 1; i < 8; i++) {
            registers[i] = random_above() | sweep_random();
        }
        if (would_stop_us((u32)registers[0])) {
            continue;
        }
        tally->tried++;
        if (call(registers) != 0) {
            tally->faulted++;
        } else if (registers[0] != 0 && registers[0] != ~0ul) {
            tally->nonzero++;
        }
        cond_resched();
    }
}
