/* SPDX-License-Identifier: BSD-2-Clause */
#include "runtime/memory.h"

#include <stdbool.h>
#include <stdint.h>

/* Word accesses alias whatever the caller copies. */
typedef uintptr_t __attribute__((may_alias)) alias_word;
enum { WORD_BYTES = sizeof(alias_word) };

static bool is_word_aligned(const void *left, const void *right)
{
    return (((uintptr_t)left | (uintptr_t)right) & (WORD_BYTES - 1)) == 0;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    uint8_t *target = to;
    const uint8_t *source = from;

    if (is_word_aligned(to, from)) {
        for (; bytes >= WORD_BYTES; bytes -= WORD_BYTES) {
            *(alias_word *)(void *)target = *(const alias_word *)(const void *)source;
            target += WORD_BYTES;
            source += WORD_BYTES;
        }
    }
    while (bytes-- > 0) {
        *target++ = *source++;
    }
    return to;
}

void *memset(void *to, int byte, size_t bytes)
{
    uint8_t *target = to;
    uintptr_t pattern = (uintptr_t)(uint8_t)byte * (~(uintptr_t)0 / 0xff);

    if (is_word_aligned(to, to)) {
        for (; bytes >= WORD_BYTES; bytes -= WORD_BYTES) {
            *(alias_word *)(void *)target = pattern;
            target += WORD_BYTES;
        }
    }
    while (bytes-- > 0) {
        *target++ = (uint8_t)byte;
    }
    return to;
}

int memcmp(const void *left, const void *right, size_t bytes)
{
    const uint8_t *a = left;
    const uint8_t *b = right;

    for (; bytes > 0; bytes--, a++, b++) {
        if (*a != *b) {
            return *a < *b ? -1 : 1;
        }
    }
    return 0;
}
