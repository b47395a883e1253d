/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a guest reads of its processor: the hardware's identification registers (HCR_EL2.TID3), each
 * field of four bits no larger than the table allows. What is not there, or traps, is not
 * announced: EL2, EL3, breakpoints beyond the fewest that the architecture knows, PMU, trace, SVE,
 * SME, pointer authentication, tags, RAS, GICv3's registers, and PSTATE bits that
 * guest_check_pstate() refuses. A register that is not in the table reads as zero, so that a new
 * core's features are hidden until somebody has looked at them.
 */
#include "platform.h"
#include "sysreg.h"

uint64_t identification_read(unsigned index);

/* op0 = 3, op1 = 0, CRn = 0 (DDI 0487 "ISS encoding for an exception from MSR, MRS, or System
 * instruction"). */
enum {
    ISS_FIXED = 3 << 20 | 7 << 14 | 15 << 10,
    ISS_IDENTIFICATION = 3 << 20,
    ISS_OP2_SHIFT = 17,
    ISS_CRM_SHIFT = 1,
    FIELD_BITS = 4,
    FIELD = 0xf,
    AS_IS = 0xf,
};
#define INDEX(crm, op2) (((crm) - 1) * 8 + (op2))

/* The largest value of each field, F: whatever it is (DDI 0487 "AArch64 System Registers", field by
 * field). */
static const struct {
    uint8_t index;
    uint64_t most;
} known[] = {
    { INDEX(1, 0),
      UINT64_C(0x0000000000010fff) }, /* ID_PFR0_EL1: CSV2 1; no ThumbEE, AMU, DIT, RAS */
    { INDEX(1, 1), UINT64_C(0x00000000000f000f) }, /* ID_PFR1_EL1: ProgMod, GenTimer */
    { INDEX(1, 4), UINT64_C(0x00000000ff0fffff) }, /* ID_MMFR0_EL1: no FCSE */
    { INDEX(1, 5), ~UINT64_C(0) },                 /* ID_MMFR1_EL1 */
    { INDEX(1, 6), ~UINT64_C(0) },                 /* ID_MMFR2_EL1 */
    { INDEX(1, 7), UINT64_C(0x00000000fff0ffff) }, /* ID_MMFR3_EL1: no PAN */
    { INDEX(2, 0), ~UINT64_C(0) },                 /* ID_ISAR0_EL1 */
    { INDEX(2, 1), ~UINT64_C(0) },                 /* ID_ISAR1_EL1 */
    { INDEX(2, 2), ~UINT64_C(0) },                 /* ID_ISAR2_EL1 */
    { INDEX(2, 3), UINT64_C(0x000000000fffffff) }, /* ID_ISAR3_EL1: no ThumbEE */
    { INDEX(2, 4), ~UINT64_C(0) },                 /* ID_ISAR4_EL1 */
    { INDEX(2, 5), ~UINT64_C(0) },                 /* ID_ISAR5_EL1 */
    { INDEX(2, 7),
      UINT64_C(0x000000000f00ffff) }, /* ID_ISAR6_EL1: JSCVT, DP, FHM, SB, I8MM; no SPECRES */
    { INDEX(3, 0), ~UINT64_C(0) },    /* MVFR0_EL1 */
    { INDEX(3, 1), ~UINT64_C(0) },    /* MVFR1_EL1 */
    { INDEX(3, 2), ~UINT64_C(0) },    /* MVFR2_EL1 */
    { INDEX(4, 0), UINT64_C(0x1100000000ff0012) }, /* ID_AA64PFR0_EL1: EL0 both, EL1 in 64 bits, FP,
                                                      AdvSIMD, CSV2, CSV3 */
    { INDEX(5, 0),
      UINT64_C(
          0x0000000000000006) }, /* ID_AA64DFR0_EL1: ARMv8.0, one breakpoint (0 says so), no PMU */
    { INDEX(6, 0), UINT64_C(0xfffffffff0ffffff) }, /* ID_AA64ISAR0_EL1: instructions; no TME */
    { INDEX(6, 1), UINT64_C(0x00fff0ff00fff00f) }, /* ID_AA64ISAR1_EL1: no PAC (APA, API, GPA, GPI),
                                                      SPECRES, XS, LS64 */
    { INDEX(7, 0),
      UINT64_C(
          0x00000000ffff0ff2) }, /* ID_AA64MMFR0_EL1: 40 bits, granules; no stage 2, ECV, FGT */
    { INDEX(7, 1),
      UINT64_C(
          0x000000f00000f00f) }, /* ID_AA64MMFR1_EL1: HAFDBS, HPDS, ETS; no VH, LOR, PAN, HCX */
    { INDEX(7, 2),
      UINT64_C(
          0xfff0000ff0ff000f) }, /* ID_AA64MMFR2_EL1: CnP, VARange, CCIDX, ST, AT, E0PD, BBM, TTL */
};

static uint64_t no_more_than(uint64_t value, uint64_t most)
{
    uint64_t shown = 0;
    for (unsigned shift = 0; shift < 64; shift += FIELD_BITS) {
        uint64_t field = value >> shift & FIELD;
        uint64_t limit = most >> shift & FIELD;
        shown |= (limit == AS_IS || field < limit ? field : limit) << shift;
    }
    return shown;
}

bool guest_identify(uint32_t syndrome, abi_word *value_out)
{
    unsigned crm = syndrome >> ISS_CRM_SHIFT & 0xf;
    unsigned index = INDEX(crm, syndrome >> ISS_OP2_SHIFT & 7);
    if ((syndrome & ISS_FIXED) != ISS_IDENTIFICATION || crm == 0 || crm > 7) {
        return false;
    }
    *value_out = 0;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (known[i].index == index) {
            *value_out = no_more_than(identification_read(index), known[i].most);
        }
    }
    return true;
}
