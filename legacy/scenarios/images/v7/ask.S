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

    .arch_extension virt
    .text
    .global _start
_start:
    ldr r8, =CONSOLE
    ldr r9, =MODEM
    mov r0, #0x70               /* 8 bits, FIFO */
    str r0, [r9, #LCRH]
    str r0, [r8, #LCRH]
    movw r0, #0x301             /* on, both ways */
    str r0, [r9, #CR]
    str r0, [r8, #CR]
    adr r1, up
    mov r2, r8
    bl print
1:  ldr r0, [r8, #FR]           /* RXFE: nothing typed yet */
    tst r0, #1 << 4
    bne 1b
    ldr r0, [r8, #DR]
    cmp r0, #'o'
    beq off
    adr r1, dial
    mov r2, r9
    bl print
    b 1b
off:
    ldr r0, =0x84000008
    hvc #0

/* In: r1 = text, r2 = UART. Clobbers: r0, r1, r3. */
print:
    ldrb r0, [r1], #1
    cmp r0, #0
    bxeq lr
1:  ldr r3, [r2, #FR]           /* TXFF: full */
    tst r3, #1 << 5
    bne 1b
    str r0, [r2, #DR]
    b print

up:   .asciz "ROBIN-GUEST: up\r\n"
dial: .asciz "ATD09005123456;\r"
    .balign 4
