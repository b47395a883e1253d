/* SPDX-License-Identifier: BSD-2-Clause */
    .syntax unified
    .arm
    .fpu neon-vfpv4

#define FPEXC_EN 0x40000000

/* In: r0 = struct fp_state. Clobbers: r1-r3. Out: the registers may be used. */
    .text
    .global fp_save
fp_save:
    vmrs    r1, fpexc
    mov     r3, #FPEXC_EN
    vmsr    fpexc, r3
    vmrs    r2, fpscr
    vstmia  r0!, {d0-d15}
    vstmia  r0!, {d16-d31}
    stmia   r0, {r1, r2}
    bx      lr

/* In: r0 = struct fp_state. Clobbers: r1-r3, d0-d31. */
    .global fp_load
fp_load:
    mov     r3, #FPEXC_EN
    vmsr    fpexc, r3
    vldmia  r0!, {d0-d15}
    vldmia  r0!, {d16-d31}
    ldmia   r0, {r1, r2}
    vmsr    fpscr, r2
    vmsr    fpexc, r1
    bx      lr
