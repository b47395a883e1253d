/* SPDX-License-Identifier: BSD-2-Clause */
#include "asm_numbers.h"

/* Loads and stores of X0..X7 through a pointer in X9 (which the kernel preserves). */
.macro load_call_registers
    ldp     x0, x1, [x9]
    ldp     x2, x3, [x9, #16]
    ldp     x4, x5, [x9, #32]
    ldp     x6, x7, [x9, #48]
.endm

.text
/* In: X0 = struct call_regs *. Out: registers 0..7 stored in it. Clobbers: X0-X7, X9 */
.global raw_call
raw_call:
    mov     x9, x0
    load_call_registers
    svc     #0
    stp     x0, x1, [x9]
    stp     x2, x3, [x9, #16]
    stp     x4, x5, [x9, #32]
    stp     x6, x7, [x9, #48]
    ret

/* In: X0 = struct call_regs *, X1 = count > 0. Clobbers: X0-X7, X9, X10 */
.global raw_call_loop
raw_call_loop:
    mov     x9, x0
    mov     x10, x1
1:  load_call_registers
    svc     #0
    subs    x10, x10, #1
    b.ne    1b
    ret

.global raw_empty_loop
raw_empty_loop:
    mov     x9, x0
    mov     x10, x1
1:  load_call_registers
    subs    x10, x10, #1
    b.ne    1b
    ret

/* Splits the entry argument: X8 = low half, X9 = high half. */
.macro split_argument
    and     x8, x0, #0xffff
    lsr     x9, x0, #16
.endm

.global stub_echo_start, stub_echo_end
stub_echo_start:
    split_argument
    mov     x0, x8
    mov     x6, x9
    mov     x7, #ASM_SYS_RECEIVE
    svc     #0
    mov     x7, #ASM_SYS_REPLY_RECEIVE
1:  mov     x0, x8
    mov     x1, #0
    mov     x6, x9
    svc     #0
    b       1b
stub_echo_end:

.global stub_wait_start, stub_wait_end
stub_wait_start:
    split_argument
    mov     x7, #ASM_SYS_WAIT
1:  mov     x0, x8
    svc     #0
    b       1b
stub_wait_end:

/* X8 counts the faults that were answered, for whoever looks at the context. */
.global stub_fault_start, stub_fault_end
stub_fault_start:
    mov     x8, #0
1:  ldr     x9, [x8]
    b       1b
stub_fault_end:

.global stub_resume_start, stub_resume_end
stub_resume_start:
    split_argument
    mov     x0, x8
    mov     x6, x9
    mov     x7, #ASM_SYS_RECEIVE
    svc     #0
    mov     x7, #ASM_SYS_REPLY_RECEIVE
1:  mov     x0, x8
    mov     x1, #1
    mov     x2, #ASM_FAULT_REPLY_SKIP
    mov     x6, x9
    svc     #0
    b       1b
stub_resume_end:

.section .note.GNU-stack, "", %progbits
