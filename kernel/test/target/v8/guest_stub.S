/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest in ten instructions: X1 = an unmapped address. */
.text
.global guest_stub_start, guest_stub_end
guest_stub_start:
    ldrh    w3, [x1]
    strh    w3, [x1]
    ldr     w3, [x1]
    str     w3, [x1]
    hvc     #7
1:  wfi
    b       1b
guest_stub_end:

.section .note.GNU-stack, "", %progbits
