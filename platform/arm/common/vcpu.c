/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A vCPU's turns and exits.
 *
 * 1. cpu->loaded's state is in the hardware, whoever runs; every other vCPU's is
 *    in its struct arch_vcpu.
 * 2. cpu->guest is set between enter and leave, and is then cpu->loaded.
 * 3. Nothing of the page is read twice, and nothing of it reaches a control register.
 */
#include "platform.h"
#include "sysreg.h"

/* ---- what stays in the hardware while native code runs --------------------------------------- */

static void save(struct arch_vcpu *vcpu)
{
#define SAVE(name) vcpu->el1.name = el1_read(name);
    EL1_REGISTERS(SAVE)
    vtimer_save(&vcpu->timer);
    vgic_save(&vcpu->vgic);
}

/* Not inlined: another guest's turn is rare, and the path of an exit short. */
static __attribute__((noinline)) void load(struct arch_cpu *cpu, struct arch_vcpu *vcpu)
{
    if (cpu->loaded != NULL) {
        save(cpu->loaded);
    }
#define LOAD(name) el1_write(name, vcpu->el1.name);
    EL1_REGISTERS(LOAD)
    vtimer_load(&vcpu->timer);
    vgic_load(&vcpu->vgic);
    cpu->loaded = vcpu;
}

/* ---- what must not --------------------------------------------------------------------------- */

static inline void enter_guest(struct arch_cpu *cpu, struct arch_vcpu *vcpu)
{
    const struct guest_entry *entry = &vcpu->entry;

    vtimer_enter(&vcpu->timer);
    el1_write(sctlr, entry->sctlr);
    el1_write(cpacr, entry->cpacr);
    el1_write(cntkctl, entry->cntkctl);
    el0_write(tpidrro, entry->tpidrro); /* here, for leave_guest() took it whoever came next */
    hyp_write(cptr, entry->cptr);
    hyp_write(cnthctl, CNTHCTL_GUEST);
    hyp_write(vttbr, vcpu->space);
    hyp_write(hcr, HCR_GUEST);
    cpu->guest = vcpu;
    cpu_expect_change(cpu);
}

/* Read in pairs, written in pairs: the compiler joins the stores. */
static inline void leave_guest(struct guest_entry *entry, uint64_t native_space)
{
#define READ_EL0(name) const uint64_t name = el0_read(name);
    EL0_REGISTERS(READ_EL0)
    const uint64_t sctlr = el1_read(sctlr);
    const uint64_t cpacr = el1_read(cpacr);
    const uint64_t cntkctl = el1_read(cntkctl);

#define KEEP_EL0(name) entry->name = (__typeof__(entry->name))name;
    EL0_REGISTERS(KEEP_EL0)
    entry->sctlr = (__typeof__(entry->sctlr))sctlr;
    entry->cpacr = (__typeof__(entry->cpacr))cpacr;
    entry->cntkctl = (__typeof__(entry->cntkctl))cntkctl;
    el1_write(sctlr, SCTLR_NATIVE);
    el1_write(cpacr, CPACR_NATIVE);
    el1_write(cntkctl, CNTKCTL_NATIVE);
#define ZERO(name) el0_write(name, 0);
    NATIVE_ZEROES(ZERO)
    hyp_write(cptr, CPTR_NATIVE);
    hyp_write(cnthctl, CNTHCTL_NATIVE);
    hyp_write(vttbr, native_space);
    hyp_write(hcr, HCR_NATIVE);
}

/* ---- the object ------------------------------------------------------------------------------ */

void arch_vcpu_init(struct arch_vcpu *vcpu, struct vcpu_page *page, uint64_t space_register)
{
    vcpu->page = page;
    vcpu->space = space_register;
    arch_vcpu_reset(vcpu);
}

void arch_vcpu_reset(struct arch_vcpu *vcpu)
{
    arch_vcpu_destroy(vcpu);
    vcpu->entry = (struct guest_entry){
        .pstate = PSTATE_RESET,
        .sctlr = SCTLR_NATIVE /* the reset value, too */,
        .cptr = CPTR_NATIVE,
    };
    vcpu->el1 = (struct el1_state){ 0 };
    vcpu->fp = (struct fp_state){ 0 };
    vcpu->vgic = (struct vgic_state){ .control = VGIC_CONTROL_ENABLE };
    vcpu->timer = (struct vtimer_state){ .offset = vcpu->page->virtual_offset };
    vcpu->trap = (struct guest_trap){ 0 };
    vcpu->page->list_registers = (uint8_t)vgic_page_interrupts();
}

void arch_vcpu_destroy(struct arch_vcpu *vcpu)
{
    struct arch_cpu *cpu = arch_cpu_local();
    if (cpu->loaded == vcpu) {
        vgic_save(&vcpu->vgic); /* releases the timer's interrupt */
        cpu->loaded = NULL;
    }
    if (cpu->fp_owner == vcpu) {
        cpu->fp_owner = NULL;
    }
}

/* ---- turns ----------------------------------------------------------------------------------- */

/* Nothing in the page, nothing in the hardware: vgic_enter would do nothing. */
static inline bool is_quiet(const struct vgic_state *state, const struct vcpu_page *page)
{
    return state->used == 0 && state->control == VGIC_CONTROL_ENABLE && page->interrupt_count == 0;
}

/* pc and pstate from the page. False: no guest may run with this pstate. */
static bool take_registers(struct arch_vcpu *vcpu)
{
    const abi_word pstate = (abi_word)__atomic_load_n(&vcpu->page->regs.pstate, __ATOMIC_RELAXED);

    vcpu->entry.pc = (abi_word)vcpu->page->regs.pc;
    return pstate == vcpu->entry.pstate || guest_check_pstate(vcpu, pstate);
}

/* Apart, so that an entry in which nothing has changed needs no stack frame. */
static __attribute__((noinline)) void enter_changed(struct arch_cpu *cpu, struct arch_vcpu *vcpu)
{
    const struct vcpu_page *page = vcpu->page;
    const uint32_t flags = __atomic_load_n(&page->flags, __ATOMIC_RELAXED);

    if (cpu->loaded != vcpu) {
        load(cpu, vcpu);
    }
    if (!take_registers(vcpu) || !(is_quiet(&vcpu->vgic, page) || vgic_enter(&vcpu->vgic, page))) {
        kernel_vcpu_exit(cpu, VCPU_EXIT_INVALID);
        return;
    }
    if (flags != 0) {
        vcpu->page->flags = 0;
        guest_apply(vcpu, flags);
    }
    vtimer_forward(&vcpu->timer, page->timer_enabled);
    enter_guest(cpu, vcpu);
    if ((flags & VCPU_WAIT) != 0) {
        kernel_vcpu_wait(cpu);
    }
}

void arch_vcpu_enter(struct arch_cpu *cpu, struct arch_vcpu *vcpu)
{
    const struct vcpu_page *page = vcpu->page;

    if (cpu->loaded != vcpu || page->flags != 0 || !is_quiet(&vcpu->vgic, page) ||
        page->timer_enabled != vcpu->timer.is_enabled || page->regs.pstate != vcpu->entry.pstate) {
        enter_changed(cpu, vcpu);
        return;
    }
    vcpu->entry.pc = (abi_word)page->regs.pc;
    enter_guest(cpu, vcpu);
}

void arch_vcpu_leave(struct arch_cpu *cpu, uint64_t space_register)
{
    struct arch_vcpu *vcpu = cpu->guest;
    struct vcpu_page *page = vcpu->page;
    const uint64_t pc = vcpu->entry.pc;
    const uint64_t pstate = vcpu->entry.pstate;

    page->regs.pc = pc;
    page->regs.pstate = pstate;
    if (vcpu->vgic.used != 0) {
        vgic_leave(&vcpu->vgic, page);
    }
    vtimer_leave(&vcpu->timer);
    cpu->guest = NULL;
    leave_guest(&vcpu->entry, space_register);
}

bool arch_vcpu_timer_deadline(const struct arch_vcpu *vcpu, ticks *deadline_out)
{
    return vtimer_deadline(&vcpu->timer, deadline_out) && !vgic_timer_in_flight();
}

bool arch_vcpu_interrupt_pending(const struct arch_vcpu *vcpu)
{
    ticks deadline;
    return vgic_pending(&vcpu->vgic) ||
           (arch_vcpu_timer_deadline(vcpu, &deadline) && deadline <= arch_timer_now());
}
