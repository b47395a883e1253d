/* SPDX-License-Identifier: BSD-2-Clause */
#include "guest.h"

#include "barrier.h"
#include "cpu_area.h"
#include "fp.h"
#include "sysreg.h"

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
    fp_reset(&vcpu->fp);
}

void guest_save(struct arch_vcpu *vcpu)
{
    vcpu->el1 = (struct el1_state){
        .ttbr0 = read_ttbr0_el1(), .ttbr1 = read_ttbr1_el1(), .tcr = read_tcr_el1(),
        .mair = read_mair_el1(), .amair = read_amair_el1(), .contextidr = read_contextidr_el1(),
        .vbar = read_vbar_el1(), .esr = read_esr_el1(), .far = read_far_el1(),
        .afsr0 = read_afsr0_el1(), .afsr1 = read_afsr1_el1(), .par = read_par_el1(),
        .sp = read_sp_el1(), .elr = read_elr_el1(), .spsr = read_spsr_el1(),
        .tpidr = read_tpidr_el1(), .csselr = read_csselr_el1(),
    };
}

void guest_load(const struct arch_vcpu *vcpu)
{
    const struct el1_state *el1 = &vcpu->el1;
    write_ttbr0_el1(el1->ttbr0);
    write_ttbr1_el1(el1->ttbr1);
    write_tcr_el1(el1->tcr);
    write_mair_el1(el1->mair);
    write_amair_el1(el1->amair);
    write_contextidr_el1(el1->contextidr);
    write_vbar_el1(el1->vbar);
    write_esr_el1(el1->esr);
    write_far_el1(el1->far);
    write_afsr0_el1(el1->afsr0);
    write_afsr1_el1(el1->afsr1);
    write_par_el1(el1->par);
    write_sp_el1(el1->sp);
    write_elr_el1(el1->elr);
    write_spsr_el1(el1->spsr);
    write_tpidr_el1(el1->tpidr);
    write_csselr_el1(el1->csselr);
}

bool guest_check_pstate(struct arch_vcpu *vcpu, uint64_t pstate)
{
    uint64_t mode = pstate & MODE_MASK;
    if (mode == MODE_EL1H || mode == MODE_EL0T || mode == MODE_EL1T) {
        vcpu->entry.pstate = pstate & PSTATE_GUEST_64;
        return true;
    }
    if (mode == MODE_AARCH32_USER) {
        vcpu->entry.pstate = pstate & PSTATE_GUEST_32;
        return true;
    }
    return false;
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
    write_esr_el1(syndrome);
    write_elr_el1(entry->pc);
    write_spsr_el1(entry->pstate);
    entry->pc = read_vbar_el1() + vector_offset(entry->pstate);
    entry->pstate = PSTATE_EL1H_MASKED;
}

__attribute__((noinline)) void guest_inject_abort(struct arch_vcpu *vcpu)
{
    uint64_t cause = vcpu->trap.syndrome >> ESR_EC_SHIFT;
    bool is_fetch = cause == EC_INSTRUCTION_ABORT;
    bool is_same_level = (vcpu->entry.pstate & PSTATE_EL1) != 0;
    uint64_t class = is_fetch ? EC_INSTRUCTION_ABORT : EC_DATA_ABORT;
    uint64_t iss = DFSC_SYNCHRONOUS_EXTERNAL;
    if (!is_fetch) {
        iss |= vcpu->trap.syndrome & ISS_WRITE;
    }
    write_far_el1(vcpu->trap.virtual_address);
    inject(vcpu, (class + is_same_level) << ESR_EC_SHIFT | (vcpu->trap.syndrome & ESR_IL) | iss);
}

__attribute__((noinline)) void guest_inject_undefined(struct arch_vcpu *vcpu)
{
    inject(vcpu, (uint64_t)EC_UNKNOWN << ESR_EC_SHIFT | ESR_IL);
}
