/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include <linux/types.h>

struct sweep_tally {
    u32 tried;
    u32 faulted; /* ended in an exception at EL1 */
    u32 nonzero; /* reads that returned something else than 0 and all ones */
};

u32 sweep_random(void);
void sweep_memory(struct sweep_tally *tally, bool is_writing);
/* Of our own UART, by instructions that a VMM is not told enough about. */
void sweep_odd_loads(struct sweep_tally *tally);
void sweep_calls(struct sweep_tally *tally, u32 (*call)(unsigned long registers[8]),
                 unsigned int count);
void sweep_registers(struct sweep_tally *tally);
