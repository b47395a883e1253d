/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First instruction. The boot loader enters in Hyp mode with MMU and caches off;
 * r2 is a device tree that nobody needs.
 */
#include "offsets.h"

    .syntax unified
    .arm
    .section .text.entry, "ax"
    .global _start
_start:
    cpsid   aif
    mrrc    p15, 0, r4, r5, c14 /* CNTPCT */
    mrs     r1, cpsr
    and     r1, r1, #0x1f
    cmp     r1, #0x1a
    bne     halt            /* not Hyp mode: there is no console to say so */
    movw    r1, #0x0830
    movt    r1, #0x30c5     /* HSCTLR: its RES1 bits, MMU and caches off, ARM, little-endian */
    mcr     p15, 4, r1, c1, c0, 0
    isb
    /* Memory from here on is written past the caches: no stale line may cover it. */
    ldr     r1, =__data_start
    ldr     r2, =__image_end
1:  mcr     p15, 0, r1, c7, c14, 1 /* DCCIMVAC */
    add     r1, r1, #16
    cmp     r1, r2
    blo     1b
    dsb     sy
    ldr     r1, =__bss_start
    mov     r0, #0
    mov     r3, #0
2:  stmia   r1!, {r0, r3}
    cmp     r1, r2
    blo     2b
    ldr     r2, =cpu_areas + STACK_END
    mov     sp, r2
    mcr     p15, 4, r2, c13, c0, 2 /* HTPIDR */
    ldr     r1, =exception_vectors
    mcr     p15, 4, r1, c12, c0, 0 /* HVBAR */
    mov     r0, r4
    mov     r1, r5
    b       arch_start

halt:
    wfi
    b       halt

/* In: r0 = a function of the SMC calling convention (DEN 0028) without arguments.
 * Clobbers: r0-r3. */
    .global firmware_call
    .type firmware_call, %function
firmware_call:
    smc     #0
    bx      lr
    .ltorg
