/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A Thumb program reads a device's register within an IT block: what stands behind it in the block must be done, or not, as
 * the block says (DDI 0406 "ITSTATE").
 */
#include "uarts.inc"

main:
    ldr r1, =0x08000008         /* GICD_IIDR */
    mov r2, #0
    mov r3, #0
    adr r4, thumb
    orr r4, r4, #1
    blx r4
    adr r1, wrong
    ldr r4, =0x0200143b
    cmp r0, r4
    cmpeq r2, #0
    cmpeq r3, #7
    adreq r1, right
    mov r2, r8
    bl print
2:  wfi
    b 2b

thumb:
    .hword 0x4280               /* cmp r0, r0 */
    .hword 0xbf0c               /* ite eq */
    .hword 0x6808               /* ldreq r0, [r1] */
    .hword 0x2201               /* movne r2, #1 */
    .hword 0x2307               /* movs r3, #7 */
    .hword 0x4770               /* bx lr */

right: .asciz "ROBIN-GUEST: right\r\n"
wrong: .asciz "ROBIN-GUEST: wrong\r\n"
    .balign 4
