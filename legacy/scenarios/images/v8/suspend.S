/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * PSCI's CPU_SUSPEND (DEN 0022 "CPU_SUSPEND") returns when an interrupt has come, and no earlier: here the virtual
 * timer's (27), 20 ms later. With that one still pending it returns at once. Interrupts stay masked in PSTATE.
 */
#include "uarts.inc"
    .equ GICD, 0x08000000
    .equ GICC, 0x08010000
    .equ TIMER, 1 << 27
    .equ CPU_SUSPEND, 0xc4000001

main:
    ldr x21, =GICD
    ldr x22, =GICC
    mov w23, #TIMER
    mov w0, #1
    mov w1, #0xf0
    str w1, [x22, #4]           /* GICC_PMR */
    str w0, [x22]               /* GICC_CTLR */
    str w0, [x21]               /* GICD_CTLR */
    str w23, [x21, #0x100]      /* GICD_ISENABLER0 */
    mrs x24, cntfrq_el0
    mov x0, #50
    udiv x24, x24, x0
    mrs x25, cntvct_el0
    add x25, x25, x24
    msr cntv_cval_el0, x25
    mov x0, #1
    msr cntv_ctl_el0, x0
    isb
    bl suspend
    adr x1, early
    mrs x2, cntvct_el0
    cmp x2, x25
    b.lo 1f
    bl suspend
    adr x1, late
    mrs x2, cntvct_el0
    sub x2, x2, x25
    cmp x2, x24
    b.hs 1f
    adr x1, waited
1:  mov x2, x19
    bl print
2:  wfi
    b 2b

suspend:
    ldr x0, =CPU_SUSPEND
    mov x1, xzr
    hvc #0
    cbnz w0, wrong
    ret
wrong:
    adr x1, refused
    b 1b

early: .asciz "ROBIN-GUEST: early\r\n"
late: .asciz "ROBIN-GUEST: late\r\n"
refused: .asciz "ROBIN-GUEST: refused\r\n"
waited: .asciz "ROBIN-GUEST: waited\r\n"
    .balign 4
