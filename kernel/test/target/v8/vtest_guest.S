/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that fills every register it has from X0, and then looks at each of its turns whether
 * they still hold that. In: X0 = its own number; at each turn X25 = what it does before, enum
 * guest_task. HVC #1: all is well. HVC #2: it is not.
 */
.arch_extension fp
.arch_extension simd

.macro each_register operation
    .irp register, ttbr0_el1, ttbr1_el1, vbar_el1, elr_el1, far_el1, contextidr_el1, tpidr_el1, \
        sp_el0, tpidr_el0, tpidrro_el0, cntv_cval_el0
    \operation \register
    .endr
.endm

.macro each_vector operation
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, \
        23, 24, 25, 26, 27, 28, 29, 30, 31
    \operation \number
    .endr
.endm

.macro fill register
    msr     \register, x21
.endm

.macro look register
    mrs     x1, \register
    cmp     x1, x21
    b.ne    9f
.endm

.macro fill_vector number
    dup     v\number\().2d, x20
.endm

.macro look_vector number
    mov     x1, v\number\().d[1]
    cmp     x1, x20
    b.ne    9f
.endm

.text
.global vtest_guest_start, vtest_guest_end
vtest_guest_start:
    mov     x20, x0
    lsl     x21, x20, #12
    mov     x0, #3 << 20
    msr     cpacr_el1, x0
    isb
    each_register fill
    mov     sp, x21
    each_vector fill_vector
    and     x23, x20, #0x1f /* FPSR's cumulative flags */
    and     x24, x20, #3
    lsl     x24, x24, #22 /* FPCR.RMode */
    msr     fpsr, x23
    msr     fpcr, x24
1:  hvc     #1
    add     x22, x22, #1
    cmp     x25, #1
    b.eq    5f
    cmp     x25, #2
    b.eq    6f
    cmp     x25, #3
    b.eq    7f
    cmp     x25, #4
    b.eq    3f
8:
    each_register look
    mov     x1, sp
    cmp     x1, x21
    b.ne    9f
    tst     x22, #1 /* every other time without the vector registers */
    b.eq    1b
    each_vector look_vector
    mrs     x1, fpsr
    cmp     x1, x23
    b.ne    9f
    mrs     x1, fpcr
    cmp     x1, x24
    b.ne    9f
    b       1b
9:  hvc     #2
    b       9b
5:  wfi
    b       8b
6:  mrs     x1, actlr_el1 /* the kernel answers 0 */
    cbnz    x1, 9b
    b       8b
7:  mov     x1, #0x8000
4:  subs    x1, x1, #1
    b.ne    4b
    b       8b
3:  mov     x26, #0x40000000 /* here, where a store would be refused */
    ldxr    x2, [x26]
    wfi
    stxr    w1, x2, [x26]
    cbz     w1, 9b
    b       8b
vtest_guest_end:

.section .note.GNU-stack, "", %progbits
