/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The smallest guest that asks for calls: says that it is up, and for each byte on its console asks the modem for a
 * premium call; for an o it switches itself off, by PSCI SYSTEM_OFF (ARM DEN 0022, "SYSTEM_OFF"). PL011 registers: ARM
 * DDI 0183, "Programmer's model".
 */
#include "uarts.inc"

main:
    mov x1, x19
    bl get
    cmp w0, #'o'
    b.eq off
    adr x1, dial
    mov x2, x20
    bl print
    b main
off:
    ldr w0, =0x84000008
    hvc #0

dial: .asciz "ATD09005123456;\r"
    .balign 4
