/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that is nothing but an attack. It says that it is up and waits for a key on its console; asks the modem for a
 * premium call, a little more than a second later, until the modem says yes (ADR 9: a second is what it has to wait);
 * waits for the next key and restarts itself: PSCI SYSTEM_RESET by HVC (ARM DEN 0022, "SYSTEM_RESET"). PL011
 * registers: ARM DDI 0183, "Programmer's model".
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
    bl key
ask:                            /* what is left of the last answer is thrown away meanwhile */
    mrc p15, 0, r3, c14, c0, 0  /* CNTFRQ */
    add r3, r3, r3, lsr #4
    mrrc p15, 1, r4, r5, c14    /* CNTVCT: its low word wraps, a difference does not */
1:  ldr r0, [r9, #FR]
    tst r0, #1 << 4
    ldreq r0, [r9, #DR]
    mrrc p15, 1, r6, r7, c14
    sub r6, r6, r4
    cmp r6, r3
    blo 1b
    adr r1, call
    mov r2, r9
    bl print
2:  mov r1, r9                  /* the modem's echo has neither letter */
    bl get
    cmp r0, #'E'                /* ERROR: too soon */
    beq ask
    cmp r0, #'O'                /* OK */
    bne 2b
    bl key
    ldr r0, =0x84000009
    hvc #0
3:  wfi
    b 3b

/* A line of one letter from the console. Out: r0. Clobbers: r1, r10. */
key:
    mov r10, lr
    mov r1, r8
1:  bl get
    cmp r0, #' '
    bls 1b
    bx r10

/* In: r1 = UART. Out: r0 = the next byte from it. */
get:
    ldr r0, [r1, #FR]           /* RXFE: nothing yet */
    tst r0, #1 << 4
    bne get
    ldr r0, [r1, #DR]
    bx lr

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
call: .asciz "ATD09005123456;\r"
    .balign 4
