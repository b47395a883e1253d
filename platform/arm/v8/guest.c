/* SPDX-License-Identifier: BSD-2-Clause */
/* What a guest sees of its traps, and what it may ask for. */
#include "identification.h"
#include "platform.h"
#include "psr.h"
#include "sysreg.h"

/* SPSR_EL2 (DDI 0487): what a guest may choose. IL, SS and all modes above EL1 are not among it. */
enum pstate_mode {
    MODE_MASK = 0x1f,
    MODE_EL0T = 0x0,
    MODE_EL1T = 0x4,
    MODE_EL1H = 0x5,
    MODE_AARCH32_USER = 0x10,
};
enum { PSTATE_AARCH32 = 1 << 4, PSTATE_EL1 = 1 << 2, PSTATE_SP = 1 << 0, PSTATE_E = 1 << 9 };
/* SCTLR_EL1: in which order of bytes EL0 and EL1 load and store. PSTATE.E is AArch32's. */
enum { SCTLR_E0E = 1 << 24, SCTLR_EE = 1 << 25 };
#define PSTATE_GUEST_64 UINT64_C(0xf00003df) /* NZCV, DAIF, M */
#define PSTATE_GUEST_32 UINT64_C(0xfe0fffff) /* NZCVQ, IT, GE, E, AIF, T, M */

/* ESR_EL1 as the kernel makes it. */
enum { DFSC_SYNCHRONOUS_EXTERNAL = 0x10, ISS_WRITE = 1 << 6 };
enum vector_offset {
    VECTOR_EL1_SP0 = 0x000,
    VECTOR_EL1_SP1 = 0x200,
    VECTOR_EL0_64 = 0x400,
    VECTOR_EL0_32 = 0x600,
};

abi_word guest_get_register(const struct arch_vcpu *vcpu, unsigned reg)
{
    return reg < VCPU_GPRS ? vcpu->page->regs.gpr[reg] : 0;
}

void guest_set_register(struct arch_vcpu *vcpu, unsigned reg, abi_word value)
{
    if (reg < VCPU_GPRS) {
        vcpu->page->regs.gpr[reg] = value;
    }
}

/* Not inlined: what an exit of a 64-bit guest takes stays short. */
static __attribute__((noinline)) void advance_it(struct arch_vcpu *vcpu)
{
    vcpu->entry.pstate = psr_advance_it((uint32_t)vcpu->entry.pstate);
}

void guest_skip_instruction(struct arch_vcpu *vcpu)
{
    vcpu->entry.pc += (vcpu->trap.syndrome & ESR_IL) != 0 ? 4 : 2;
    if ((vcpu->entry.pstate & PSTATE_AARCH32) != 0) { /* IT bits are zero but in Thumb state */
        advance_it(vcpu);
    }
}

bool guest_access_is_plain(const struct arch_vcpu *vcpu, unsigned reg)
{
    return reg < VCPU_GPRS && (vcpu->entry.pstate & PSTATE_AARCH32) == 0 &&
           (el1_read(sctlr) & (SCTLR_EE | SCTLR_E0E)) == 0;
}

bool guest_is_big_endian(const struct arch_vcpu *vcpu)
{
    if ((vcpu->entry.pstate & PSTATE_AARCH32) != 0) {
        return (vcpu->entry.pstate & PSTATE_E) != 0;
    }
    return (el1_read(sctlr) & ((vcpu->entry.pstate & PSTATE_EL1) != 0 ? SCTLR_EE : SCTLR_E0E)) != 0;
}

bool guest_check_pstate(struct arch_vcpu *vcpu, abi_word pstate)
{
    switch (pstate & MODE_MASK) {
    case MODE_EL0T:
    case MODE_EL1T:
    case MODE_EL1H:
        vcpu->entry.pstate = pstate & PSTATE_GUEST_64;
        return true;
    case MODE_AARCH32_USER:
        vcpu->entry.pstate = pstate & PSTATE_GUEST_32;
        return true;
    default:
        return false;
    }
}

static uint64_t vector_offset(uint64_t pstate)
{
    if ((pstate & PSTATE_AARCH32) != 0) {
        return VECTOR_EL0_32;
    }
    if ((pstate & PSTATE_EL1) == 0) {
        return VECTOR_EL0_64;
    }
    return (pstate & PSTATE_SP) != 0 ? VECTOR_EL1_SP1 : VECTOR_EL1_SP0;
}

/* AArch64.TakeException to EL1 (DDI 0487 "Exception entry"). */
static void inject(struct arch_vcpu *vcpu, uint64_t syndrome)
{
    struct guest_entry *entry = &vcpu->entry;
    el1_write(esr, syndrome);
    el1_write(elr, entry->pc);
    el1_write(spsr, entry->pstate);
    entry->pc = el1_read(vbar) + vector_offset(entry->pstate);
    entry->pstate = PSTATE_RESET;
}

__attribute__((noinline)) void guest_inject_abort(struct arch_vcpu *vcpu)
{
    uint32_t syndrome = vcpu->trap.syndrome;
    bool is_fetch = syndrome >> ESR_EC_SHIFT == EC_INSTRUCTION_ABORT;
    bool is_same_level = (vcpu->entry.pstate & PSTATE_EL1) != 0;
    uint64_t class = (is_fetch ? EC_INSTRUCTION_ABORT : EC_DATA_ABORT) + (is_same_level ? 1u : 0u);
    uint64_t iss = DFSC_SYNCHRONOUS_EXTERNAL | (is_fetch ? 0 : syndrome & ISS_WRITE);
    el1_write(far, vcpu->trap.virtual_address);
    inject(vcpu, class << ESR_EC_SHIFT | (syndrome & ESR_IL) | iss);
}

__attribute__((noinline)) void guest_inject_undefined(struct arch_vcpu *vcpu)
{
    inject(vcpu, (uint64_t)EC_UNKNOWN << ESR_EC_SHIFT | ESR_IL);
}

/* A trapped MSR, MRS or SYS (DDI 0487 "ISS encoding for an exception from MSR, MRS, or System
 * instruction execution in AArch64 state"). */
#define ACCESS(op0, op1, crn, crm, op2) \
    ((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
enum { ALL = 15, OP2_SHIFT = 17, CRM_SHIFT = 1 };

/* HCR_EL2.TID3 traps S3_0_C0_C1_0 to S3_0_C0_C7_7. */
bool guest_identify(uint32_t syndrome, abi_word *value_out)
{
    unsigned crm = syndrome >> CRM_SHIFT & 7;
    bool is_one = (syndrome & ACCESS(3, 7, ALL, 8, 0)) == ACCESS(3, 0, 0, 0, 0) && crm != 0;
    if (is_one) {
        (void)identification_show(0, crm, syndrome >> OP2_SHIFT & 7, value_out);
    }
    return is_one;
}

const struct guest_access guest_ignored_accesses[] = {
    { ACCESS(3, 0, 0, 0, 0), ACCESS(2, 0, 0, 0, 0) },      /* debug */
    { ACCESS(3, 0, ALL, 14, 0), ACCESS(3, 0, 9, 12, 0) },  /* performance monitors: CRm 12, 13 */
    { ACCESS(3, 0, ALL, ALL, 0), ACCESS(3, 0, 9, 14, 0) }, /* ... 14 */
    { ACCESS(3, 7, ALL, 8, 0), ACCESS(3, 3, 14, 8, 0) },   /* their counters: CRm 8 to 15 */
    { ACCESS(3, 7, ALL, ALL, 7), ACCESS(3, 0, 1, 0, 1) },  /* ACTLR_EL1 */
    { ACCESS(3, 7, ALL, 0, 7), ACCESS(1, 0, 7, 0, 2) },    /* DC ISW, CSW, CISW: HARDWARE.md */
    { 0 },
};
