/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps and the way back.
 *
 * While EL0 or a guest runs, SP_EL2 points at its register frame: the thread's
 * struct arch_context or the guest's struct vcpu_page, which begin alike.
 *
 * The kernel's C code is compiled with -fcall-saved-x9..x15 and -ffixed-x18, so
 * it preserves x9-x15 and x18-x29. A trap therefore saves x0-x9, x16, x17, x30
 * and ELR only ("volatile"). The others, SPSR, SP_EL0 and TPIDR_EL0 ("rare") stay
 * in the hardware and are exchanged when another context goes on: after the C
 * code has returned they hold again what they held at the trap.
 */
#include "offsets.h"

/* In: sp = frame. Clobbers: x1. */
.macro save_volatile
    stp     x0, x1, [sp, #0]
    stp     x2, x3, [sp, #16]
    stp     x4, x5, [sp, #32]
    stp     x6, x7, [sp, #48]
    stp     x8, x9, [sp, #64]
    stp     x16, x17, [sp, #128]
    mrs     x1, elr_el2
    stp     x30, x1, [sp, #240]
.endm

/* In: sp = frame. Out: everything that save_volatile saved, but ELR. */
.macro load_volatile
    ldp     x16, x17, [sp, #128]
    ldp     x8, x9, [sp, #64]
    ldp     x6, x7, [sp, #48]
    ldp     x4, x5, [sp, #32]
    ldp     x2, x3, [sp, #16]
    ldp     x0, x1, [sp, #0]
.endm

/* In: frame. */
.macro save_preserved frame
    stp     x10, x11, [\frame, #80]
    stp     x12, x13, [\frame, #96]
    stp     x14, x15, [\frame, #112]
    stp     x18, x19, [\frame, #144]
    stp     x20, x21, [\frame, #160]
    stp     x22, x23, [\frame, #176]
    stp     x24, x25, [\frame, #192]
    stp     x26, x27, [\frame, #208]
    stp     x28, x29, [\frame, #224]
.endm

.macro load_preserved frame
    ldp     x10, x11, [\frame, #80]
    ldp     x12, x13, [\frame, #96]
    ldp     x14, x15, [\frame, #112]
    ldp     x18, x19, [\frame, #144]
    ldp     x20, x21, [\frame, #160]
    ldp     x22, x23, [\frame, #176]
    ldp     x24, x25, [\frame, #192]
    ldp     x26, x27, [\frame, #208]
    ldp     x28, x29, [\frame, #224]
.endm

/* In: context. Clobbers: x3, x4, x5. */
.macro save_rare context
    save_preserved \context
    mrs     x3, spsr_el2
    mrs     x4, sp_el0
    mrs     x5, tpidr_el0
    str     x3, [\context, #CONTEXT_PSTATE]
    stp     x4, x5, [\context, #CONTEXT_SP]
.endm

/* In: x1 = struct arch_vcpu. Out: all of its registers are in page and entry. Clobbers: x2-x4. */
.macro save_guest
    ldr     x2, [x1, #VCPU_PAGE]
    save_preserved x2
    mrs     x3, elr_el2
    mrs     x4, spsr_el2
    stp     x3, x4, [x1, #VCPU_ENTRY_PC]
.endm

/* eret, and nothing fetched speculatively beyond it. */
.macro leave_kernel
    eret
    dsb     nsh
    isb
.endm

.macro vector label
    .balign 0x80
    \label:
.endm

.macro vector_unexpected number
    .balign 0x80
    msr     tpidr_el0, x0
    mov     x0, #\number
    b       unexpected
.endm

    .section .text.vectors, "ax"
    .balign 0x800
    .global exception_vectors
exception_vectors:
    vector_unexpected 0
    vector_unexpected 1
    vector_unexpected 2
    vector_unexpected 3
    vector_unexpected 4
    vector_unexpected 5
    vector_unexpected 6
    vector_unexpected 7

vector lower_sync_64
    save_volatile
    mrs     x9, tpidr_el2
    mrs     x0, esr_el2
    ldr     x9, [x9, #CPU_LOCAL]
    lsr     x0, x0, #26
    mov     sp, x9
    cmp     x0, #EC_SVC
    b.ne    lower_trap
    bl      kernel_syscall
    /* fall through */

/* In: sp = struct arch_cpu. */
return_to_lower:
    ldp     x0, x2, [sp, #LOCAL_CPU]
    ldr     x0, [x0, #CPU_CONTEXT]
    cmp     x0, x2
    b.ne    return_slow
resume_native:
    mov     sp, x0
    ldp     x30, x1, [sp, #240]
    msr     elr_el2, x1
    load_volatile
    leave_kernel

vector lower_irq_64
    save_volatile
    b       lower_interrupt
    vector_unexpected 10
    vector_unexpected 11

vector lower_sync_32 /* a guest's AArch32 EL0; native code is never AArch32 */
    save_volatile
    mrs     x9, tpidr_el2
    ldr     x9, [x9, #CPU_LOCAL]
    mov     sp, x9
    b       lower_trap
vector lower_irq_32
    save_volatile
    b       lower_interrupt
    vector_unexpected 14
    vector_unexpected 15

/* In: x0 = struct arch_cpu. No return: the kernel's stack is given up. */
    .global trap_return
trap_return:
    mov     sp, x0
    b       return_to_lower

/* In: sp = struct arch_cpu, volatile registers saved. */
lower_trap:
    ldr     x1, [sp, #LOCAL_GUEST]
    cbnz    x1, 1f
    bl      trap_native
    b       return_to_lower
1:  save_guest
    bl      trap_guest
    b       return_to_lower

/* In: sp = frame, volatile registers saved. */
lower_interrupt:
    mrs     x9, tpidr_el2
    ldr     x9, [x9, #CPU_LOCAL]
    mov     sp, x9
    ldr     x1, [sp, #LOCAL_GUEST]
    cbz     x1, 2f
    save_guest
2:  bl      interrupt_take
    b       return_to_lower

/* In: x0 = context to go on with, if no guest, NULL = none; sp = struct arch_cpu. */
return_slow:
    ldr     x1, [sp, #LOCAL_GUEST]
    ldr     x2, [sp, #LOCAL_RESIDENT]
    cbnz    x1, return_guest
    cbz     x0, nothing_to_run
    cbz     x2, 3f
    save_rare x2
3:  stp     x0, x0, [sp, #LOCAL_EXPECTED]
    ldr     x3, [x0, #CONTEXT_PSTATE]
    ldp     x4, x5, [x0, #CONTEXT_SP]
    msr     spsr_el2, x3
    msr     sp_el0, x4
    msr     tpidr_el0, x5
    load_preserved x0
    b       resume_native

nothing_to_run:
    bl      trap_idle
    b       return_to_lower

/* In: x1 = guest, x2 = resident context or 0, sp = struct arch_cpu. */
return_guest:
    cbz     x2, 4f
    save_rare x2
    str     xzr, [sp, #LOCAL_RESIDENT]
    ldp     x3, x4, [x1, #VCPU_ENTRY_SP]
    ldr     x5, [x1, #VCPU_ENTRY_TPIDRRO]
    msr     sp_el0, x3
    msr     tpidr_el0, x4
    msr     tpidrro_el0, x5
4:  ldp     x2, x3, [x1, #VCPU_ENTRY_PC]
    msr     elr_el2, x2
    msr     spsr_el2, x3
    ldr     x1, [x1, #VCPU_PAGE]
    mov     sp, x1
    load_preserved sp
    ldr     x30, [sp, #240]
    load_volatile
    leave_kernel

/*
 * Nothing may trap in the kernel, and no SError or FIQ may come: panic.
 * In: x0 = vector number, tpidr_el0 = x0 of the cause; sp is not to be trusted.
 * The registers go to panic_frame; no return.
 */
unexpected:
    msr     tpidrro_el0, x1
    adrp    x1, panic_frame
    add     x1, x1, :lo12:panic_frame
    save_preserved x1
    stp     x2, x3, [x1, #16]
    stp     x4, x5, [x1, #32]
    stp     x6, x7, [x1, #48]
    stp     x8, x9, [x1, #64]
    stp     x16, x17, [x1, #128]
    mrs     x2, tpidr_el0
    mrs     x3, tpidrro_el0
    stp     x2, x3, [x1]
    mrs     x2, elr_el2
    mrs     x3, spsr_el2
    mov     x4, sp
    stp     x30, x2, [x1, #240]
    str     x3, [x1, #CONTEXT_PSTATE]
    str     x4, [x1, #CONTEXT_SP]
    adrp    x1, panic_stack_top
    ldr     x1, [x1, :lo12:panic_stack_top]
    mov     sp, x1
    b       trap_unexpected
