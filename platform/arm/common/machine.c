/* SPDX-License-Identifier: BSD-2-Clause */
/* What the kernel asks of the machine: memory, console, the end. */
#include "board.h"
#include "platform.h"

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
    board.console.driver->write(&board.console.uart, text, bytes);
}

/* A machine that cannot be ended stays quiet. */
_Noreturn void arch_machine_end(enum shutdown how)
{
    board.power.driver->end(board.power.base, how);
    for (;;) {
        arch_cpu_idle();
    }
}
