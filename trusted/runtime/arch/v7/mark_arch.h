/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef RUNTIME_MARK_ARCH_H
#define RUNTIME_MARK_ARCH_H

/* A hint without meaning: NOP to the processor (DDI 0406 "Miscellaneous hint instructions"). */
#define RUNTIME_MARK(number) __asm__ volatile(".inst 0xe320f000 | %c0" : : "i"(number) : "memory")

#endif
