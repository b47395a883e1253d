/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole words are fast; the compiler may call these too, whatever its options. */
#ifndef KERNEL_MEMORY_H
#define KERNEL_MEMORY_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

#endif
