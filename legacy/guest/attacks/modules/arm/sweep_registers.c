// SPDX-License-Identifier: BSD-2-Clause
/* Attack: reads and writes every system register that a guest might reach (ARMv7). */
#include <linux/kernel.h>

#include "probe.h"
#include "sweep.h"

/* Encodings as in ARM DDI 0406, B3.17 and C11: coprocessor, opc1, CRn, CRm, opc2. */
#define REGISTERS(X)                                                \
    X("p14, 0", "c0, c2, 2")  /* DBGDSCR */                         \
    X("p14, 0", "c0, c0, 4")  /* DBGBVR0 */                         \
    X("p14, 0", "c0, c0, 5")  /* DBGBCR0 */                         \
    X("p14, 0", "c0, c0, 6")  /* DBGWVR0 */                         \
    X("p14, 0", "c1, c3, 4")  /* DBGOSDLR */                        \
    X("p14, 1", "c0, c1, 0")  /* trace */                           \
    X("p14, 6", "c0, c0, 0")  /* TEECR */                           \
    X("p14, 7", "c1, c0, 0")  /* JOSCR */                           \
    X("p15, 0", "c9, c12, 0") /* PMCR */                            \
    X("p15, 0", "c9, c13, 0") /* PMCCNTR */                         \
    X("p15, 0", "c1, c0, 1")  /* ACTLR */                           \
    X("p15, 1", "c9, c0, 2")  /* L2CTLR, implementation defined */  \
    X("p15, 1", "c9, c0, 3")  /* L2ECTLR, implementation defined */ \
    X("p15, 0", "c15, c3, 0") /* implementation defined */          \
    X("p15, 4", "c15, c0, 0") /* CBAR */                            \
    X("p15, 0", "c1, c1, 0")  /* SCR */                             \
    X("p15, 0", "c1, c1, 1")  /* SDER */                            \
    X("p15, 0", "c1, c1, 2")  /* NSACR */                           \
    X("p15, 0", "c12, c0, 1") /* MVBAR */                           \
    X("p15, 4", "c1, c0, 0")  /* HSCTLR */                          \
    X("p15, 4", "c1, c1, 0")  /* HCR */                             \
    X("p15, 4", "c1, c1, 1")  /* HDCR */                            \
    X("p15, 4", "c2, c1, 2")  /* VTCR */                            \
    X("p15, 4", "c12, c0, 0") /* HVBAR */                           \
    X("p15, 4", "c14, c1, 0") /* CNTHCTL */

#define LONG_REGISTERS(X)            \
    X("p15, 6", "c2")  /* VTTBR */   \
    X("p15, 4", "c14") /* CNTVOFF */ \
    X("p15, 6", "c14") /* CNTHP_CVAL */

/* Cache maintenance by set and way: DCISW, DCCSW, DCCISW. */
#define CACHE_OPERATIONS(X) X("c7, c6, 2") X("c7, c10, 2") X("c7, c14, 2")

static void count(struct sweep_tally *tally, u32 syndrome, u64 value)
{
    tally->tried++;
    if (syndrome != 0) {
        tally->faulted++;
    } else if (value != 0) {
        tally->nonzero++;
    }
}

#define TRY_WRITE(text)                                          \
    {                                                            \
        u32 syndrome, unused = 0;                                \
        guard = probe_begin();                                   \
        PROBE(syndrome, text, "+r"(unused), [value] "r"(value)); \
        probe_end(guard);                                        \
        count(tally, syndrome, 0);                               \
    }

#define TRY_READ(text)                                           \
    {                                                            \
        u32 syndrome, unused = 0;                                \
        guard = probe_begin();                                   \
        PROBE(syndrome, text, [value] "+r"(value), "r"(unused)); \
        probe_end(guard);                                        \
        count(tally, syndrome, value);                           \
    }

#define TRY_REGISTER(where, which)                   \
    {                                                \
        u32 value = 0;                               \
        TRY_READ("mrc " where ", %[value], " which)  \
        TRY_WRITE("mcr " where ", %[value], " which) \
    }

#define TRY_LONG_REGISTER(where, which)                           \
    {                                                             \
        u64 value = 0;                                            \
        TRY_READ("mrrc " where ", %Q[value], %R[value], " which)  \
        TRY_WRITE("mcrr " where ", %Q[value], %R[value], " which) \
    }

#define TRY_CACHE_OPERATION(which)                \
    {                                             \
        u32 value = 0;                            \
        TRY_WRITE("mcr p15, 0, %[value], " which) \
    }

/* Written back is what was read, so that a register that is really ours stays as it was. */
void sweep_registers(struct sweep_tally *tally)
{
    struct probe_guard guard;

    REGISTERS(TRY_REGISTER)
    LONG_REGISTERS(TRY_LONG_REGISTER)
    CACHE_OPERATIONS(TRY_CACHE_OPERATION)
}
