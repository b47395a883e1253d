/* SPDX-License-Identifier: BSD-2-Clause */
#include "runtime/layout.h"

/*
 * _start: the first instruction of every thread of a component.
 * In:  x0 = thread number, sp = top of its stack.
 * Out: never returns. Sets TPIDR_EL0 to the thread's message buffer.
 */
    .section .text.start, "ax", %progbits
    .globl _start
    .type _start, %function
_start:
    mov     x29, xzr
    mov     x30, xzr
    ldr     x1, =LAYOUT_MESSAGES_VA
    add     x1, x1, x0, lsl #LAYOUT_MESSAGE_SHIFT
    msr     tpidr_el0, x1
    bl      component_main
    b       component_fail
    .size _start, . - _start
    .section .note.GNU-stack, "", %progbits
