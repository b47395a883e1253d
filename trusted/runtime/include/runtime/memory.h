/* SPDX-License-Identifier: BSD-2-Clause */
/* What GCC may call of itself in freestanding code (GCC manual, "Standards"); a memmove that it
 * wanted would be missed at link time. */
#pragma once

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int byte, size_t bytes);
int memcmp(const void *left, const void *right, size_t bytes);
