/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest in ten instructions: R1 = an unmapped address. */
.syntax unified
.arm
.text
.global guest_stub_start, guest_stub_end
guest_stub_start:
    ldr     lr, [r1] /* a register that the page does not have */
    str     lr, [r1]
    ldr     r3, [r1]
    str     r3, [r1]
    hvc     #7
1:  wfi
    b       1b
guest_stub_end:

.section .note.GNU-stack, "", %progbits
