/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel wants to know of the board, and its console and power. */
#include "arch/arch.h"
#include "board.h"
#include "pl011.h"
#include "psci.h"

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

_Noreturn void arch_machine_off(void)
{
    psci_system_off();
}

_Noreturn void arch_machine_reset(void)
{
    psci_system_reset();
}

unsigned arch_boot_regions(struct boot_untyped *regions, unsigned max)
{
    unsigned count = board.region_count < max ? board.region_count : max;
    for (unsigned i = 0; i < count; i++) {
        regions[i] = board.regions[i];
    }
    return count;
}

phys_addr arch_boot_bundle(void)
{
    return (phys_addr){ board.bundle };
}

const char *arch_board_name(void)
{
    return board.name;
}
