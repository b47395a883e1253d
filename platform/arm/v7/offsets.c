/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structure offsets for the assembler files: compiled to assembly, from which
 * CMake (offsets.cmake) takes the lines that contain "->" into offsets.h.
 */
#include <stddef.h>

#include "cpu_area.h"
#include "sysreg.h"

#define DEFINE(name, value) __asm__ volatile("\n->" #name " %c0" : : "i"(value))

_Static_assert(offsetof(struct arch_context, x) == 0 &&
                   offsetof(struct arch_context, lr) == 13 * sizeof(abi_word),
               "one STM saves r0 to r12 and LR");
_Static_assert(offsetof(struct arch_context, sp) == offsetof(struct arch_context, pstate) + 4 &&
                   offsetof(struct arch_context, thread_pointer) ==
                       offsetof(struct arch_context, pstate) + 8,
               "loaded and stored together");
_Static_assert(offsetof(struct arch_cpu, expected) == offsetof(struct arch_cpu, cpu) + 4 &&
                   offsetof(struct arch_cpu, resident) == offsetof(struct arch_cpu, cpu) + 8 &&
                   offsetof(struct arch_cpu, guest) == offsetof(struct arch_cpu, cpu) + 12,
               "loaded and stored together");
_Static_assert(offsetof(struct vcpu_page, regs.gpr) == 0, "vectors.S stores at 8 * register");

void offsets(void);
void offsets(void)
{
    DEFINE(LOCAL_CPU, offsetof(struct arch_cpu, cpu));
    DEFINE(LOCAL_EXPECTED, offsetof(struct arch_cpu, expected));
    DEFINE(LOCAL_RESIDENT, offsetof(struct arch_cpu, resident));
    DEFINE(LOCAL_GUEST, offsetof(struct arch_cpu, guest));
    DEFINE(CPU_LOCAL, offsetof(struct cpu, local));
    DEFINE(CPU_CONTEXT, offsetof(struct cpu, context));
    DEFINE(CONTEXT_LR, offsetof(struct arch_context, lr));
    DEFINE(CONTEXT_PC, offsetof(struct arch_context, pc));
    DEFINE(CONTEXT_PSTATE, offsetof(struct arch_context, pstate));
    DEFINE(CONTEXT_SP, offsetof(struct arch_context, sp));
    DEFINE(VCPU_PAGE, offsetof(struct arch_vcpu, page));
    DEFINE(VCPU_TRAPPED, offsetof(struct arch_vcpu, entry.trapped));
    DEFINE(VCPU_PSTATE, offsetof(struct arch_vcpu, entry.trapped.pstate));
    DEFINE(VCPU_PC, offsetof(struct arch_vcpu, entry.trapped.pc));
    DEFINE(VCPU_TPIDRURW, offsetof(struct arch_vcpu, entry.trapped.thread_pointer));
    DEFINE(VCPU_TPIDRURO, offsetof(struct arch_vcpu, entry.tpidruro));
    DEFINE(AREA_LOCAL, offsetof(struct cpu_area, local));
    DEFINE(CLASS_SVC, EC_SVC);
}
