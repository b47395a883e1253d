/* SPDX-License-Identifier: BSD-2-Clause */
#include "cpu_area.h"

#include "barrier.h"
#include "trap.h"

struct cpu_area cpu_areas[CPU_AREAS];

unsigned arch_cpu_id(void)
{
    return arch_cpu_this()->id;
}

void arch_cpu_idle(void)
{
    barrier_wait_interrupt();
}

_Noreturn void arch_cpu_start(void)
{
    arch_cpu_expect_change(arch_cpu_this());
    trap_return(arch_cpu_this());
}
