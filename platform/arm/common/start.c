/* SPDX-License-Identifier: BSD-2-Clause */
/* From the first C instruction to the kernel; and what the kernel wants to know of the board. */
#include "board.h"
#include "drivers.h"
#include "platform.h"

_Noreturn void arch_start(ticks now)
{
    cpu_enable_mmu(kernel_map_build());
    cpu_init();
    pl011_init(&board.uart);
    interrupt_init();
    screen_init();
    kernel_main(&(struct arch_boot){ .board = board.name, .bundle = { board.bundle }, .entry = now,
                                     .regions = board.regions, .region_count = board.region_count });
}

void *arch_memory(phys_addr pa)
{
    return (void *)(uintptr_t)pa.value;
}

phys_addr arch_physical(const void *kernel_pointer)
{
    return (phys_addr){ (uintptr_t)kernel_pointer };
}

void arch_console_write(const char *text, size_t bytes)
{
    pl011_write(&board.uart, text, bytes);
}

/* A machine that cannot be ended stays quiet. */
_Noreturn void arch_machine_end(enum shutdown how)
{
    board.power.end(board.power.base, how);
    for (;;) {
        arch_cpu_idle();
    }
}
