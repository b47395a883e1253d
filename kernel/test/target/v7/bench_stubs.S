/* SPDX-License-Identifier: BSD-2-Clause */
#include "asm_numbers.h"

.syntax unified
.arm
.text
/*
 * R8 endpoint, R9 reply, R10 slot to empty, R11 sum of (counter now - word 0), both low halves.
 * The answer's word 0 is the sum so far.
 */
.global stub_one_way_start, stub_one_way_end
stub_one_way_start:
    ubfx    r8, r0, #0, #16
    ubfx    r9, r0, #16, #15
    movs    r10, r0, lsr #31
    addne   r10, r8, #1
    mov     r11, #0
    mov     r0, r8
    mov     r6, r9
    mov     r7, #ASM_SYS_RECEIVE
    svc     #0
1:  mrrc    p15, 0, r12, r3, c14
    sub     r12, r12, r2
    add     r11, r11, r12
    cmp     r10, #0
    beq     2f
    mov     r0, #ASM_ROOT_SLOT_CNODE
    mov     r1, r10
    mov     r7, #ASM_SYS_CAP_DELETE
    svc     #0
2:  mov     r0, r8
    mov     r1, #1
    mov     r2, r11
    mov     r6, r9
    mov     r7, #ASM_SYS_REPLY_RECEIVE
    svc     #0
    b       1b
stub_one_way_end:

/* In: R0 = struct call_regs *, R1 = count > 0. Out: R0, R1 = word 0 of the last answer.
 * Between the stamp and the trap stands nothing: R3 is the stamp's high half. */
.global raw_stamped_call_loop
.type raw_stamped_call_loop, %function
raw_stamped_call_loop:
    push    {r4-r10, lr}
    mov     r9, r0
    mov     r10, r1
1:  ldmia   r9, {r0-r7}
    mrrc    p15, 0, r2, r3, c14
    svc     #0
    subs    r10, r10, #1
    bne     1b
    mov     r0, r2
    mov     r1, #0
    pop     {r4-r10, pc}

.section .note.GNU-stack, "", %progbits
