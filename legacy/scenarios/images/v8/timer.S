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
    ldr x21, =GICD
    ldr x22, =GICC
    mov w23, #TIMER
    mov w0, #1
    mov w1, #0xf0
    str w1, [x22, #4]           /* GICC_PMR */
    str w0, [x22]               /* GICC_CTLR */
    str w0, [x21]               /* GICD_CTLR */
    str w23, [x21, #0x100]      /* GICD_ISENABLER0 */
    bl take
    ldr w0, [x21, #0x300]       /* GICD_ISACTIVER0 */
    tbz w0, #27, wrong
    str wzr, [x21]              /* the next kernel begins */
    str w23, [x21, #0x380]      /* GICD_ICACTIVER0 */
    ldr w0, [x21, #0x300]
    tbnz w0, #27, wrong
    str wzr, [x22, #0xd0]       /* GICC_APR0 */
    mov w0, #1
    str w0, [x21]
    bl take
    str w0, [x22, #0x10]        /* GICC_EOIR */
    str w23, [x21, #0x200]      /* GICD_ISPENDR0: made pending by a write, too */
    mov w24, #0xffff
    bl acknowledge
    adr x1, again
1:  mov x2, x19
    bl print
2:  wfi
    b 2b
wrong:
    adr x1, lost
    b 1b

/* The timer fires and is acknowledged. Out: w0 = GICC_IAR; `wrong` when it does not come. Clobbers: w1, w24. */
take:
    msr cntv_cval_el0, xzr
    mov x0, #1
    msr cntv_ctl_el0, x0
    isb
    mov w24, #0xffff
acknowledge:
    ldr w0, [x22, #0xc]
    and w1, w0, #0x3ff
    cmp w1, #27
    b.eq 3f
    subs w24, w24, #1
    b.ne acknowledge
    b wrong
3:  msr cntv_ctl_el0, xzr
    isb
    ret

again: .asciz "ROBIN-GUEST: again\r\n"
lost:  .asciz "ROBIN-GUEST: lost\r\n"
    .balign 4
