/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Traps and the way back.
 *
 * While PL0 or a guest runs, SP_hyp points at where a trap saves r0-r12 and LR: in the
 * thread's struct arch_context, or in the guest's struct arch_vcpu. ELR, SPSR, SP_usr and
 * TPIDRURW ("rare") stay in the hardware and are exchanged when another context goes on:
 * no trap comes while the kernel runs.
 *
 * A guest's registers then go to its page, low half of each 64-bit word.
 */
#include "offsets.h"

    .syntax unified
    .arm

/* In: sp = where to save. Out: sp = r0 = struct arch_cpu. */
.macro enter_kernel
    stmia   sp, {r0-r12, lr}
    mrc     p15, 4, r0, c13, c0, 2 /* HTPIDR */
    mov     sp, r0
.endm

/* In: context. Clobbers: r3-r6. */
.macro save_rare context
    mrs     r3, ELR_hyp
    mrs     r4, SPSR
    mrs     r5, SP_usr
    mrc     p15, 0, r6, c13, c0, 2 /* TPIDRURW */
    stmia   \context, {r3-r6}
.endm

/* In: r0 = context. Clobbers: r3-r6. */
.macro load_rare
    str     r0, [sp, #CPU_EXPECTED]
    str     r0, [sp, #CPU_RESIDENT]
    ldmia   r0, {r3-r6}
    msr     ELR_hyp, r3
    msr     spsr_cxsf, r4
    msr     SP_usr, r5
    mcr     p15, 0, r6, c13, c0, 2
.endm

/* R2 to R12 and their places in the page. In: r1 = page. */
.macro page_registers operation
    .irp number, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
    \operation r\number, [r1, #8 * \number]
    .endr
.endm

    .section .text.vectors, "ax"
    .balign 32
    .global exception_vectors
exception_vectors:
    b       unexpected_reset
    b       unexpected_undefined
    b       unexpected_svc
    b       unexpected_prefetch
    b       hyp_abort
    b       hyp_trap
    b       hyp_irq
    b       hyp_fiq

hyp_trap:
    enter_kernel
    mrc     p15, 4, r1, c5, c2, 0 /* HSR */
    cmp     r1, #HSR_SVC_0 /* as ARM code has it: native Thumb code has no system calls */
    bne     lower_trap
    bl      kernel_syscall
    /* fall through */

/*
 * In: sp = struct arch_cpu. When the expected context is the resident one there is no
 * guest to be entered.
 */
return_to_lower:
    ldmia   sp, {r0-r2} /* context, expected, resident */
    cmp     r0, r1
    beq     resume_native
    cmp     r1, r2
    bne     return_slow
    cmp     r0, #0
    beq     nothing_to_run
    clrex   /* another's exclusive access does not go on here */
    save_rare r2
    load_rare
resume_native:
    add     sp, r0, #CONTEXT_X
    ldmia   sp, {r0-r12, lr}
    eret

/* No return: the kernel's stack is given up. */
    .global arch_cpu_start
    .type arch_cpu_start, %function
arch_cpu_start:
    mrc     p15, 4, r1, c13, c0, 2 /* HTPIDR */
    mov     sp, r1
    ldr     r0, [r1] /* context */
    mov     r2, #0 /* nobody is resident yet */
    b       return_slow

/* In: r1 = struct arch_vcpu, r2-r12 as trapped. Out: all of its registers are in page and entry.
 * Clobbers: all but r0. */
save_guest:
    ldr     r1, [r1, #VCPU_PAGE]
    page_registers str
    ldr     r2, [sp, #CPU_GUEST]
    mrs     r3, SP_usr
    add     r12, r2, #VCPU_TRAPPED
    ldr     r6, [r2, #VCPU_LR]
    mrs     r7, ELR_hyp
    mrs     r8, SPSR
    ldmia   r12, {r4, r5} /* r0, r1 */
    str     r3, [r1, #8 * 13]
    str     r4, [r1, #8 * 0]
    str     r5, [r1, #8 * 1]
    str     r6, [r1, #8 * 14]
    str     r7, [r2, #VCPU_ENTRY_PC]
    str     r8, [r2, #VCPU_PSTATE]
    bx      lr

/* In: sp = r0 = struct arch_cpu. */
lower_trap:
    ldr     r1, [sp, #CPU_GUEST]
    cmp     r1, #0
    blne    save_guest
    ldr     r4, [sp, #CPU_GUEST]
    mrc     p15, 4, r1, c5, c2, 0 /* HSR */
    lsr     r2, r1, #26
    cmp     r2, #CLASS_FETCH
    mrcne   p15, 4, r2, c6, c0, 0 /* HDFAR */
    mrceq   p15, 4, r2, c6, c0, 2 /* HIFAR */
    cmp     r4, #0
    bne     1f
    bl      trap_native
    b       return_to_lower
1:  bl      trap_guest
    b       return_to_lower

hyp_irq:
    enter_kernel
    ldr     r1, [sp, #CPU_GUEST]
    cmp     r1, #0
    blne    save_guest
    bl      interrupt_take
    b       return_to_lower

/*
 * An asynchronous abort of PL0, PL1 (or one of the kernel's own) and a FIQ. Nothing is free to tell them apart but
 * TPIDRURO: natively it is 0, and a guest that ends does not miss it.
 */
hyp_abort:
    mcr     p15, 0, r0, c13, c0, 3
    mrs     r0, SPSR
    and     r0, r0, #MODE_FIELD
    cmp     r0, #MODE_HYP
    mrc     p15, 0, r0, c13, c0, 3
    beq     unexpected_data
    enter_kernel
    mov     r0, #0
    b       lower_error
hyp_fiq:
    enter_kernel
    mov     r0, #1

/* In: r0 = whether it is a FIQ, sp = struct arch_cpu. */
lower_error:
    mov     r1, #0
    mcr     p15, 0, r1, c13, c0, 3
    ldr     r1, [sp, #CPU_GUEST]
    cmp     r1, #0
    blne    save_guest
    mov     r1, r0
    mov     r0, sp
    bl      vcpu_take_error
    cmp     r0, #0
    bne     return_to_lower
    ldr     r1, [sp, #CPU_RESIDENT] /* no guest ran: the registers are there */
    add     sp, r1, #CONTEXT_X
    ldmia   sp, {r0-r12, lr}
    b       unexpected_fiq

/* In: r0 = context to go on with, if no guest, NULL = none; r2 = resident; sp = struct arch_cpu. */
return_slow:
    ldr     r1, [sp, #CPU_GUEST]
    clrex
    cmp     r1, #0
    bne     return_guest
    cmp     r0, #0
    beq     nothing_to_run
    cmp     r2, #0
    beq     2f
    save_rare r2
2:  load_rare
    b       resume_native

nothing_to_run:
    mov     r0, sp
    bl      trap_idle
    b       return_to_lower

/* In: r1 = guest, r2 = resident context or 0, sp = struct arch_cpu. */
return_guest:
    cmp     r2, #0
    beq     3f
    save_rare r2
    mov     r3, #0
    str     r3, [sp, #CPU_RESIDENT]
    ldr     r4, [r1, #VCPU_ENTRY_TPIDR]
    mcr     p15, 0, r4, c13, c0, 2
3:  ldr     r3, [r1, #VCPU_PSTATE]
    ldr     r2, [r1, #VCPU_ENTRY_PC]
    add     sp, r1, #VCPU_TRAPPED
    ldr     r1, [r1, #VCPU_PAGE]
    tst     r3, #PSR_THUMB
    biceq   r2, r2, #3
    msr     ELR_hyp, r2
    msr     spsr_cxsf, r3
    ldr     r4, [r1, #8 * 13]
    ldr     lr, [r1, #8 * 14]
    msr     SP_usr, r4
    ldr     r0, [r1, #8 * 0]
    page_registers ldr
    ldr     r1, [r1, #8 * 1]
    eret

/*
 * Nothing may trap in the kernel, and without a guest no asynchronous abort or FIQ may come: panic.
 * sp is not to be trusted; TPIDRURW and TPIDRURO hold r0 and r1 of the cause.
 * The registers go to panic_frame; no return.
 */
.macro unexpected label, number
\label:
    mcr     p15, 0, r0, c13, c0, 2
    mov     r0, #\number
    b       unexpected_common
.endm
    unexpected unexpected_reset, 0
    unexpected unexpected_undefined, 1
    unexpected unexpected_svc, 2
    unexpected unexpected_prefetch, 3
    unexpected unexpected_data, 4
    unexpected unexpected_fiq, 7

unexpected_common:
    mcr     p15, 0, r1, c13, c0, 3
    ldr     r1, =panic_frame
    add     r1, r1, #CONTEXT_X
    stmia   r1, {r0-r12, lr}
    mrc     p15, 0, r2, c13, c0, 2
    mrc     p15, 0, r3, c13, c0, 3
    stmia   r1, {r2, r3}
    sub     r1, r1, #CONTEXT_X
    mrs     r2, ELR_hyp
    mrs     r3, SPSR
    mov     r4, sp
    str     r2, [r1, #CONTEXT_PC]
    str     r3, [r1, #CONTEXT_PSTATE]
    str     r4, [r1, #CONTEXT_SP]
    ldr     sp, =panic_stack + PANIC_STACK
    mov     r1, #0 /* the number is 64 bits in C */
    b       trap_unexpected
    .ltorg

    .fpu neon-vfpv4
#define FPEXC_EN 0x40000000

/* In: r0 = struct fp_state; HCPTR is open. Clobbers: r0-r3. Out: the registers may be used. */
    .text
    .global fp_save
    .type fp_save, %function
fp_save:
    vmrs    r1, fpexc
    mov     r3, #FPEXC_EN
    vmsr    fpexc, r3
    vmrs    r2, fpscr
    vstmia  r0!, {d0-d15}
    vstmia  r0!, {d16-d31}
    stmia   r0, {r1, r2}
    bx      lr

/* In: r0 = struct fp_state; HCPTR is open. Clobbers: r0-r3, d0-d31. */
    .global fp_load
    .type fp_load, %function
fp_load:
    mov     r3, #FPEXC_EN
    vmsr    fpexc, r3
    vldmia  r0!, {d0-d15}
    vldmia  r0!, {d16-d31}
    ldmia   r0, {r1, r2}
    vmsr    fpscr, r2
    vmsr    fpexc, r1
    bx      lr
