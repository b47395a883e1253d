/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A big-endian word of a device (SCTLR_EL1.EE) is refused by an external abort, in loads and stores; a byte has no order.
 */
#include "uarts.inc"
    .equ SCTLR_EE, 1 << 25
    .equ PERIPHID0, 0xfe0       /* 0x11 (DDI 0183 "UARTPeriphID0") */
    .equ IMSC, 0x38

main:
    adr x0, vectors
    msr vbar_el1, x0
    mov x20, xzr
    mov w21, #0x20
    mrs x22, sctlr_el1
    orr x0, x22, #SCTLR_EE
    msr sctlr_el1, x0
    isb
    ldr w1, [x19, #PERIPHID0]
    str w21, [x19, #IMSC]
    ldrb w23, [x19, #PERIPHID0]
    msr sctlr_el1, x22
    isb
    adr x1, taken
    cmp x20, #2
    b.ne 1f
    ldr w0, [x19, #IMSC]
    cbnz w0, 1f
    cmp w23, #0x11
    b.ne 1f
    adr x1, refused
1:  mov x2, x19
    bl print
2:  wfi
    b 2b

    .balign 2048
vectors:
    .skip 0x200                 /* EL1h, synchronous: counts external aborts, steps over */
    mrs x0, esr_el1
    and x0, x0, #0x3f
    cmp x0, #0x10
    b.ne 2b
    add x20, x20, #1
    mrs x0, elr_el1
    add x0, x0, #4
    msr elr_el1, x0
    eret

taken: .asciz "ROBIN-GUEST: taken\r\n"
refused: .asciz "ROBIN-GUEST: refused\r\n"
    .balign 4
