/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that waits for a letter on its console and then sets what EL1 can write and what would govern EL0: byte order and
 * alignment (SCTLR_EL1), FP and counters (CPACR_EL1, CNTKCTL_EL1), thread registers, single steps (MDSCR_EL1), performance
 * monitors (PMUSERENR_EL0). Then it spins under them.
 */
#include "uarts.inc"

main:
    mov x1, x19
    bl get
    adr x1, armed
    mov x2, x19
    bl print
    mov x4, #-1
    msr tpidr_el0, x4
    msr tpidrro_el0, x4
    msr cpacr_el1, xzr
    msr cntkctl_el1, xzr
    msr pmuserenr_el0, x4
    mov x5, #1
    msr mdscr_el1, x5
    mrs x6, sctlr_el1
    orr x6, x6, #3 << 24        /* EE, E0E */
    orr x6, x6, #1 << 1         /* A */
    msr sctlr_el1, x6
    isb
1:  str wzr, [x19, #DR]         /* to the VMM */
    b 1b

armed: .asciz "ROBIN-GUEST: armed\r\n"
    .balign 4
