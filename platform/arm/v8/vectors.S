/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps and the way back.
 *
 * While EL0 or a guest runs, SP_EL2 points at its register frame: the thread's
 * struct arch_context or the guest's struct vcpu_page, which begin alike.
 *
 * The kernel's C code is compiled with -fcall-saved-x12..x15 and -ffixed-x16..x18, so
 * it preserves x12-x29. A trap therefore saves x0-x11 and x30 only ("volatile"). The others,
 * ELR, SPSR, SP_EL0 and TPIDR_EL0 ("rare") stay in the hardware and are exchanged when another
 * context goes on: after the C code has returned they hold again what they held at the trap.
 */
#include "offsets.h"

    .arch_extension fp
    .arch_extension simd

/* Registers of one kind in pairs, register n at n * bytes of the frame. */
.macro pairs operation, kind, bytes, frame, first, second, more:vararg
    \operation \kind\first, \kind\second, [\frame, #\bytes * \first]
    .ifnb \more
    pairs \operation, \kind, \bytes, \frame, \more
    .endif
.endm

.macro volatile_registers operation, frame
    pairs \operation, x, 8, \frame, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
.endm

.macro preserved_registers operation, frame
    pairs \operation, x, 8, \frame, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, \
        24, 25, 26, 27, 28, 29
.endm

.macro fp_registers operation
    pairs \operation, q, 16, x0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, \
        16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
.endm

/* In: sp = frame. Out: sp = x0 = struct arch_cpu, x0-x11 and x30 in the frame. */
.macro enter_kernel
    volatile_registers stp, sp
    mrs     x0, tpidr_el2
    str     x30, [sp, #FRAME_X30]
    mov     sp, x0
.endm

/* In: sp = frame. Nothing is fetched speculatively beyond the eret. */
.macro leave_kernel
    ldr     x30, [sp, #FRAME_X30]
    volatile_registers ldp, sp
    eret
    dsb     nsh
    isb
.endm

/* In: context. Clobbers: x3-x6. */
.macro save_rare context
    preserved_registers stp, \context
    mrs     x3, elr_el2
    mrs     x4, spsr_el2
    mrs     x5, sp_el0
    mrs     x6, tpidr_el0
    stp     x3, x4, [\context, #CONTEXT_PC]
    stp     x5, x6, [\context, #CONTEXT_SP]
.endm

/* In: struct arch_vcpu. Out: all of its registers are in page and entry. Clobbers: x3-x5. */
.macro save_guest guest
    ldr     x3, [\guest, #VCPU_PAGE]
    preserved_registers stp, x3
    mrs     x4, elr_el2
    mrs     x5, spsr_el2
    stp     x4, x5, [\guest, #VCPU_ENTRY_PC]
.endm

.macro vector label
    .balign 0x80
\label:
.endm

.macro vectors_unexpected numbers:vararg
    .irp number, \numbers
    .balign 0x80
    msr     tpidr_el0, x0
    mov     x0, #\number
    b       unexpected
    .endr
.endm

/* FIQ, SError */
.macro vectors_error
    .irp is_fiq, 1, 0
    .balign 0x80
    enter_kernel
    mov     x1, #\is_fiq
    b       lower_error
    .endr
.endm

    .section .text.vectors, "ax"
    .balign 0x800
    .global exception_vectors
exception_vectors:
    vectors_unexpected 0, 1, 2, 3, 4, 5, 6, 7

vector lower_sync_64
    enter_kernel
    mrs     x1, esr_el2
    lsr     x2, x1, #26
    cmp     x2, #CLASS_SVC
    b.ne    lower_trap
    bl      kernel_syscall
    /* fall through */

/* In: sp = struct arch_cpu. */
return_to_lower:
    ldp     x0, x2, [sp] /* context, expected */
    cmp     x0, x2
    b.ne    return_slow
    mov     sp, x0
    leave_kernel

vector lower_irq_64
    enter_kernel
    b       lower_interrupt
    vectors_error

vector lower_sync_32 /* a guest's AArch32 EL0; native code is never AArch32 */
    enter_kernel
    mrs     x1, esr_el2
    b       lower_trap
vector lower_irq_32
    enter_kernel
    b       lower_interrupt
    vectors_error

/* No return: the kernel's stack is given up. */
    .global arch_cpu_start
arch_cpu_start:
    mrs     x1, tpidr_el2
    mov     sp, x1
    ldr     x0, [x1] /* context */
    b       return_slow

/* In: x1 = syndrome, sp = x0 = struct arch_cpu, volatile registers saved. */
lower_trap:
    ldr     x6, [sp, #CPU_GUEST]
    mrs     x2, far_el2
    cbnz    x6, 1f
    bl      trap_native
    b       return_to_lower
1:  save_guest x6
    bl      trap_guest
    b       return_to_lower

/* In: sp = x0 = struct arch_cpu, volatile registers saved. */
lower_interrupt:
    ldr     x6, [sp, #CPU_GUEST]
    cbz     x6, 2f
    save_guest x6
2:  bl      interrupt_take
    b       return_to_lower

/* In: x1 = whether it is a FIQ, sp = x0 = struct arch_cpu, volatile registers saved. */
lower_error:
    ldr     x6, [sp, #CPU_GUEST]
    cbz     x6, 5f
    save_guest x6
5:  bl      vcpu_take_error
    tbnz    w0, #0, return_to_lower
    ldr     x2, [sp, #CPU_RESIDENT] /* no guest ran: the frame was its */
    mov     sp, x2
    ldr     x30, [sp, #FRAME_X30]
    volatile_registers ldp, sp
    msr     tpidr_el0, x0
    mov     x0, #10
    b       unexpected

/* In: x0 = context to go on with, if no guest, NULL = none; sp = struct arch_cpu. */
return_slow:
    ldr     x1, [sp, #CPU_GUEST]
    ldr     x2, [sp, #CPU_RESIDENT]
    cbnz    x1, return_guest
    cbz     x0, nothing_to_run
    cbz     x2, 3f
    save_rare x2
3:  stp     x0, x0, [sp, #CPU_EXPECTED]
    ldp     x3, x4, [x0, #CONTEXT_PC]
    ldp     x5, x6, [x0, #CONTEXT_SP]
    msr     elr_el2, x3
    msr     spsr_el2, x4
    msr     sp_el0, x5
    msr     tpidr_el0, x6
    mov     sp, x0
    preserved_registers ldp, sp
    leave_kernel

nothing_to_run:
    mov     x0, sp
    bl      trap_idle
    b       return_to_lower

/* In: x1 = guest, x2 = resident context or 0, sp = struct arch_cpu. */
return_guest:
    cbz     x2, 4f
    save_rare x2
    str     xzr, [sp, #CPU_RESIDENT]
    ldp     x3, x4, [x1, #VCPU_ENTRY_SP]
    msr     sp_el0, x3
    msr     tpidr_el0, x4
4:  ldp     x2, x3, [x1, #VCPU_ENTRY_PC]
    ldr     x1, [x1, #VCPU_PAGE]
    msr     elr_el2, x2
    msr     spsr_el2, x3
    mov     sp, x1
    preserved_registers ldp, sp
    leave_kernel

/*
 * Nothing may trap in the kernel, and without a guest no SError or FIQ may come: panic.
 * In: x0 = vector number, tpidr_el0 = x0 of the cause; sp is not to be trusted.
 * The registers go to panic_frame; no return.
 */
unexpected:
    msr     tpidrro_el0, x1
    adrp    x1, panic_frame
    add     x1, x1, :lo12:panic_frame
    volatile_registers stp, x1
    preserved_registers stp, x1
    mrs     x2, tpidr_el0
    mrs     x3, tpidrro_el0
    stp     x2, x3, [x1]
    mrs     x2, elr_el2
    mrs     x3, spsr_el2
    mov     x4, sp
    stp     x30, x2, [x1, #FRAME_X30]
    stp     x3, x4, [x1, #CONTEXT_PSTATE]
    adrp    x1, panic_stack + PANIC_STACK
    add     x1, x1, :lo12:panic_stack + PANIC_STACK
    mov     sp, x1
    b       trap_unexpected

/* In: x0 = struct fp_state; the trap is open. Clobbers: x1, x2. */
    .text
    .global fp_save
fp_save:
    fp_registers stp
    mrs     x1, fpcr
    mrs     x2, fpsr
    add     x0, x0, #512
    stp     x1, x2, [x0]
    ret

/* In: x0 = struct fp_state; the trap is open. Clobbers: x0-x2, q0-q31. */
    .global fp_load
fp_load:
    fp_registers ldp
    add     x0, x0, #512
    ldp     x1, x2, [x0]
    msr     fpcr, x1
    msr     fpsr, x2
    ret
