/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest guest that asks for calls: says that it is up, and for each byte on its console asks the modem for a
 * premium call; for an o it switches itself off, by PSCI SYSTEM_OFF (ARM DEN 0022, "SYSTEM_OFF"). PL011 registers: ARM
 * DDI 0183, "Programmer's model".
 */
#include "uarts.inc"

main:
    mov r1, r8
    bl get
    cmp r0, #'o'
    beq off
    adr r1, dial
    mov r2, r9
    bl print
    b main
off:
    ldr r0, =0x84000008
    hvc #0

dial: .asciz "ATD09005123456;\r"
    .balign 4
