/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A 32-bit program at EL0 reads a device's register within an IT block: what stands behind it in the block must be done, or
 * not, as the block says (DDI 0487 "ITSTATE"). It ends with SVC.
 */
#include "uarts.inc"

main:
    adr x0, vectors
    msr vbar_el1, x0
    adr x0, thumb
    msr elr_el1, x0
    mov x0, #0x1f0              /* User mode, Thumb, A, I, F */
    msr spsr_el1, x0
    ldr x1, =0x08000008         /* GICD_IIDR */
    mov x2, #0
    mov x3, #0
    isb
    eret

thumb:
    .hword 0x4280               /* cmp r0, r0 */
    .hword 0xbf0c               /* ite eq */
    .hword 0x6808               /* ldreq r0, [r1] */
    .hword 0x2201               /* movne r2, #1 */
    .hword 0x2307               /* movs r3, #7 */
    .hword 0xdf01               /* svc #1 */

    .balign 0x800
vectors:
    .space 0x600
    adr x1, wrong
    ldr w4, =0x0200143b
    cmp w0, w4
    ccmp w2, #0, #0, eq
    ccmp w3, #7, #0, eq
    b.ne 1f
    adr x1, right
1:  mov x2, x19
    bl print
2:  wfi
    b 2b

right: .asciz "ROBIN-GUEST: right\r\n"
wrong: .asciz "ROBIN-GUEST: wrong\r\n"
    .balign 4
