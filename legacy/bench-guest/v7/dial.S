/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that dials once: it waits until the trusted side has long been ready, executes a
 * mark that the counting plugin knows, and writes one AT line to the second PL011.
 */
.equ PL011_DR, 0x00
.equ DELAY_LOOPS, 50000000

.syntax unified
.arch armv7ve
.arm
.text
.global _start
_start:
    cpsid   aif
    ldr     r9, =0x09040000
    ldr     r1, =DELAY_LOOPS
1:  subs    r1, r1, #1
    bne     1b
    ldr     r1, =0x301              /* UARTCR: TXE, RXE, UARTEN (DDI 0183, 3.3.8) */
    str     r1, [r9, #0x30]
    .inst   0xe320f073
    adr     r0, line
2:  ldrb    r1, [r0], #1
    cmp     r1, #0
    beq     3f
    str     r1, [r9, #PL011_DR]
    b       2b
3:  wfi
    b       3b

line: .asciz "ATD09005123456;\r"
.balign 4
.ltorg
