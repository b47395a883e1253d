/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structure offsets for the assembler files: compiled to assembly, from which
 * CMake (offsets.cmake) takes the lines that contain "->" into offsets.h.
 */
#include "cpu_area.h"
#include "sysreg.h"

#define DEFINE(name, value) __asm__ volatile("\n->" #name " %0" : : "i"(value))

_Static_assert(offsetof(struct arch_context, pc) == offsetof(struct vcpu_page, regs.pc) &&
                   offsetof(struct vcpu_page, regs.gpr) == 0,
               "threads and guests share one trap entry");
_Static_assert(offsetof(struct arch_cpu, expected) == offsetof(struct arch_cpu, cpu) + 8 &&
                   offsetof(struct arch_cpu, resident) == offsetof(struct arch_cpu, cpu) + 16,
               "loaded and stored in pairs");

void offsets(void);
void offsets(void)
{
    DEFINE(LOCAL_CPU, offsetof(struct arch_cpu, cpu));
    DEFINE(LOCAL_EXPECTED, offsetof(struct arch_cpu, expected));
    DEFINE(LOCAL_RESIDENT, offsetof(struct arch_cpu, resident));
    DEFINE(LOCAL_GUEST, offsetof(struct arch_cpu, guest));
    DEFINE(CPU_LOCAL, offsetof(struct cpu, local));
    DEFINE(CPU_CONTEXT, offsetof(struct cpu, context));
    DEFINE(FRAME_X30, offsetof(struct arch_context, x[30]));
    DEFINE(CONTEXT_PC, offsetof(struct arch_context, pc));
    DEFINE(CONTEXT_PSTATE, offsetof(struct arch_context, pstate));
    DEFINE(CONTEXT_SP, offsetof(struct arch_context, sp));
    DEFINE(VCPU_PAGE, offsetof(struct arch_vcpu, page));
    DEFINE(VCPU_ENTRY_PC, offsetof(struct arch_vcpu, entry.pc));
    DEFINE(VCPU_ENTRY_SP, offsetof(struct arch_vcpu, entry.sp_el0));
    DEFINE(VCPU_ENTRY_TPIDRRO, offsetof(struct arch_vcpu, entry.tpidrro_el0));
    DEFINE(AREA_LOCAL, offsetof(struct cpu_area, local));
    DEFINE(PANIC_STACK, PANIC_STACK_BYTES);
    DEFINE(EC_SVC, EC_SVC64);
}
