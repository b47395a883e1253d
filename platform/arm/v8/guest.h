/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest's processor state: what common/vcpu.c asks of the architecture. "Load"
 * and "save" move what stays in the hardware while native code runs; "enter" and
 * "leave" what must not. Inline: what is on the path of every exit.
 */
#ifndef GUEST_H
#define GUEST_H

#include "cpu_area.h"
#include "sysreg.h"

void guest_reset(struct arch_vcpu *vcpu);
void guest_save(struct arch_vcpu *vcpu);
void guest_load(const struct arch_vcpu *vcpu);

void guest_forget_fp(const struct arch_vcpu *vcpu);
/* On the registers taken from the page, the vCPU loaded: */
void guest_inject_abort(struct arch_vcpu *vcpu);
void guest_inject_undefined(struct arch_vcpu *vcpu);

/* SPSR_EL2 (DDI 0487): what a guest may choose. IL, SS and all modes above EL1 are not among it. */
enum pstate_mode {
    MODE_MASK = 0x1f, MODE_EL0T = 0x0, MODE_EL1T = 0x4, MODE_EL1H = 0x5, MODE_AARCH32_USER = 0x10,
};
enum { PSTATE_AARCH32 = 1 << 4, PSTATE_EL1 = 1 << 2, PSTATE_SP = 1 << 0 };
#define PSTATE_GUEST_64 UINT64_C(0xf00003df) /* NZCV, DAIF, M */
#define PSTATE_GUEST_32 UINT64_C(0xfe0fffff) /* NZCVQ, IT, GE, E, AIF, T, M */

/* pc and pstate from the page: false when no guest may run with this pstate. */
static inline bool guest_take_registers(struct arch_vcpu *vcpu)
{
    uint64_t pstate = __atomic_load_n(&vcpu->page->regs.pstate, __ATOMIC_RELAXED);
    uint64_t mode = pstate & MODE_MASK;
    vcpu->entry.pc = vcpu->page->regs.pc;
    if (mode == MODE_EL1H || mode == MODE_EL0T || mode == MODE_EL1T) {
        vcpu->entry.pstate = pstate & PSTATE_GUEST_64;
        return true;
    }
    vcpu->entry.pstate = pstate & PSTATE_GUEST_32;
    return mode == MODE_AARCH32_USER;
}

static inline void guest_give_registers(const struct arch_vcpu *vcpu)
{
    vcpu->page->regs.pc = vcpu->entry.pc;
    vcpu->page->regs.pstate = vcpu->entry.pstate;
}

static inline void guest_enter(struct arch_vcpu *vcpu)
{
    write_sctlr_el1(vcpu->entry.sctlr);
    write_cpacr_el1(vcpu->entry.cpacr);
    write_cntkctl_el1(vcpu->entry.cntkctl);
    write_cnthctl_el2(CNTHCTL_GUEST);
    write_cptr_el2(arch_cpu_this()->fp_owner == vcpu ? CPTR_FP_OPEN : CPTR_NATIVE);
    write_vttbr_el2(vcpu->space);
    write_hcr_el2(HCR_GUEST);
}

static inline void guest_leave(struct arch_vcpu *vcpu)
{
    vcpu->entry.sp_el0 = read_sp_el0();
    vcpu->entry.tpidr_el0 = read_tpidr_el0();
    vcpu->entry.tpidrro_el0 = read_tpidrro_el0();
    vcpu->entry.sctlr = read_sctlr_el1();
    vcpu->entry.cpacr = read_cpacr_el1();
    vcpu->entry.cntkctl = read_cntkctl_el1();
    write_sctlr_el1(SCTLR_EL1_NATIVE);
    write_cpacr_el1(CPACR_EL1_NATIVE);
    write_cntkctl_el1(CNTKCTL_EL1_NATIVE);
    write_tpidrro_el0(0);
    write_cnthctl_el2(CNTHCTL_NATIVE);
    write_cptr_el2(CPTR_NATIVE);
    write_vttbr_el2(arch_cpu_this()->native_space);
    write_hcr_el2(HCR_NATIVE);
}

static inline void guest_skip_instruction(struct arch_vcpu *vcpu)
{
    vcpu->entry.pc += (vcpu->trap.syndrome & ESR_IL) != 0 ? 4 : 2;
}

#endif
