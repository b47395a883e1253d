/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PSCI's CPU_SUSPEND (DEN 0022 "CPU_SUSPEND") returns when an interrupt has come, and no earlier: here the virtual
 * timer's (27), 20 ms later. With that one still pending it returns at once. Interrupts stay masked in CPSR.
 */
#include "uarts.inc"
    .equ GICD, 0x08000000
    .equ GICC, 0x08010000
    .equ TIMER, 1 << 27
    .equ CPU_SUSPEND, 0x84000001

main:
    ldr r4, =GICD
    ldr r5, =GICC
    mov r6, #TIMER
    mov r0, #1
    mov r1, #0xf0
    str r1, [r5, #4]            /* GICC_PMR */
    str r0, [r5]                /* GICC_CTLR */
    str r0, [r4]                /* GICD_CTLR */
    str r6, [r4, #0x100]        /* GICD_ISENABLER0 */
    mrc p15, 0, r7, c14, c0, 0  /* CNTFRQ */
    mov r0, #50
    udiv r7, r7, r0
    mrrc p15, 1, r10, r11, c14  /* CNTVCT: its first second fits 32 bits */
    add r10, r10, r7
    mov r11, #0
    mcrr p15, 3, r10, r11, c14  /* CNTV_CVAL */
    mov r0, #1
    mcr p15, 0, r0, c14, c3, 1  /* CNTV_CTL */
    isb
    bl suspend
    adr r1, early
    mrrc p15, 1, r2, r3, c14
    cmp r2, r10
    blo 1f
    bl suspend
    adr r1, late
    mrrc p15, 1, r2, r3, c14
    sub r2, r2, r10
    cmp r2, r7
    bhs 1f
    adr r1, waited
1:  mov r2, r8
    bl print
2:  wfi
    b 2b

suspend:
    ldr r0, =CPU_SUSPEND
    mov r1, #0
    hvc #0
    cmp r0, #0
    bne wrong
    bx lr
wrong:
    adr r1, refused
    b 1b

early: .asciz "ROBIN-GUEST: early\r\n"
late: .asciz "ROBIN-GUEST: late\r\n"
refused: .asciz "ROBIN-GUEST: refused\r\n"
waited: .asciz "ROBIN-GUEST: waited\r\n"
    .balign 4
