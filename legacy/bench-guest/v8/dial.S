/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that dials once: it waits until the trusted side has long been ready, executes a
 * mark that the counting plugin knows, and writes one AT line to the second PL011.
 */
.equ PL011_DR, 0x00
.equ DELAY_LOOPS, 50000000

.text
.global _start
_start:
    msr     daifset, #0xf
    movz    x19, #0x0904, lsl #16
    ldr     x1, =DELAY_LOOPS
1:  subs    x1, x1, #1
    b.ne    1b
    mov     w1, #0x301              /* UARTCR: TXE, RXE, UARTEN (DDI 0183, 3.3.8) */
    str     w1, [x19, #0x30]
    hint    #0x73
    adr     x0, line
2:  ldrb    w1, [x0], #1
    cbz     w1, 3f
    str     w1, [x19, #PL011_DR]
    b       2b
3:  wfi
    b       3b

line: .asciz "ATD09005123456;\r"
