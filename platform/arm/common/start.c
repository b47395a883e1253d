/* SPDX-License-Identifier: BSD-2-Clause */
/* From the first C instruction to the kernel. */
#include "start.h"

#include "arch/arch.h"
#include "board.h"
#include "cpu.h"
#include "interrupt.h"
#include "kernel_map.h"
#include "pl011.h"
#include "screen.h"

static ticks entry_ticks;

_Noreturn void arch_start(ticks now)
{
    cpu_enable_mmu(kernel_map_build());
    entry_ticks = now;
    cpu_init();
    pl011_init(&board.uart);
    interrupt_init();
    screen_init();
    kernel_main();
}

ticks arch_boot_entry_ticks(void)
{
    return entry_ticks;
}
