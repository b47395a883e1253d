/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A vCPU's turns and exits.
 *
 * 1. local->loaded's state is in the hardware, whoever runs; every other vCPU's is
 *    in its struct arch_vcpu.
 * 2. local->guest is set between enter and leave, and is then local->loaded.
 * 3. Nothing of the page is read twice, and nothing of it reaches a control register.
 */
#include "cpu_area.h"
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
static __attribute__((noinline)) void load(struct arch_cpu *local, struct arch_vcpu *vcpu)
{
    if (local->loaded != NULL) {
        save(local->loaded);
    }
#define LOAD(name) el1_write(name, vcpu->el1.name);
    EL1_REGISTERS(LOAD)
    vtimer_load(&vcpu->timer);
    vgic_load(&vcpu->vgic);
    local->loaded = vcpu;
}

/* ---- what must not --------------------------------------------------------------------------- */

static void enter_guest(const struct arch_vcpu *vcpu)
{
    el1_write(sctlr, vcpu->entry.sctlr);
    el1_write(cpacr, vcpu->entry.cpacr);
    el1_write(cntkctl, vcpu->entry.cntkctl);
    el0_write(tpidrro, vcpu->entry.tpidrro); /* here, for leave_guest() took it whoever came next */
    hyp_write(cptr, vcpu->entry.cptr);
    hyp_write(cnthctl, CNTHCTL_GUEST);
    hyp_write(vttbr, vcpu->space);
    hyp_write(hcr, HCR_GUEST);
}

static void leave_guest(struct arch_vcpu *vcpu, uint64_t native_space)
{
#define SAVE_EL0(name) vcpu->entry.name = el0_read(name);
    EL0_REGISTERS(SAVE_EL0)
    vcpu->entry.sctlr = el1_read(sctlr);
    vcpu->entry.cpacr = el1_read(cpacr);
    vcpu->entry.cntkctl = el1_read(cntkctl);
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
    struct arch_cpu *local = arch_cpu_this();
    if (local->loaded == vcpu) {
        vgic_save(&vcpu->vgic); /* releases the timer's interrupt */
        local->loaded = NULL;
    }
    if (local->fp_owner == vcpu) {
        local->fp_owner = NULL;
    }
}

/* ---- turns ----------------------------------------------------------------------------------- */

/* pc and pstate from the page. False: no guest may run with this pstate. */
static bool take_registers(struct arch_vcpu *vcpu)
{
    abi_word pstate = (abi_word)__atomic_load_n(&vcpu->page->regs.pstate, __ATOMIC_RELAXED);
    vcpu->entry.pc = (abi_word)vcpu->page->regs.pc;
    return pstate == vcpu->entry.pstate || guest_check_pstate(vcpu, pstate);
}

/* Nothing in the page, nothing in the hardware: vgic_enter would do nothing. */
static bool is_quiet(const struct vgic_state *state, const struct vcpu_page *page)
{
    return state->used == 0 && state->control == VGIC_CONTROL_ENABLE && page->interrupt_count == 0;
}

bool arch_vcpu_enter(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    struct vcpu_page *page = vcpu->page;
    uint32_t flags = __atomic_load_n(&page->flags, __ATOMIC_RELAXED);
    if (local->loaded != vcpu) {
        load(local, vcpu);
    }
    if (!take_registers(vcpu) || !(is_quiet(&vcpu->vgic, page) || vgic_enter(&vcpu->vgic, page))) {
        return false;
    }
    if (flags != 0) {
        page->flags = 0;
        guest_apply(vcpu, flags);
    }
    vtimer_enter(&vcpu->timer, page->timer_enabled);
    enter_guest(vcpu);
    local->guest = vcpu;
    arch_cpu_expect_change(local);
    return true;
}

void arch_vcpu_leave(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    struct vcpu_page *page = vcpu->page;
    local->guest = NULL;
    page->regs.pc = vcpu->entry.pc;
    page->regs.pstate = vcpu->entry.pstate;
    if (vcpu->vgic.used != 0) {
        vgic_leave(&vcpu->vgic, page);
    }
    vtimer_leave(&vcpu->timer);
    leave_guest(vcpu, local->native_space);
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

bool vcpu_take_virtual_timer(void)
{
    const struct arch_vcpu *guest = arch_cpu_this()->guest;
    if (guest == NULL) {
        return false;
    }
    vgic_inject_timer(guest->page->timer_priority);
    return true;
}

void vcpu_acknowledge_drained(void)
{
    struct arch_vcpu *loaded = arch_cpu_this()->loaded;
    if (loaded != NULL) {
        vgic_write_control(&loaded->vgic, VGIC_CONTROL_ENABLE);
    }
}

void vcpu_exit_drained(void)
{
    if (arch_cpu_this()->guest != NULL) {
        kernel_vcpu_exit(VCPU_EXIT_INTERRUPTS);
    }
}

bool vcpu_take_error(unsigned is_fiq)
{
    struct arch_cpu *local = arch_cpu_this();
    if (local->loaded == NULL) {
        return false;
    }
    if (local->guest != NULL) {
        kernel_vcpu_exit(VCPU_EXIT_INVALID);
    } else { /* an SError is late: a store of the guest's may have caused it */
        local->loaded->page->regs.pstate = PSTATE_NEVER;
    }
    if (is_fiq != 0) {
        interrupt_take();
    }
    return true;
}
