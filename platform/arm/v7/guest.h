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
void guest_skip_instruction(struct arch_vcpu *vcpu);

/* Into the entry, as far as a guest may have it; false, and nothing changed, when it may not. So
 * the entry's pstate is at all times one that a guest had or may have. */
bool guest_check_pstate(struct arch_vcpu *vcpu, uint64_t pstate);

/* pc and pstate from the page. False: no guest may run with this pstate. */
static inline bool guest_take_registers(struct arch_vcpu *vcpu)
{
    struct arch_context *entry = &vcpu->entry.trapped;
    uint64_t pstate = __atomic_load_n((const uint32_t *)&vcpu->page->regs.pstate, __ATOMIC_RELAXED);
    if (pstate != entry->pstate && !guest_check_pstate(vcpu, pstate)) {
        return false;
    }
    entry->pc = (uint32_t)vcpu->page->regs.pc & ((entry->pstate & PSR_T) != 0 ? ~1u : ~3u);
    return true;
}

static inline void guest_give_registers(const struct arch_vcpu *vcpu)
{
    vcpu->page->regs.pc = vcpu->entry.trapped.pc;
    vcpu->page->regs.pstate = vcpu->entry.trapped.pstate;
}

static inline void guest_enter(const struct arch_vcpu *vcpu)
{
    write_sctlr(vcpu->entry.sctlr);
    write_cpacr(vcpu->entry.cpacr);
    write_cntkctl(vcpu->entry.cntkctl);
    write_hcptr(vcpu->entry.cptr);
    write_cnthctl(CNTHCTL_GUEST);
    write_vttbr(vcpu->space);
    write_hcr(HCR_GUEST);
}

static inline void guest_leave(struct arch_vcpu *vcpu, uint64_t native_space)
{
    vcpu->entry.trapped.thread_pointer = read_tpidrurw();
    vcpu->entry.tpidruro = read_tpidruro();
    vcpu->entry.sctlr = read_sctlr();
    vcpu->entry.cpacr = read_cpacr();
    vcpu->entry.cntkctl = read_cntkctl();
    write_sctlr(SCTLR_NATIVE);
    write_cpacr(CPACR_NATIVE);
    write_cntkctl(CNTKCTL_NATIVE);
    write_tpidruro(0);
    write_hcptr(HCPTR_NATIVE);
    write_cnthctl(CNTHCTL_NATIVE);
    write_vttbr(native_space);
    write_hcr(HCR_NATIVE);
}

#endif
