/* SPDX-License-Identifier: BSD-2-Clause */
/* The whole user space of a measured boot: one mark that the counting plugin knows. */
.text
.global _start
_start:
    hint    #0x72
1:  wfe
    b       1b
