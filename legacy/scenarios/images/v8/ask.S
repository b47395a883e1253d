/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest guest that asks for calls: says that it is up, and for each byte on its console asks the modem for a
 * premium call; for an o it switches itself off, by PSCI SYSTEM_OFF (ARM DEN 0022, "SYSTEM_OFF"). PL011 registers: ARM
 * DDI 0183, "Programmer's model".
 */
    .equ CONSOLE, 0x09000000
    .equ MODEM, 0x09040000
    .equ DR, 0x00
    .equ FR, 0x18
    .equ LCRH, 0x2c
    .equ CR, 0x30

    .text
    .global _start
_start:
    ldr x19, =CONSOLE
    ldr x20, =MODEM
    mov w0, #0x70               /* 8 bits, FIFO */
    str w0, [x20, #LCRH]
    str w0, [x19, #LCRH]
    mov w0, #0x301              /* on, both ways */
    str w0, [x20, #CR]
    str w0, [x19, #CR]
    adr x1, up
    mov x2, x19
    bl print
1:  ldr w0, [x19, #FR]          /* RXFE: nothing typed yet */
    tbnz w0, #4, 1b
    ldr w0, [x19, #DR]
    cmp w0, #'o'
    b.eq off
    adr x1, dial
    mov x2, x20
    bl print
    b 1b
off:
    ldr w0, =0x84000008
    hvc #0

/* In: x1 = text, x2 = UART. Clobbers: x0, x1, x3. */
print:
    ldrb w0, [x1], #1
    cbz w0, 2f
1:  ldr w3, [x2, #FR]           /* TXFF: full */
    tbnz w3, #5, 1b
    str w0, [x2, #DR]
    b print
2:  ret

up:   .asciz "ROBIN-GUEST: up\r\n"
dial: .asciz "ATD09005123456;\r"
    .balign 4
