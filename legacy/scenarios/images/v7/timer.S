/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a kernel meets that is started anew without a reset (kexec, a crash kernel): the virtual timer's interrupt (27) is
 * active, because its predecessor died in the handler. It clears the active state, as Linux does, and has to get the
 * interrupt again. Interrupts stay masked: the CPU interface is asked (IHI 0048 "GICC_IAR").
 */
#include "uarts.inc"
    .equ GICD, 0x08000000
    .equ GICC, 0x08010000
    .equ TIMER, 1 << 27

main:
    ldr r4, =GICD
    ldr r5, =GICC
    mov r6, #TIMER
    mov r7, #0
    mov r0, #1
    mov r1, #0xf0
    str r1, [r5, #4]            /* GICC_PMR */
    str r0, [r5]                /* GICC_CTLR */
    str r0, [r4]                /* GICD_CTLR */
    str r6, [r4, #0x100]        /* GICD_ISENABLER0 */
    bl take
    ldr r0, [r4, #0x300]        /* GICD_ISACTIVER0 */
    tst r0, r6
    beq wrong
    str r7, [r4]                /* the next kernel begins */
    str r6, [r4, #0x380]        /* GICD_ICACTIVER0 */
    ldr r0, [r4, #0x300]
    tst r0, r6
    bne wrong
    str r7, [r5, #0xd0]         /* GICC_APR0 */
    mov r0, #1
    str r0, [r4]
    bl take
    str r0, [r5, #0x10]         /* GICC_EOIR */
    str r6, [r4, #0x200]        /* GICD_ISPENDR0: made pending by a write, too */
    bl acknowledge
    adr r1, again
1:  mov r2, r8
    bl print
2:  wfi
    b 2b
wrong:
    adr r1, lost
    b 1b

/* The timer fires and is acknowledged. Out: r0 = GICC_IAR; `wrong` when it does not come. Clobbers: r1, r10. */
take:
    mcrr p15, 3, r7, r7, c14    /* CNTV_CVAL */
    mov r0, #1
    mcr p15, 0, r0, c14, c3, 1  /* CNTV_CTL */
    isb
acknowledge:
    movw r10, #0xffff
3:  ldr r0, [r5, #0xc]
    ubfx r1, r0, #0, #10
    cmp r1, #27
    beq 4f
    subs r10, r10, #1
    bne 3b
    b wrong
4:  mcr p15, 0, r7, c14, c3, 1
    isb
    bx lr

again: .asciz "ROBIN-GUEST: again\r\n"
lost:  .asciz "ROBIN-GUEST: lost\r\n"
    .balign 4
