/* SPDX-License-Identifier: BSD-2-Clause */
/* Whole words are fast; the compiler may call these too, whatever its options. */
#pragma once

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
