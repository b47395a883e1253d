/* SPDX-License-Identifier: BSD-2-Clause */
#include "runtime/layout.h"

/*
 * _start: the first instruction of every thread of a component.
 * In:  r0 = thread number, sp = top of its stack.
 * Out: never returns. Sets TPIDRURW to the thread's message buffer.
 */
    .syntax unified
    .arm
    .section .text.start, "ax", %progbits
    .globl _start
    .type _start, %function
_start:
    mov     r11, #0
    mov     lr, #0
    ldr     r1, =LAYOUT_MESSAGES_VA
    add     r1, r1, r0, lsl #LAYOUT_MESSAGE_SHIFT
    mcr     p15, 0, r1, c13, c0, 2
    bl      component_main
    b       component_fail
    .ltorg
    .size _start, . - _start
    .section .note.GNU-stack, "", %progbits
