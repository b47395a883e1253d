/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole user space of a measured rest: two marks that the counting plugin knows, and four seconds of sleep between. */
.equ SYS_NANOSLEEP, 162 /* arch/arm/tools/syscall.tbl */
.syntax unified
.arch armv7ve
.arm
.text
.global _start
_start:
    adr     r0, settle
    bl      sleep
    .inst   0xe320f072
    adr     r0, rest
    bl      sleep
    .inst   0xe320f074
1:  wfe
    b       1b

/* In: R0 struct timespec. Clobbers: R1, R7 */
sleep:
    mov     r1, #0
    mov     r7, #SYS_NANOSLEEP
    svc     #0
    bx      lr

settle: .word 3, 0
rest:   .word 4, 0
