/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef RUNTIME_MARK_ARCH_H
#define RUNTIME_MARK_ARCH_H

#define RUNTIME_MARK(number) __asm__ volatile("hint %0" : : "i"(number) : "memory")

#endif
