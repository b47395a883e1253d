/* SPDX-License-Identifier: BSD-2-Clause */
/* memcpy, memset and their like, which the compiler calls without being asked. */
#include "runtime/memory.h"

#include <stdbool.h>
#include <stdint.h>

/* Word accesses alias whatever the caller copies. */
typedef uintptr_t __attribute__((may_alias)) alias_word;
enum { WORD_BYTES = sizeof(alias_word), BLOCK_WORDS = 8, BLOCK_BYTES = BLOCK_WORDS * WORD_BYTES };

static bool is_word_aligned(const void *left, const void *right)
{
    return (((uintptr_t)left | (uintptr_t)right) & (WORD_BYTES - 1)) == 0;
}

/* Eight words are loaded, then stored: in pairs of registers, where the processor has such
 * accesses. No instruction stands between the two, but the compiler may not mix them. */
static inline void copy_block(uint8_t *to, const uint8_t *from)
{
    alias_word *const target = (alias_word *)(void *)to;
    const alias_word *const source = (const alias_word *)(const void *)from;
    const alias_word a = source[0], b = source[1], c = source[2], d = source[3];
    const alias_word e = source[4], f = source[5], g = source[6], h = source[7];

    __asm__ volatile("" : : : "memory");
    target[0] = a;
    target[1] = b;
    target[2] = c;
    target[3] = d;
    target[4] = e;
    target[5] = f;
    target[6] = g;
    target[7] = h;
}

static inline void fill_block(uint8_t *to, uintptr_t pattern)
{
    alias_word *const target = (alias_word *)(void *)to;

    target[0] = target[1] = target[2] = target[3] = pattern;
    target[4] = target[5] = target[6] = target[7] = pattern;
}

void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    uint8_t *target = to;
    const uint8_t *source = from;

    if (is_word_aligned(to, from)) {
        for (; bytes >= BLOCK_BYTES; bytes -= BLOCK_BYTES) {
            copy_block(target, source);
            target += BLOCK_BYTES;
            source += BLOCK_BYTES;
        }
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
        for (; bytes >= BLOCK_BYTES; bytes -= BLOCK_BYTES) {
            fill_block(target, pattern);
            target += BLOCK_BYTES;
        }
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
