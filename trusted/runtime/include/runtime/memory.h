/* SPDX-License-Identifier: BSD-2-Clause */
/* The four functions that GCC may call of itself in freestanding code (GCC manual, "Standards"). */
#ifndef RUNTIME_MEMORY_H
#define RUNTIME_MEMORY_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memmove(void *to, const void *from, size_t bytes);
void *memset(void *to, int byte, size_t bytes);
int memcmp(const void *left, const void *right, size_t bytes);

#endif
