/* SPDX-License-Identifier: BSD-2-Clause */
#include "asm_numbers.h"

.syntax unified
.arm
.text
/* In: R0 = struct call_regs *. Out: registers 0..7 stored in it. Clobbers: R0-R3, R9 saved. */
.global raw_call
.type raw_call, %function
raw_call:
    push    {r4-r7, r9, lr}
    mov     r9, r0
    ldmia   r9, {r0-r7}
    svc     #0
    stmia   r9, {r0-r7}
    pop     {r4-r7, r9, pc}

/* In: R0 = struct call_regs *, R1 = count > 0. */
.global raw_call_loop
.type raw_call_loop, %function
raw_call_loop:
    push    {r4-r10, lr}
    mov     r9, r0
    mov     r10, r1
1:  ldmia   r9, {r0-r7}
    svc     #0
    subs    r10, r10, #1
    bne     1b
    pop     {r4-r10, pc}

.global raw_empty_loop
.type raw_empty_loop, %function
raw_empty_loop:
    push    {r4-r10, lr}
    mov     r9, r0
    mov     r10, r1
1:  ldmia   r9, {r0-r7}
    subs    r10, r10, #1
    bne     1b
    pop     {r4-r10, pc}

/* Splits the entry argument: R8 = low half, R9 = high half. */
.macro split_argument
    uxth    r8, r0
    lsr     r9, r0, #16
.endm

.global stub_echo_start, stub_echo_end
stub_echo_start:
    split_argument
    mov     r0, r8
    mov     r6, r9
    mov     r7, #ASM_SYS_RECEIVE
    svc     #0
    mov     r7, #ASM_SYS_REPLY_RECEIVE
1:  mov     r0, r8
    mov     r1, #0
    mov     r6, r9
    svc     #0
    b       1b
stub_echo_end:

.global stub_wait_start, stub_wait_end
stub_wait_start:
    split_argument
    mov     r7, #ASM_SYS_WAIT
1:  mov     r0, r8
    svc     #0
    b       1b
stub_wait_end:

.global stub_fault_start, stub_fault_end
stub_fault_start:
    mov     r8, #0
1:  ldr     r9, [r8]
    b       1b
stub_fault_end:

.global stub_resume_start, stub_resume_end
stub_resume_start:
    split_argument
    mov     r0, r8
    mov     r6, r9
    mov     r7, #ASM_SYS_RECEIVE
    svc     #0
    mov     r7, #ASM_SYS_REPLY_RECEIVE
1:  mov     r0, r8
    mov     r1, #1
    mov     r2, #ASM_FAULT_REPLY_SKIP
    mov     r6, r9
    svc     #0
    b       1b
stub_resume_end:

.section .note.GNU-stack, "", %progbits
