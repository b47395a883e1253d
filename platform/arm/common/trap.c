/* SPDX-License-Identifier: BSD-2-Clause */
/* Traps of native code. EC has the same values in ESR_EL2 and HSR where they are used here. */
#include "trap.h"

#include "abi/message.h"
#include "fault_registers.h"
#include "interrupt.h"

enum { EC_SHIFT = 26, EC_INSTRUCTION_ABORT_LOWER = 0x20, EC_DATA_ABORT_LOWER = 0x24 };

void trap_native(void)
{
    struct arch_fault fault = { .kind = FAULT_INSTRUCTION, .syndrome = fault_syndrome() };
    uint32_t class = fault.syndrome >> EC_SHIFT;
    if (class == EC_DATA_ABORT_LOWER || class == EC_INSTRUCTION_ABORT_LOWER) {
        fault.kind = FAULT_MEMORY;
        fault.address = fault_virtual_address(class == EC_DATA_ABORT_LOWER); /* stage 1 is off: the IPA */
    }
    kernel_fault(&fault);
}

void trap_idle(void)
{
    arch_cpu_idle();
    interrupt_take();
}
