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

call: .asciz "ATD09005123456;\r"
    .balign 4
