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

/* Into entry.pstate, as far as a guest may have it; false, and nothing changed, when it may not.
 * So entry.pstate is at all times one that a guest had or may have. */
bool guest_check_pstate(struct arch_vcpu *vcpu, uint64_t pstate);

/* pc and pstate from the page. False: no guest may run with this pstate. */
static inline bool guest_take_registers(struct arch_vcpu *vcpu)
{
    uint64_t pstate = __atomic_load_n(&vcpu->page->regs.pstate, __ATOMIC_RELAXED);
    vcpu->entry.pc = vcpu->page->regs.pc;
    return pstate == vcpu->entry.pstate || guest_check_pstate(vcpu, pstate);
}

static inline void guest_give_registers(const struct arch_vcpu *vcpu)
{
    vcpu->page->regs.pc = vcpu->entry.pc;
    vcpu->page->regs.pstate = vcpu->entry.pstate;
}

static inline void guest_enter(const struct arch_vcpu *vcpu)
{
    write_sctlr_el1(vcpu->entry.sctlr);
    write_cpacr_el1(vcpu->entry.cpacr);
    write_cntkctl_el1(vcpu->entry.cntkctl);
    write_cptr_el2(vcpu->entry.cptr);
    write_cnthctl_el2(CNTHCTL_GUEST);
    write_vttbr_el2(vcpu->space);
    write_hcr_el2(HCR_GUEST);
}

static inline void guest_leave(struct arch_vcpu *vcpu, uint64_t native_space)
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
    write_cptr_el2(CPTR_NATIVE);
    write_cnthctl_el2(CNTHCTL_NATIVE);
    write_vttbr_el2(native_space);
    write_hcr_el2(HCR_NATIVE);
}

static inline void guest_skip_instruction(struct arch_vcpu *vcpu)
{
    vcpu->entry.pc += (vcpu->trap.syndrome & ESR_IL) != 0 ? 4 : 2;
}

#endif
