/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Structure offsets for the assembler files: compiled to assembly, from which
 * CMake (offsets.cmake) takes the lines that contain "->" into offsets.h.
 */
#include "platform.h"
#include "own_offsets.h"
#include "sysreg.h"

#define DEFINE(name, value) __asm__ volatile("\n->" #name " %c0" : : "i"(value))

_Static_assert(offsetof(struct vcpu_page, regs.gpr) == 0, "its registers are at the page's start");
_Static_assert(offsetof(struct arch_cpu, context) == 0 &&
                   offsetof(struct arch_cpu, expected) == sizeof(abi_word) &&
                   offsetof(struct arch_cpu, resident) == 2 * sizeof(abi_word),
               "loaded and stored together");
_Static_assert(ARCH_STACK_BYTES % ARCH_STACK_ALIGN == 0 &&
                   PANIC_STACK_BYTES % ARCH_STACK_ALIGN == 0,
               "stacks end aligned");
_Static_assert(ARCH_GUARD_BYTES == 1 << ARCH_PAGE_SHIFT, "the guard is a page that is not mapped");

void offsets(void);
void offsets(void)
{
    DEFINE(CPU_EXPECTED, offsetof(struct arch_cpu, expected));
    DEFINE(CPU_RESIDENT, offsetof(struct arch_cpu, resident));
    DEFINE(CPU_GUEST, offsetof(struct arch_cpu, guest));
    DEFINE(CONTEXT_PC, offsetof(struct arch_context, pc));
    DEFINE(CONTEXT_PSTATE, offsetof(struct arch_context, pstate));
    DEFINE(CONTEXT_SP, offsetof(struct arch_context, sp));
    DEFINE(VCPU_PAGE, offsetof(struct arch_vcpu, page));
    DEFINE(VCPU_ENTRY_PC, offsetof(struct arch_vcpu, entry.pc));
    DEFINE(VCPU_ENTRY_TPIDR, offsetof(struct arch_vcpu, entry.tpidr));
    DEFINE(STACK_END, ARCH_GUARD_BYTES + ARCH_STACK_BYTES); /* of struct cpu_area */
    DEFINE(PANIC_STACK, PANIC_STACK_BYTES);
    OWN_OFFSETS(DEFINE);
}
