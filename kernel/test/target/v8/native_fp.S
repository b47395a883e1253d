/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * KTEST_FP_ATTEMPTS instructions that native code may not execute: whoever handles the faults skips
 * them. In, out: X0, which some of them write.
 */
.arch_extension fp
.arch_extension simd
.text
.global native_fp_attempts
native_fp_attempts:
    fmov    d0, x0
    fmov    x0, d1
    msr     fpcr, x0
    mrs     x0, fpsr
    eor     v8.16b, v8.16b, v8.16b
    ldr     q9, [sp]
    ret

.section .note.GNU-stack, "", %progbits
