/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * First instruction. The boot loader enters at EL2 with MMU and caches off (or,
 * as with U-Boot, PSTATE.A unmasked); x0 is a device tree that nobody needs.
 */
#include "offsets.h"

    .section .text.entry, "ax"
    .global _start
/* U-Boot since 2024 starts nothing without the header of a Linux Image (Linux, arm64/booting.rst, "Call the kernel
 * image"), and moves what is not where the header wants it: images/pack/flash.py computes to where. */
_start:
    b       entry
    .word   0
    .quad   0                           /* text_offset, from 2 MiB */
    .quad   __image_end - _start         /* with .bss */
    .quad   0xa                         /* flags: pages of 4 KiB, may lie anywhere */
    .quad   0, 0, 0
    .ascii  "ARM\x64"
    .word   0

entry:
    msr     daifset, #0xf
    mrs     x19, cntpct_el0
    mrs     x1, CurrentEL
    cmp     x1, #8
    b.ne    halt            /* not EL2: there is no console to say so */
    mov     x1, #0x0830
    movk    x1, #0x30c5, lsl #16 /* SCTLR_EL2: its RES1 bits, MMU and caches off */
    msr     sctlr_el2, x1
    isb
    /* Memory from here on is written past the caches: no stale line may cover it. */
    adrp    x1, __data_start
    adrp    x2, __image_end
1:  dc      civac, x1
    add     x1, x1, #16
    cmp     x1, x2
    b.lo    1b
    dsb     sy
    adrp    x1, __bss_start
2:  stp     xzr, xzr, [x1], #16
    cmp     x1, x2
    b.lo    2b
    adrp    x1, cpu_areas + STACK_END
    add     x1, x1, :lo12:cpu_areas + STACK_END
    mov     sp, x1
    msr     tpidr_el2, x1
    adrp    x1, exception_vectors
    add     x1, x1, :lo12:exception_vectors
    msr     vbar_el2, x1
    mov     x0, x19
    b       arch_start

halt:
    wfi
    b       halt

/* In: x0 = a function of the SMC calling convention (DEN 0028) without arguments.
 * Clobbers: x0-x17. */
    .global firmware_call
    .type firmware_call, %function
firmware_call:
    smc     #0
    ret
