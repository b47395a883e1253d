/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that waits for a letter on its console and then sets what PL1 can write and what would govern PL0: byte order and
 * alignment (SCTLR), coprocessors and counters (CPACR, CNTKCTL), thread registers, at last FCSEIDR, which moves the
 * addresses below 32 MiB (DDI 0406 "FCSEIDR"). Then it spins in its registers' new order.
 */
#include "uarts.inc"

main:
    mov r1, r8
    bl get
    adr r1, armed
    mov r2, r8
    bl print
    mvn r4, #0
    mov r5, #0
    mcr p15, 0, r4, c13, c0, 2  /* TPIDRURW */
    mcr p15, 0, r4, c13, c0, 3  /* TPIDRURO */
    mcr p15, 0, r5, c1, c0, 2   /* CPACR */
    mcr p15, 0, r5, c14, c1, 0  /* CNTKCTL */
    mrc p15, 0, r6, c1, c0, 0   /* SCTLR.EE, A */
    orr r6, r6, #1 << 25
    orr r6, r6, #1 << 1
    mcr p15, 0, r6, c1, c0, 0
    mov r6, #0x04000000
    mcr p15, 0, r6, c13, c0, 0  /* FCSEIDR */
    isb
1:  str r5, [r8, #DR]           /* to the VMM */
    b 1b

armed: .asciz "ROBIN-GUEST: armed\r\n"
    .balign 4
