/* SPDX-License-Identifier: BSD-2-Clause */
/* The guest's PSCI (ARM DEN 0022): power-off, reset, suspension of its one CPU. */
#include "psci.h"

#include <stdbool.h>

/* Function identifiers, DEN 0022D 5.1; bit 30 set: the SMC64 form. */
enum { PSCI_64 = 0x40000000 };
#define PSCI_VERSION 0x84000000u
#define PSCI_CPU_SUSPEND 0x84000001u
#define PSCI_CPU_OFF 0x84000002u
#define PSCI_CPU_ON 0x84000003u
#define PSCI_AFFINITY_INFO 0x84000004u
#define PSCI_MIGRATE_INFO_TYPE 0x84000006u
#define PSCI_SYSTEM_OFF 0x84000008u
#define PSCI_SYSTEM_RESET 0x84000009u
#define PSCI_FEATURES 0x8400000au

/* 5.2.2 "Return error codes" */
enum {
    SUCCESS = 0,
    NOT_SUPPORTED = -1,
    INVALID_PARAMETERS = -2,
    ALREADY_ON = -4,
};
enum { VERSION_1_0 = 0x10000, MIGRATE_NOT_NEEDED = 2, AFFINITY_ON = 0 };

/* The SMC32 name of a function; SMC64 forms exist only of those that take addresses. */
static uint32_t function_of(uint32_t id)
{
    const uint32_t base = id & ~(uint32_t)PSCI_64;
    const bool has_64 =
        base == PSCI_CPU_SUSPEND || base == PSCI_CPU_ON || base == PSCI_AFFINITY_INFO;
    return has_64 ? base : id;
}

static int32_t features(uint32_t id)
{
    switch (function_of(id)) {
    case PSCI_VERSION:
    case PSCI_CPU_SUSPEND:
    case PSCI_CPU_OFF:
    case PSCI_CPU_ON:
    case PSCI_AFFINITY_INFO:
    case PSCI_MIGRATE_INFO_TYPE:
    case PSCI_SYSTEM_OFF:
    case PSCI_SYSTEM_RESET:
    case PSCI_FEATURES:
        return SUCCESS;
    default:
        return NOT_SUPPORTED;
    }
}

static enum psci_verdict answer(struct vcpu_regs *regs, int32_t value)
{
    regs->gpr[0] = (uint64_t)(int64_t)value;
    return PSCI_RESUME;
}

/* SMCCC (DEN 0028) 2.5: only W0 names the function; upper halves mean nothing for SMC32. */
static uint64_t argument(const struct vcpu_regs *regs, unsigned index)
{
    const bool is_64 = ((uint32_t)regs->gpr[0] & PSCI_64) != 0;
    return is_64 ? regs->gpr[index] : (uint32_t)regs->gpr[index];
}

enum psci_verdict psci_call(struct vcpu_regs *regs)
{
    switch (function_of((uint32_t)regs->gpr[0])) {
    case PSCI_VERSION:
        return answer(regs, VERSION_1_0);
    case PSCI_CPU_SUSPEND: /* a standby, whatever is asked for: allowed by 5.4.2 */
        (void)answer(regs, SUCCESS);
        return PSCI_WAIT;
    case PSCI_CPU_ON: /* CPU 0 is the only one */
        return answer(regs, argument(regs, 1) == 0 ? ALREADY_ON : INVALID_PARAMETERS);
    case PSCI_AFFINITY_INFO:
        return answer(regs, argument(regs, 1) == 0 && argument(regs, 2) == 0 ? AFFINITY_ON
                                                                             : INVALID_PARAMETERS);
    case PSCI_MIGRATE_INFO_TYPE:
        return answer(regs, MIGRATE_NOT_NEEDED);
    case PSCI_FEATURES:
        return answer(regs, features((uint32_t)regs->gpr[1]));
    case PSCI_CPU_OFF: /* the last CPU: nothing can ever start it again */
    case PSCI_SYSTEM_OFF:
        return PSCI_OFF;
    case PSCI_SYSTEM_RESET:
        return PSCI_RESET;
    default:
        (void)answer(regs, NOT_SUPPORTED);
        return PSCI_UNKNOWN;
    }
}
