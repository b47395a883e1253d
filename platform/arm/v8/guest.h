/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest's processor state: what common/vcpu.c asks of the architecture. "Load"
 * and "save" move what stays in the hardware while native code runs; "enter" and
 * "leave" what must not. Inline: what is on the path of every exit.
 */
#ifndef GUEST_H
#define GUEST_H

#include "barrier.h"
#include "cpu_area.h"
#include "sysreg.h"

void guest_reset(struct arch_vcpu *vcpu);
void guest_save(struct arch_vcpu *vcpu);
void guest_load(const struct arch_vcpu *vcpu);

/* FP and SIMD registers are guests' only, exchanged at a guest's first use (CPTR_EL2.TFP). */
void guest_give_fp(struct arch_vcpu *vcpu); /* the guest that runs wants them */
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
    sysreg_write(sctlr_el1, vcpu->entry.sctlr);
    sysreg_write(cpacr_el1, vcpu->entry.cpacr);
    sysreg_write(cntkctl_el1, vcpu->entry.cntkctl);
    sysreg_write(cptr_el2, vcpu->entry.cptr);
    sysreg_write(cnthctl_el2, CNTHCTL_GUEST);
    sysreg_write(vttbr_el2, vcpu->space);
    sysreg_write(hcr_el2, HCR_GUEST);
}

static inline void guest_leave(struct arch_vcpu *vcpu, uint64_t native_space)
{
    vcpu->entry.sp_el0 = sysreg_read(sp_el0);
    vcpu->entry.tpidr_el0 = sysreg_read(tpidr_el0);
    vcpu->entry.tpidrro_el0 = sysreg_read(tpidrro_el0);
    vcpu->entry.sctlr = sysreg_read(sctlr_el1);
    vcpu->entry.cpacr = sysreg_read(cpacr_el1);
    vcpu->entry.cntkctl = sysreg_read(cntkctl_el1);
    sysreg_write(sctlr_el1, SCTLR_EL1_NATIVE);
    sysreg_write(cpacr_el1, CPACR_EL1_NATIVE);
    sysreg_write(cntkctl_el1, CNTKCTL_EL1_NATIVE);
    sysreg_write(tpidrro_el0, 0);
    sysreg_write(cptr_el2, CPTR_NATIVE);
    sysreg_write(cnthctl_el2, CNTHCTL_NATIVE);
    sysreg_write(vttbr_el2, native_space);
    sysreg_write(hcr_el2, HCR_NATIVE);
}

static inline void guest_skip_instruction(struct arch_vcpu *vcpu)
{
    vcpu->entry.pc += (vcpu->trap.syndrome & ESR_IL) != 0 ? 4 : 2;
}

/* Where an abort was, as far as stage 2 knows: its page, in bits 12 and up. */
static inline uint64_t guest_fault_page(void)
{
    return sysreg_read(hpfar_el2) << 8;
}

/* The guest's own stage 1 translates; bit 0 of the answer is PAR_EL1.F. */
static inline uint64_t guest_translate(uint64_t va)
{
    uint64_t saved = sysreg_read(par_el1);
    __asm__ volatile("at s1e1r, %0" : : "r"(va));
    barrier_context();
    uint64_t answer = sysreg_read(par_el1);
    sysreg_write(par_el1, saved);
    return answer;
}

#endif
