/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole user space of a measured boot: one mark that the counting plugin knows. */
.syntax unified
.arch armv7ve
.arm
.text
.global _start
_start:
    .inst   0xe320f072
1:  wfe
    b       1b
