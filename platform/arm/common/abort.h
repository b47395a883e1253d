/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The syndrome of a data abort (DDI 0487 "ISS encoding for an exception from
 * a Data Abort", DDI 0406 "Use of the HSR"). Inline: this is on the path of every emulated access.
 */
#ifndef ABORT_H
#define ABORT_H

#include <stdbool.h>
#include <stdint.h>

enum abort_field {
    ABORT_ISV = 24, ABORT_SAS = 22, ABORT_SSE = 21, ABORT_SRT = 16, ABORT_SF = 15,
    ABORT_S1PTW = 7, ABORT_WNR = 6,
};

#define ABORT_PAGE_MASK UINT64_C(0xfffffffff000)
enum { ABORT_PAGE_OFFSET = 0xfff };

static inline bool abort_bit(uint32_t syndrome, enum abort_field field)
{
    return (syndrome >> field & 1) != 0;
}

/* False: post-index, pairs, cache maintenance, or the access is of a table walk. */
static inline bool abort_is_described(uint32_t syndrome)
{
    return abort_bit(syndrome, ABORT_ISV) && !abort_bit(syndrome, ABORT_S1PTW);
}

/* A permission fault, but not of a table walk. */
static inline bool abort_is_permission(uint32_t syndrome)
{
    return (syndrome & (0x3c | 1u << ABORT_S1PTW)) == 0x0c; /* DFSC 0b0011xx */
}

static inline unsigned abort_register(uint32_t syndrome)
{
    return syndrome >> ABORT_SRT & 0x1f;
}

static inline unsigned abort_width_shift(uint32_t syndrome)
{
    return syndrome >> ABORT_SAS & 3;
}

static inline uint64_t abort_truncate(uint64_t value, uint32_t syndrome)
{
    unsigned unused_bits = 64 - (8u << abort_width_shift(syndrome));
    return value << unused_bits >> unused_bits;
}

/* What the register holds after a load of `value`. */
static inline uint64_t abort_extend(uint64_t value, uint32_t syndrome)
{
    unsigned unused_bits = 64 - (8u << abort_width_shift(syndrome));
    uint64_t high = value << unused_bits;
    uint64_t wide = abort_bit(syndrome, ABORT_SSE) ? (uint64_t)((int64_t)high >> unused_bits)
                                                   : high >> unused_bits;
    return abort_bit(syndrome, ABORT_SF) ? wide : (uint32_t)wide;
}

#endif
