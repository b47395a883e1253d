/* SPDX-License-Identifier: BSD-2-Clause */
/* Native threads. EC has the same values in ESR_EL2 and HSR where it is used here. */
#include "abi/message.h"
#include "platform.h"
#include "sysreg.h"

void trap_native(struct arch_cpu *cpu, uint32_t syndrome, abi_word address)
{
    struct arch_fault fault = { .kind = FAULT_INSTRUCTION, .syndrome = syndrome };
    uint32_t class = syndrome >> ESR_EC_SHIFT;
    if (class == EC_DATA_ABORT || class == EC_INSTRUCTION_ABORT) {
        fault.kind = FAULT_MEMORY;
        fault.address = address; /* stage 1 is off: the IPA */
    }
    kernel_fault(cpu, &fault);
}

void trap_idle(struct arch_cpu *cpu)
{
    arch_cpu_idle();
    interrupt_take(cpu);
}
