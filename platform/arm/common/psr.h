/* SPDX-License-Identifier: BSD-2-Clause */
/* AArch32's program status: what an emulated instruction changes of it (DDI 0406 "ITSTATE", DDI
 * 0487 the same). */
#pragma once

#include <stdint.h>

/* ITSTATE in a PSR: bits [1:0] at 25, [7:2] at 10. */
enum { IT_LOW_SHIFT = 25, IT_HIGH_SHIFT = 10 };
#define PSR_IT (UINT32_C(3) << IT_LOW_SHIFT | UINT32_C(0x3f) << IT_HIGH_SHIFT)

/* ITAdvance(): the Thumb instruction that is stepped over may stand in an IT block. */
static inline uint32_t psr_advance_it(uint32_t psr)
{
    uint32_t it = (psr >> IT_LOW_SHIFT & 3) | (psr >> IT_HIGH_SHIFT & 0x3f) << 2;
    it = (it & 7) == 0 ? 0 : (it & 0xe0) | (it << 1 & 0x1f);
    return (psr & ~PSR_IT) | (it & 3) << IT_LOW_SHIFT | (it >> 2) << IT_HIGH_SHIFT;
}
