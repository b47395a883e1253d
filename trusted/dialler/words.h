/* SPDX-License-Identifier: BSD-2-Clause */
/* Numbers to and from message words. */
#ifndef DIALLER_WORDS_H
#define DIALLER_WORDS_H

#include "number.h"
#include "runtime/ipc.h"

static inline void words_put_number(struct ipc_message *m, uint32_t at, const struct number *n)
{
    m->word[at] = n->length;
    for (uint32_t i = 0; i < NUMBER_PACKED; i++)
        m->word[at + 1 + i] = n->packed[i];
}

/* A message that is too short gives a number of no length, which is not valid. */
static inline struct number words_take_number(const struct ipc_message *m, uint32_t at)
{
    struct number n = { 0 };

    if (m->length < at + NUMBER_WORDS)
        return n;
    n.length = (uint32_t)m->word[at];
    for (uint32_t i = 0; i < NUMBER_PACKED; i++)
        n.packed[i] = (uint32_t)m->word[at + 1 + i];
    return n;
}

static inline uint32_t words_take(const struct ipc_message *m, uint32_t at)
{
    return at < m->length ? (uint32_t)m->word[at] : 0;
}

#endif
