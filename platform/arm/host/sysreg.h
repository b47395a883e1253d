/* SPDX-License-Identifier: BSD-2-Clause */
/* The processor for host tests: one thread, no devices. */
#pragma once

#include <stdint.h>

#include "control.h"

/* as AArch64 has them */
enum exception_class {
    EC_UNKNOWN = 0x00,
    EC_WFX = 0x01,
    EC_FP = 0x07,
    EC_SVC = 0x15,
    EC_HVC = 0x16,
    EC_SMC = 0x17,
    EC_ACCESS = 0x18,
    EC_INSTRUCTION_ABORT = 0x20,
    EC_DATA_ABORT = 0x24,
};
#define TREATED_LIKE(class) (class)
#define HCR_WORD_SIZE BIT(HCR_RW)
#define HCR_IDENTIFICATION BIT(HCR_TID3)
enum {
    CPTR_NATIVE = 0x37ff,
    CPTR_FP_OPEN = 0x33ff,
    SCTLR_NATIVE = 0x800,
    CPACR_NATIVE = 3 << 20,
    PSTATE_RESET = 0x3c5
};

extern struct test_sysregs {
    uint64_t hpfar, cptr, par, sctlr, cpacr, cntkctl, tpidrro, cnthctl, vttbr, hcr, ttbr0, vbar;
} test_sysregs;
#define hyp_read(name) test_sysregs.name
#define hyp_write(name, value) (test_sysregs.name = (value))
#define el1_read(name) test_sysregs.name
#define el1_write(name, value) (test_sysregs.name = (value))
#define el0_read(name) test_sysregs.name
#define el0_write(name, value) (test_sysregs.name = (value))
void translate_as_guest(uint64_t va);
uint64_t test_identification(unsigned op1, unsigned crm, unsigned op2);
#define identification_read(op1, crm, op2) (abi_word) test_identification(op1, crm, op2)

static inline void barrier_context(void)
{
}

static inline void barrier_table_write(void)
{
}

static inline void table_write(uint64_t *entry, uint64_t value)
{
    *entry = value;
}
