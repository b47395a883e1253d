// SPDX-License-Identifier: BSD-2-Clause
/* Attack: reads and writes every system register that a guest might reach (ARMv8). */
#include <linux/kernel.h>

#include "probe.h"
#include "sweep.h"

/* Encodings as in ARM DDI 0487, D19 "AArch64 System Register Encoding": op0 op1 CRn CRm op2. */
#define REGISTERS(X)                                            \
    X(s2_0_c0_c2_2)  /* MDSCR_EL1 */                            \
    X(s2_0_c0_c0_4)  /* DBGBVR0_EL1 */                          \
    X(s2_0_c0_c0_5)  /* DBGBCR0_EL1 */                          \
    X(s2_0_c0_c0_6)  /* DBGWVR0_EL1 */                          \
    X(s2_0_c1_c3_4)  /* OSDLR_EL1 */                            \
    X(s2_1_c0_c1_0)  /* trace: TRCPRGCTLR */                    \
    X(s3_3_c9_c12_0) /* PMCR_EL0 */                             \
    X(s3_3_c9_c13_0) /* PMCCNTR_EL0 */                          \
    X(s3_0_c1_c0_1)  /* ACTLR_EL1 */                            \
    X(s3_0_c11_c0_2) /* L2CTLR_EL1, implementation defined */   \
    X(s3_1_c15_c2_0) /* CPUACTLR_EL1, implementation defined */ \
    X(s3_1_c15_c2_1) /* CPUECTLR_EL1, implementation defined */ \
    X(s3_0_c15_c3_0)                                            \
    X(s3_7_c15_c15_7)                                           \
    X(s3_4_c1_c1_0)   /* HCR_EL2 */                             \
    X(s3_4_c1_c0_0)   /* SCTLR_EL2 */                           \
    X(s3_4_c2_c1_0)   /* VTTBR_EL2 */                           \
    X(s3_4_c12_c0_0)  /* VBAR_EL2 */                            \
    X(s3_4_c14_c0_3)  /* CNTVOFF_EL2 */                         \
    X(s3_4_c14_c1_0)  /* CNTHCTL_EL2 */                         \
    X(s3_6_c1_c1_0)   /* SCR_EL3 */                             \
    X(s3_0_c12_c12_5) /* ICC_SRE_EL1 */                         \
    X(s3_0_c12_c11_5) /* ICC_SGI1R_EL1 */

static void count(struct sweep_tally *tally, u64 syndrome, u64 value)
{
    tally->tried++;
    if (syndrome != 0) {
        tally->faulted++;
    } else if (value != 0) {
        tally->nonzero++;
    }
}

#define TRY(name)                                                                     \
    {                                                                                 \
        u64 syndrome, value = 0, unused = 0;                                          \
        guard = probe_begin();                                                        \
        PROBE(syndrome, "mrs %[value], " #name, [value] "+r"(value), "r"(unused));    \
        probe_end(guard);                                                             \
        count(tally, syndrome, value);                                                \
        guard = probe_begin();                                                        \
        PROBE(syndrome, "msr " #name ", %[value]", "+r"(unused), [value] "r"(value)); \
        probe_end(guard);                                                             \
        count(tally, syndrome, 0);                                                    \
    }

#define CACHE_OPERATIONS(X) X("dc isw, %[value]") X("dc csw, %[value]") X("dc cisw, %[value]")

#define TRY_OPERATION(text)                                     \
    {                                                           \
        u64 syndrome, unused = 0;                               \
        guard = probe_begin();                                  \
        PROBE(syndrome, text, "+r"(unused), [value] "r"(0ull)); \
        probe_end(guard);                                       \
        count(tally, syndrome, 0);                              \
    }

/* Written back is what was read, so that a register that is really ours stays as it was. */
void sweep_registers(struct sweep_tally *tally)
{
    struct probe_guard guard;

    REGISTERS(TRY)
    CACHE_OPERATIONS(TRY_OPERATION)
}
