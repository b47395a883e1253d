/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that is nothing but an attack. It says that it is up and waits for a key on its console; asks the modem for a
 * premium call, a little more than a second later, until the modem says yes (ADR 9: a second is what it has to wait);
 * waits for the next key and restarts itself: PSCI SYSTEM_RESET by HVC (ARM DEN 0022, "SYSTEM_RESET"). PL011
 * registers: ARM DDI 0183, "Programmer's model".
 */
#include "uarts.inc"

main:
    bl key
ask:                            /* what is left of the last answer is thrown away meanwhile */
    mrs x3, cntfrq_el0
    add x3, x3, x3, lsr #4
    mrs x4, cntvct_el0
    add x4, x4, x3
1:  ldr w0, [x20, #FR]
    tbnz w0, #4, 2f
    ldr w0, [x20, #DR]
2:  mrs x3, cntvct_el0
    cmp x3, x4
    b.lo 1b
    adr x1, call
    mov x2, x20
    bl print
3:  mov x1, x20                 /* the modem's echo has neither letter */
    bl get
    cmp w0, #'E'                /* ERROR: too soon */
    b.eq ask
    cmp w0, #'O'                /* OK */
    b.ne 3b
    bl key
    ldr w0, =0x84000009
    hvc #0
4:  wfi
    b 4b

/* A line of one letter from the console. Out: w0. Clobbers: x1, x5. */
key:
    mov x5, x30
    mov x1, x19
1:  bl get
    cmp w0, #' '
    b.ls 1b
    ret x5

call: .asciz "ATD09005123456;\r"
    .balign 4
