/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * KTEST_FP_ATTEMPTS instructions that native code may not execute: whoever handles the faults skips
 * them. In, out: R0, which one of them writes.
 */
.syntax unified
.arm
.fpu neon-vfpv4
.text
.global native_fp_attempts
.type native_fp_attempts, %function
native_fp_attempts:
    vmov    s0, r0
    vmov    r0, s1
    vmsr    fpscr, r0
    vmrs    r0, fpscr
    veor    q8, q8, q8
    vmsr    fpexc, r0
    bx      lr

.section .note.GNU-stack, "", %progbits
