/* SPDX-License-Identifier: BSD-2-Clause */
/* Control bits that are the same in ARMv8 (DDI 0487) and ARMv7-VE (DDI 0406). */
#pragma once

#include <stdint.h>

#define BIT(n) (UINT64_C(1) << (n))

/* HCR_EL2, HCR */
enum hcr_bit {
    HCR_VM = 0,
    HCR_SWIO = 1,
    HCR_PTW = 2,
    HCR_FMO = 3,
    HCR_IMO = 4,
    HCR_AMO = 5,
    HCR_FB = 9,
    HCR_BSU_INNER = 10,
    HCR_DC = 12,
    HCR_TWI = 13,
    HCR_TID3 = 18,
    HCR_TSC = 19,
    HCR_TIDCP = 20,
    HCR_TAC = 21,
    HCR_TSW = 22,
    HCR_TGE = 27,
    HCR_RW = 31,
};
#define HCR_NATIVE (HCR_WORD_SIZE | BIT(HCR_TGE) | BIT(HCR_DC) | BIT(HCR_VM))
#define HCR_GUEST                                                                               \
    (HCR_WORD_SIZE | BIT(HCR_VM) | BIT(HCR_SWIO) | BIT(HCR_PTW) | BIT(HCR_FMO) | BIT(HCR_IMO) | \
     BIT(HCR_AMO) | BIT(HCR_FB) | BIT(HCR_BSU_INNER) | BIT(HCR_TWI) | BIT(HCR_TSC) |            \
     HCR_IDENTIFICATION | BIT(HCR_TIDCP) | BIT(HCR_TAC) | BIT(HCR_TSW))

/* MDCR_EL2, HDCR: TDRA, TDOSA, TDA, TPM, TPMCR: debug and PMU registers trap, natively too. */
#define MDCR_TRAPS (BIT(11) | BIT(10) | BIT(9) | BIT(6) | BIT(5))

/*
 * CNTHCTL: EL1PCTEN: the physical counter may be read. EL1PCEN: so may its timer, which
 * CNTKCTL denies native EL0 (EL0PCTEN, EL0VCTEN only); guests' accesses trap. (QEMU 7.2 asks
 * EL1PCEN, not EL1PCTEN, of an EL0 read of the counter.)
 */
enum { CNTHCTL_NATIVE = 3, CNTHCTL_GUEST = 1, CNTKCTL_NATIVE = 3 };

/* ESR_EL2, HSR */
enum { ESR_EC_SHIFT = 26, ESR_IL = 1 << 25 };
