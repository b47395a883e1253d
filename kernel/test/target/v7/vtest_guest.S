/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest that fills every register it has from R0, in each of its modes, and then looks at each
 * of its turns whether they still hold that. In: R0 = its own number; at each turn R10 = what it does
 * before, enum guest_task. HVC #1: all is well. HVC #2: it is not.
 */
.syntax unified
.arm
.fpu neon-vfpv4

/* opc1, CRn, CRm, opc2: TTBR0 TTBR1 DACR DFAR IFAR VBAR CONTEXTIDR TPIDRURW TPIDRURO
 * TPIDRPRW */
.macro each_coprocessor_register operation
    \operation 0, c2, c0, 0
    \operation 0, c2, c0, 1
    \operation 0, c3, c0, 0
    \operation 0, c6, c0, 0
    \operation 0, c6, c0, 2
    \operation 0, c12, c0, 0
    \operation 0, c13, c0, 1
    \operation 0, c13, c0, 2
    \operation 0, c13, c0, 3
    \operation 0, c13, c0, 4
.endm

/* FIQ, IRQ, abort and undefined mode: SP, LR and SPSR; FIQ mode R8 to R12, too */
.macro each_mode operation
    .irp mode, 0x11, 0x12, 0x17, 0x1b, 0x13
    cps     #\mode
    \operation sp
    \operation lr
    .if \mode == 0x11
    .irp register, r8, r9, r10, r11, r12
    \operation \register
    .endr
    .endif
    \operation\()_spsr
    .endr
.endm

.macro each_vector operation
    .irp number, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, \
        23, 24, 25, 26, 27, 28, 29, 30, 31
    \operation \number
    .endr
.endm

.macro fill_coprocessor opc1, crn, crm, opc2
    mcr     p15, \opc1, r7, \crn, \crm, \opc2
.endm

.macro look_coprocessor opc1, crn, crm, opc2
    mrc     p15, \opc1, r1, \crn, \crm, \opc2
    cmp     r1, r7
    bne     9f
.endm

.macro fill register
    mov     \register, r7
.endm

.macro look register
    cmp     \register, r7
    bne     9f
.endm

.macro fill_spsr
    msr     spsr_cxsf, r6
.endm

.macro look_spsr
    mrs     r1, spsr
    cmp     r1, r6
    bne     9f
.endm

.macro fill_vector number
    vmov    d\number, r6, r7
.endm

.macro look_vector number
    vmov    r1, r2, d\number
    cmp     r1, r6
    cmpeq   r2, r7
    bne     9f
.endm

.text
.global vtest_guest_start, vtest_guest_end
vtest_guest_start:
    mov     r6, r0
    lsl     r7, r6, #16
    mov     r0, #0xf << 20
    mcr     p15, 0, r0, c1, c0, 2 /* CPACR */
    isb
    mov     r0, #0x40000000
    vmsr    fpexc, r0
    mov     r5, #0
    each_coprocessor_register fill_coprocessor
    mcrr    p15, 3, r6, r7, c14 /* CNTV_CVAL */
    each_mode fill
    each_vector fill_vector
    and     r9, r6, #0x1f /* FPSCR's cumulative flags */
    vmsr    fpscr, r9
    mov     r8, #0x40000000
    tst     r6, #2
    movne   r8, #0 /* the other guest leaves its turns with FPEXC off */
    vmsr    fpexc, r8
1:  hvc     #1
    add     r5, r5, #1
    cmp     r10, #1
    beq     5f
    cmp     r10, #2
    beq     6f
    cmp     r10, #3
    beq     7f
    cmp     r10, #4
    beq     3f
8:
    each_coprocessor_register look_coprocessor
    mrrc    p15, 3, r1, r2, c14
    cmp     r1, r6
    cmpeq   r2, r7
    bne     9f
    each_mode look
    tst     r5, #1 /* every other time without the vector registers */
    beq     1b
    vmrs    r1, fpexc
    cmp     r1, r8
    bne     9f
    mov     r1, #0x40000000
    vmsr    fpexc, r1
    vmrs    r1, fpscr
    cmp     r1, r9
    bne     9f
    each_vector look_vector
    vmsr    fpexc, r8
    b       1b
9:  hvc     #2
    b       9b
5:  wfi
    b       8b
6:  mrc     p15, 0, r1, c1, c0, 1 /* ACTLR: the kernel answers 0 */
    cmp     r1, #0
    bne     9b
    b       8b
7:  mov     r1, #0x8000
4:  subs    r1, r1, #1
    bne     4b
    b       8b
3:  mov     r11, #0x40000000 /* here, where a store would be refused */
    ldrexd  r2, r3, [r11]
    wfi
    strexd  r1, r2, r3, [r11]
    cmp     r1, #1
    bne     9b
    b       8b
vtest_guest_end:

.section .note.GNU-stack, "", %progbits
