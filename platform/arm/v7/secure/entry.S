/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The way into Hyp mode of a board whose processor starts in Secure Supervisor mode with no firmware
 * before us (DDI 0406 "The Security Extensions", "About the Virtualization Extensions"): what
 * only Secure software may set, then Monitor mode, then an exception return. Secure state is left for
 * good: SMC is undefined after it, and no interrupt or abort is taken to Monitor mode.
 */
#include "offsets.h"

#define MODE_MONITOR 0x16
#define PSR_HYP_MASKED 0x1da     /* Hyp mode; A, I and F masked */
#define ACTLR_SMP (1 << 6)       /* DDI 0438 "Auxiliary Control Register": before any cache is on */
#define NSACR_FP 0xc00           /* cp10, cp11: FP and SIMD for the Non-secure side */
/* SCR: HCE, SCD, AW, FW, NS. IRQ, FIQ and EA are clear: nothing is taken to Monitor mode. */
#define SCR_VALUE 0x1b1
/* IHI 0048 "Distributor register descriptions", "CPU interface register descriptions" */
#define GICD_CTLR 0x000
#define GICD_TYPER 0x004
#define GICD_IGROUPR 0x080
#define GICC_CTLR 0x000
#define GICC_PMR 0x004
#define BOTH_GROUPS 3

/* In: Secure Supervisor mode, MMU and caches off, no stack. Out: _start, in Hyp mode with MMU and caches
 * off. Clobbers: all. */
    .syntax unified
    .arm
    .section .text.before_entry, "ax"
    .global secure_start
secure_start:
    cpsid   aif
    mrc     p15, 0, r0, c1, c0, 1  /* ACTLR */
    orr     r0, r0, #ACTLR_SMP
    mcr     p15, 0, r0, c1, c0, 1
    mov     r0, #NSACR_FP
    mcr     p15, 0, r0, c1, c1, 2  /* NSACR */
    ldr     r4, =board
    mrc     p15, 0, r0, c14, c0, 0 /* CNTFRQ */
    cmp     r0, #0
    ldreq   r0, [r4, #BOARD_COUNTER_HZ]
    mcreq   p15, 0, r0, c14, c0, 0

    /* All interrupts are Group 1, the Non-secure side's; no priority is masked from it. */
    ldr     r1, [r4, #BOARD_DISTRIBUTOR]
    ldr     r2, [r1, #GICD_TYPER]
    and     r2, r2, #0x1f          /* ITLinesNumber: one register less than there are */
    add     r3, r1, #GICD_IGROUPR
    mvn     r0, #0
1:  str     r0, [r3], #4
    subs    r2, r2, #1
    bpl     1b
    mov     r0, #BOTH_GROUPS
    str     r0, [r1, #GICD_CTLR]
    ldr     r1, [r4, #BOARD_CPU_INTERFACE]
    mov     r2, #0xff
    str     r2, [r1, #GICC_PMR]
    str     r0, [r1, #GICC_CTLR]
    dsb     sy

    cps     #MODE_MONITOR
    ldr     r0, =SCR_VALUE
    mcr     p15, 0, r0, c1, c1, 0  /* SCR */
    isb
    mov     r0, #PSR_HYP_MASKED
    msr     spsr_cxsf, r0
    ldr     lr, =_start
    movs    pc, lr
    .ltorg
