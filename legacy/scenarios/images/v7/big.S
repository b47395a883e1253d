/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A big-endian word of a device (CPSR.E) is refused by an external abort, in loads and stores; a byte has no order.
 */
#include "uarts.inc"
    .equ PERIPHID0, 0xfe0       /* 0x11 (DDI 0183 "UARTPeriphID0") */
    .equ IMSC, 0x38

main:
    adr r0, vectors
    mcr p15, 0, r0, c12, c0, 0  /* VBAR */
    mov r4, #0
    mov r5, #0x20
    mov r7, #0
    setend be
    ldr r1, [r8, #PERIPHID0]
    str r5, [r8, #IMSC]
    ldrb r6, [r8, #PERIPHID0]
    setend le
    adr r1, taken
    cmp r4, #2
    bne 1f
    ldr r0, [r8, #IMSC]
    cmp r0, #0
    bne 1f
    cmp r6, #0x11
    bne 1f
    adr r1, refused
1:  mov r2, r8
    bl print
2:  wfi
    b 2b

taken: .asciz "ROBIN-GUEST: taken\r\n"
refused: .asciz "ROBIN-GUEST: refused\r\n"
    .balign 32
vectors:
    b 2b
    b 2b
    b 2b
    b 2b
    add r4, r4, #1              /* data abort: counts, steps over */
    subs pc, lr, #4
