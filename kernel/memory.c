/* SPDX-License-Identifier: BSD-2-Clause */
/* no-tree-loop-distribute-patterns: or the compiler makes these loops calls to themselves. */
#include "kernel/kernel.h"

#define PLAIN_LOOPS __attribute__((optimize("no-tree-loop-distribute-patterns")))

typedef uint64_t __attribute__((may_alias)) word;
enum { WORDS_AT_ONCE = 8 };

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

    if (value == 0 && ((uintptr_t)t | bytes) % (WORDS_AT_ONCE * sizeof(word)) == 0) {
        for (word *w = to; w != (word *)(void *)end; w += WORDS_AT_ONCE) {
            for (unsigned i = 0; i < WORDS_AT_ONCE; i++) {
                w[i] = 0;
            }
        }
        return to;
    }
    for (; t != end; t++) {
        *t = (unsigned char)value;
    }
    return to;
}
