/* SPDX-License-Identifier: BSD-2-Clause */
/* How the syndrome of an abort describes an access. */
#pragma once

#include "abi/types.h"
#include "control.h"

/* The syndrome of an abort (DDI 0487 "ISS encoding for an exception from a Data Abort",
 * DDI 0406 "Use of the HSR"). ISV is 0 for post-index, pairs and cache maintenance. */
enum abort_bit {
    ABORT_ISV = 1 << 24,
    ABORT_SSE = 1 << 21,
    ABORT_SF = 1 << 15,
    ABORT_S1PTW = 1 << 7,
    ABORT_WNR = 1 << 6,
};
enum { ABORT_SAS_SHIFT = 22, ABORT_SRT_SHIFT = 16, ABORT_DFSC_KIND = 0x3c, DFSC_PERMISSION = 0x0c };
/* IL, ISV, SAS and SSE, next to each other: 4 bytes, described, a word, not extended. */
enum { ABORT_WORD_SHIFT = 21, ABORT_WORD_FIELDS = 0x1f, ABORT_WORD = 0x1c, WNR_SHIFT = 6 };
_Static_assert((uint32_t)ABORT_WORD << ABORT_WORD_SHIFT ==
                   ((uint32_t)ESR_IL | ABORT_ISV | 2u << ABORT_SAS_SHIFT),
               "a word as it mostly is");
_Static_assert((uint32_t)ABORT_WORD_FIELDS << ABORT_WORD_SHIFT ==
                   ((uint32_t)ESR_IL | ABORT_ISV | 3u << ABORT_SAS_SHIFT | ABORT_SSE),
               "nothing of the others is left out");
_Static_assert(ABORT_WNR == 1 << WNR_SHIFT, "a store's bit");
enum { ABORT_OF_FETCH = ABORT_S1PTW | ABORT_DFSC_KIND };
enum { HPFAR_SHIFT = 8 };
#define ABORT_PAGE UINT64_C(0xfffffffff000)
#define ABORT_OFFSET 0xfffu

static inline unsigned abort_register(uint32_t syndrome)
{
    return syndrome >> ABORT_SRT_SHIFT & 0x1f;
}

static inline unsigned abort_size(uint32_t syndrome) /* log2 of its bytes */
{
    return syndrome >> ABORT_SAS_SHIFT & 3;
}

/* The bits that an access moves. */
static inline abi_word abort_mask(uint32_t syndrome)
{
    const unsigned bits = 8u << abort_size(syndrome);

    return bits < 8 * sizeof(abi_word) ? ((abi_word)1 << bits) - 1 : ~(abi_word)0;
}
