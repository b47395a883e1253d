/* SPDX-License-Identifier: BSD-2-Clause */
/* no-tree-loop-distribute-patterns: or the compiler makes these loops calls to themselves. */
#include "kernel/objects.h"

#define PLAIN_LOOPS __attribute__((optimize("no-tree-loop-distribute-patterns")))

typedef uint64_t __attribute__((may_alias)) word;
enum { BLOCK_BYTES = 8 * sizeof(word) };

PLAIN_LOOPS void *memcpy(void *restrict to, const void *restrict from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++) {
        ((unsigned char *)to)[i] = ((const unsigned char *)from)[i];
    }
    return to;
}

PLAIN_LOOPS void *memset(void *to, int value, size_t bytes)
{
    unsigned char *t = to;
    unsigned char *const end = t + bytes;

    if (value == 0 && ((uintptr_t)t | bytes) % sizeof(word) == 0) {
        for (; end - t >= BLOCK_BYTES; t += BLOCK_BYTES) {
            word *const w = (word *)(void *)t;

            w[0] = w[1] = w[2] = w[3] = 0;
            w[4] = w[5] = w[6] = w[7] = 0;
        }
        for (; t != end; t += sizeof(word)) {
            *(word *)(void *)t = 0;
        }
    }
    for (; t != end; t++) {
        *t = (unsigned char)value;
    }
    return to;
}
