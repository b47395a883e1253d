/* SPDX-License-Identifier: BSD-2-Clause */
#include "guest.h"

/* vectors.S; CPTR_EL2 is open */
void fp_save(struct fp_state *state);
void fp_load(const struct fp_state *state);

/* SPSR_EL2 (DDI 0487): what a guest may choose. IL, SS and all modes above EL1 are not among it. */
enum pstate_mode {
    MODE_MASK = 0x1f, MODE_EL0T = 0x0, MODE_EL1T = 0x4, MODE_EL1H = 0x5, MODE_AARCH32_USER = 0x10,
};
enum { PSTATE_AARCH32 = 1 << 4, PSTATE_EL1 = 1 << 2, PSTATE_SP = 1 << 0 };
#define PSTATE_GUEST_64 UINT64_C(0xf00003df) /* NZCV, DAIF, M */
#define PSTATE_GUEST_32 UINT64_C(0xfe0fffff) /* NZCVQ, IT, GE, E, AIF, T, M */

/* ESR_EL1 as the kernel makes it. */
enum { DFSC_SYNCHRONOUS_EXTERNAL = 0x10, ISS_WRITE = 1 << 6 };
enum vector_offset {
    VECTOR_EL1_SP0 = 0x000, VECTOR_EL1_SP1 = 0x200, VECTOR_EL0_64 = 0x400, VECTOR_EL0_32 = 0x600,
};

void guest_reset(struct arch_vcpu *vcpu)
{
    vcpu->entry = (struct guest_entry){
        .pstate = PSTATE_EL1H_MASKED, .sctlr = SCTLR_EL1_NATIVE /* the reset value, too */,
        .cptr = CPTR_NATIVE,
    };
    vcpu->el1 = (struct el1_state){ 0 };
    vcpu->fp = (struct fp_state){ .fpcr = 0 };
}

void guest_save(struct arch_vcpu *vcpu)
{
#define SAVE(name) vcpu->el1.name = sysreg_read(name##_el1);
    EL1_REGISTERS(SAVE)
}

void guest_load(const struct arch_vcpu *vcpu)
{
#define LOAD(name) sysreg_write(name##_el1, vcpu->el1.name);
    EL1_REGISTERS(LOAD)
}

bool guest_check_pstate(struct arch_vcpu *vcpu, uint64_t pstate)
{
    switch (pstate & MODE_MASK) {
    case MODE_EL0T: case MODE_EL1T: case MODE_EL1H:
        vcpu->entry.pstate = pstate & PSTATE_GUEST_64;
        return true;
    case MODE_AARCH32_USER:
        vcpu->entry.pstate = pstate & PSTATE_GUEST_32;
        return true;
    default: return false;
    }
}

void guest_give_fp(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    sysreg_write(cptr_el2, CPTR_FP_OPEN);
    barrier_context();
    if (local->fp_owner != NULL) {
        fp_save(&local->fp_owner->fp);
        local->fp_owner->entry.cptr = CPTR_NATIVE;
    }
    fp_load(&vcpu->fp);
    local->fp_owner = vcpu;
    vcpu->entry.cptr = CPTR_FP_OPEN;
}

void guest_forget_fp(const struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    if (local->fp_owner == vcpu) {
        local->fp_owner = NULL;
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
    sysreg_write(esr_el1, syndrome);
    sysreg_write(elr_el1, entry->pc);
    sysreg_write(spsr_el1, entry->pstate);
    entry->pc = sysreg_read(vbar_el1) + vector_offset(entry->pstate);
    entry->pstate = PSTATE_EL1H_MASKED;
}

__attribute__((noinline)) void guest_inject_abort(struct arch_vcpu *vcpu)
{
    uint32_t syndrome = vcpu->trap.syndrome;
    bool is_fetch = syndrome >> ESR_EC_SHIFT == EC_INSTRUCTION_ABORT;
    bool is_same_level = (vcpu->entry.pstate & PSTATE_EL1) != 0;
    uint64_t class = (is_fetch ? EC_INSTRUCTION_ABORT : EC_DATA_ABORT) + (is_same_level ? 1u : 0u);
    uint64_t iss = DFSC_SYNCHRONOUS_EXTERNAL | (is_fetch ? 0 : syndrome & ISS_WRITE);
    sysreg_write(far_el1, vcpu->trap.virtual_address);
    inject(vcpu, class << ESR_EC_SHIFT | (syndrome & ESR_IL) | iss);
}

__attribute__((noinline)) void guest_inject_undefined(struct arch_vcpu *vcpu)
{
    inject(vcpu, (uint64_t)EC_UNKNOWN << ESR_EC_SHIFT | ESR_IL);
}
