/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structure offsets for the assembler files: compiled to assembly, from which
 * CMake (offsets.cmake) takes the lines that contain "->" into offsets.h.
 */
#include "cpu_area.h"
#include "sysreg.h"

#define DEFINE(name, value) __asm__ volatile("\n->" #name " %c0" : : "i"(value))

_Static_assert(offsetof(struct arch_context, pc) == 0 && offsetof(struct arch_context, pstate) == 4 &&
                   offsetof(struct arch_context, sp) == 8 &&
                   offsetof(struct arch_context, thread_pointer) == 12,
               "the rarely saved registers are loaded and stored together");
_Static_assert(offsetof(struct arch_context, lr) ==
                   offsetof(struct arch_context, x) + 13 * sizeof(abi_word),
               "one STM saves r0 to r12 and LR");
_Static_assert(offsetof(struct arch_cpu, cpu) == 0 && offsetof(struct arch_cpu, expected) == 4 &&
                   offsetof(struct arch_cpu, resident) == 8,
               "loaded together");
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
    DEFINE(CONTEXT_PC, offsetof(struct arch_context, pc));
    DEFINE(CONTEXT_X, offsetof(struct arch_context, x));
    DEFINE(CONTEXT_PSTATE, offsetof(struct arch_context, pstate));
    DEFINE(CONTEXT_SP, offsetof(struct arch_context, sp));
    DEFINE(VCPU_PAGE, offsetof(struct arch_vcpu, page));
    DEFINE(VCPU_TRAPPED, offsetof(struct arch_vcpu, entry.trapped));
    DEFINE(VCPU_LR, offsetof(struct arch_vcpu, entry.trapped[13]));
    DEFINE(VCPU_PC, offsetof(struct arch_vcpu, entry.pc));
    DEFINE(VCPU_PSTATE, offsetof(struct arch_vcpu, entry.pstate));
    DEFINE(VCPU_TPIDRURW, offsetof(struct arch_vcpu, entry.tpidrurw));
    DEFINE(VCPU_TPIDRURO, offsetof(struct arch_vcpu, entry.tpidruro));
    DEFINE(AREA_LOCAL, offsetof(struct cpu_area, local));
    DEFINE(PANIC_STACK, PANIC_STACK_BYTES);
    DEFINE(PSR_THUMB, PSR_T);
    DEFINE(CLASS_PREFETCH_ABORT, EC_PREFETCH_ABORT);
    DEFINE(HSR_SVC_0, (uint32_t)EC_SVC << HSR_EC_SHIFT | HSR_IL);
}
