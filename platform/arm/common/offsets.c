/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structure offsets for the assembler files: compiled to assembly, from which
 * CMake (offsets.cmake) takes the lines that contain "->" into offsets.h.
 */
#include "cpu_area.h"
#include "own_offsets.h"
#include "sysreg.h"

#define DEFINE(name, value) __asm__ volatile("\n->" #name " %c0" : : "i"(value));

_Static_assert(offsetof(struct vcpu_page, regs.gpr) == 0, "its registers are at the page's start");
_Static_assert(offsetof(struct arch_cpu, cpu) == 0 &&
                   offsetof(struct arch_cpu, expected) == sizeof(abi_word) &&
                   offsetof(struct arch_cpu, resident) == 2 * sizeof(abi_word),
               "loaded and stored together");

void offsets(void);
void offsets(void)
{
    DEFINE(LOCAL_CPU, offsetof(struct arch_cpu, cpu))
    DEFINE(LOCAL_EXPECTED, offsetof(struct arch_cpu, expected))
    DEFINE(LOCAL_RESIDENT, offsetof(struct arch_cpu, resident))
    DEFINE(LOCAL_GUEST, offsetof(struct arch_cpu, guest))
    DEFINE(CPU_LOCAL, offsetof(struct cpu, local))
    DEFINE(CPU_CONTEXT, offsetof(struct cpu, context))
    DEFINE(CONTEXT_PC, offsetof(struct arch_context, pc))
    DEFINE(CONTEXT_PSTATE, offsetof(struct arch_context, pstate))
    DEFINE(CONTEXT_SP, offsetof(struct arch_context, sp))
    DEFINE(VCPU_PAGE, offsetof(struct arch_vcpu, page))
    DEFINE(VCPU_ENTRY_PC, offsetof(struct arch_vcpu, entry.pc))
    DEFINE(VCPU_ENTRY_TPIDR, offsetof(struct arch_vcpu, entry.tpidr))
    DEFINE(AREA_LOCAL, offsetof(struct cpu_area, local))
    DEFINE(PANIC_STACK, PANIC_STACK_BYTES)
    OWN_OFFSETS(DEFINE)
}
