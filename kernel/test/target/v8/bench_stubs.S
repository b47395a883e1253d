/* SPDX-License-Identifier: BSD-2-Clause */
#include "asm_numbers.h"

.text
/*
 * X8 endpoint, X9 reply, X10 slot to empty, X11 sum of (counter now - word 0).
 * The answer's word 0 is the sum so far.
 */
.global stub_one_way_start, stub_one_way_end
stub_one_way_start:
    and     x8, x0, #0xffff
    ubfx    x9, x0, #16, #15
    add     x10, x8, #1
    tst     x0, #1 << 31
    csel    x10, x10, xzr, ne
    mov     x11, #0
    mov     x0, x8
    mov     x6, x9
    mov     x7, #ASM_SYS_RECEIVE
    svc     #0
1:  mrs     x12, cntpct_el0
    sub     x12, x12, x2
    add     x11, x11, x12
    cbz     x10, 2f
    mov     x0, #ASM_ROOT_SLOT_CNODE
    mov     x1, x10
    mov     x7, #ASM_SYS_CAP_DELETE
    svc     #0
2:  mov     x0, x8
    mov     x1, #1
    mov     x2, x11
    mov     x6, x9
    mov     x7, #ASM_SYS_REPLY_RECEIVE
    svc     #0
    b       1b
stub_one_way_end:

/* In: X0 = struct call_regs *, X1 = count > 0. Out: X0 = word 0 of the last answer.
 * Clobbers: X0-X7, X9, X10. Between the stamp and the trap stands nothing. */
.global raw_stamped_call_loop
raw_stamped_call_loop:
    mov     x9, x0
    mov     x10, x1
1:  ldp     x0, x1, [x9]
    ldp     x4, x5, [x9, #32]
    ldp     x6, x7, [x9, #48]
    ldr     x3, [x9, #24]
    mrs     x2, cntpct_el0
    svc     #0
    subs    x10, x10, #1
    b.ne    1b
    mov     x0, x2
    ret

.section .note.GNU-stack, "", %progbits
