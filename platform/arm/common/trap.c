/* SPDX-License-Identifier: BSD-2-Clause */
/* Native code's traps and turns. EC has the same values in ESR_EL2 and HSR where they are used here. */
#include "abi/message.h"
#include "cpu_area.h"
#include "platform.h"

enum { EC_SHIFT = 26, EC_INSTRUCTION_ABORT_LOWER = 0x20, EC_DATA_ABORT_LOWER = 0x24 };

struct cpu_area cpu_areas[CPU_AREAS];

unsigned arch_cpu_id(void)
{
    return arch_cpu_this()->id;
}

_Noreturn void arch_cpu_start(void)
{
    arch_cpu_expect_change(arch_cpu_this());
    trap_return(arch_cpu_this());
}

void trap_native(uint32_t syndrome, uint64_t address)
{
    struct arch_fault fault = { .kind = FAULT_INSTRUCTION, .syndrome = syndrome };
    uint32_t class = syndrome >> EC_SHIFT;
    if (class == EC_DATA_ABORT_LOWER || class == EC_INSTRUCTION_ABORT_LOWER) {
        fault.kind = FAULT_MEMORY;
        fault.address = address; /* stage 1 is off: the IPA */
    }
    kernel_fault(&fault);
}

void trap_idle(void)
{
    arch_cpu_idle();
    interrupt_take();
}
