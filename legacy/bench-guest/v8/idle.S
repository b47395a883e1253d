/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole user space of a measured rest: two marks that the counting plugin knows, and four seconds of sleep between. */
.equ SYS_NANOSLEEP, 101 /* asm-generic/unistd.h */
.text
.global _start
_start:
    adr     x0, settle
    bl      sleep
    hint    #0x72
    adr     x0, rest
    bl      sleep
    hint    #0x74
1:  wfe
    b       1b

/* In: X0 struct timespec. Clobbers: X1, X8 */
sleep:
    mov     x1, xzr
    mov     x8, #SYS_NANOSLEEP
    svc     #0
    ret

.balign 8
settle: .quad 3, 0
rest:   .quad 4, 0
