/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A vCPU's turns and exits.
 *
 * 1. local->loaded's state is in the hardware, whoever runs; every other vCPU's is
 *    in its struct arch_vcpu.
 * 2. local->guest is set between enter and leave, and is then local->loaded.
 * 3. Nothing of the page is read twice, and nothing of it reaches a control register.
 */
#include "vcpu.h"

#include "abort.h"
#include "cpu_area.h"
#include "fault_registers.h"
#include "guest.h"
#include "space.h"
#include "vgic.h"
#include "vtimer.h"

enum { CALL_IMMEDIATE = 0xffff };

void arch_vcpu_init(struct arch_vcpu *vcpu, struct vcpu_page *page, phys_addr root, uint8_t vmid)
{
    vcpu->page = page;
    vcpu->space = space_register(root, vmid);
    arch_vcpu_reset(vcpu);
}

void arch_vcpu_reset(struct arch_vcpu *vcpu)
{
    arch_vcpu_destroy(vcpu);
    guest_reset(vcpu);
    vgic_reset(&vcpu->vgic);
    vtimer_reset(&vcpu->timer, vcpu->page->virtual_offset);
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
    guest_forget_fp(vcpu);
}

/* Not inlined: another guest's turn is rare, and the path of an exit short. */
static __attribute__((noinline)) void load(struct arch_cpu *local, struct arch_vcpu *vcpu)
{
    struct arch_vcpu *old = local->loaded;
    if (old != NULL) {
        guest_save(old);
        vtimer_save(&old->timer);
        vgic_save(&old->vgic);
    }
    guest_load(vcpu);
    vtimer_load(&vcpu->timer);
    vgic_load(&vcpu->vgic);
    local->loaded = vcpu;
}

static void complete_load(struct arch_vcpu *vcpu)
{
    uint32_t syndrome = vcpu->trap.syndrome;
    unsigned reg = abort_register(syndrome);
    if (reg < VCPU_GPRS) {
        vcpu->page->regs.gpr[reg] = abort_extend(vcpu->page->load_value, syndrome);
    }
}

/* In the order in which the VMM's wishes make sense together. */
static void apply_flags(struct arch_vcpu *vcpu, uint32_t flags)
{
    if ((flags & VCPU_COMPLETE_LOAD) != 0) {
        complete_load(vcpu);
    }
    if ((flags & VCPU_SKIP) != 0) {
        guest_skip_instruction(vcpu);
    }
    if ((flags & VCPU_INJECT_ABORT) != 0) {
        guest_inject_abort(vcpu);
    } else if ((flags & VCPU_INJECT_UNDEFINED) != 0) {
        guest_inject_undefined(vcpu);
    }
}

bool arch_vcpu_enter(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    struct vcpu_page *page = vcpu->page;
    uint32_t flags = __atomic_load_n(&page->flags, __ATOMIC_RELAXED);
    if (local->loaded != vcpu) {
        load(local, vcpu);
    }
    if (!guest_take_registers(vcpu) ||
        !(vgic_is_quiet(&vcpu->vgic, page) || vgic_enter(&vcpu->vgic, page))) {
        return false;
    }
    if (flags != 0) {
        page->flags = 0;
        apply_flags(vcpu, flags);
    }
    vtimer_enter(&vcpu->timer, page->timer_enabled != 0);
    guest_enter(vcpu);
    local->guest = vcpu;
    arch_cpu_expect_change(local);
    return true;
}

void arch_vcpu_leave(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    local->guest = NULL;
    guest_give_registers(vcpu);
    if (vcpu->vgic.used != 0) {
        vgic_leave(&vcpu->vgic, vcpu->page);
    }
    vtimer_leave(&vcpu->timer);
    guest_leave(vcpu, local->native_space);
}

bool arch_vcpu_timer_deadline(const struct arch_vcpu *vcpu, ticks *deadline_out)
{
    const struct arch_cpu *local = arch_cpu_this();
    bool is_loaded = local->loaded == vcpu;
    return vtimer_deadline(&vcpu->timer, local->guest == vcpu, is_loaded, deadline_out) &&
           !vgic_timer_in_flight(&vcpu->vgic, is_loaded);
}

bool arch_vcpu_interrupt_pending(const struct arch_vcpu *vcpu)
{
    ticks deadline;
    return vgic_pending(&vcpu->vgic, arch_cpu_this()->loaded == vcpu) ||
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
        vgic_forget_drained(&loaded->vgic);
    }
}

void vcpu_exit_drained(void)
{
    struct arch_vcpu *guest = arch_cpu_this()->guest;
    if (guest != NULL) {
        vcpu_exit(guest, VCPU_EXIT_INTERRUPTS);
    }
}

void vcpu_exit(struct arch_vcpu *vcpu, enum vcpu_exit reason)
{
    struct vcpu_exit_info *exit = &vcpu->page->exit;
    exit->reason = (uint32_t)reason;
    exit->syndrome = vcpu->trap.syndrome;
    exit->guest_virtual_low = (uint32_t)vcpu->trap.virtual_address;
    kernel_vcpu_exit(reason);
}

static void exit_data_abort(struct arch_vcpu *vcpu, uint64_t address)
{
    struct vcpu_exit_info *exit = &vcpu->page->exit;
    uint32_t syndrome = vcpu->trap.syndrome;
    unsigned reg = abort_register(syndrome);
    exit->address = address;
    exit->width_bytes = (uint8_t)(1u << abort_width_shift(syndrome));
    exit->is_write = abort_bit(syndrome, ABORT_WNR);
    exit->reg = (uint8_t)reg;
    exit->sign_extend = abort_bit(syndrome, ABORT_SSE);
    exit->reg_64 = abort_bit(syndrome, ABORT_SF);
    if (abort_bit(syndrome, ABORT_WNR)) {
        exit->value = abort_truncate(reg < VCPU_GPRS ? vcpu->page->regs.gpr[reg] : 0, syndrome);
    }
    vcpu_exit(vcpu, abort_is_described(syndrome) ? VCPU_EXIT_MMIO : VCPU_EXIT_ABORT);
}

static void exit_instruction_abort(struct arch_vcpu *vcpu, uint64_t address)
{
    vcpu->page->exit.address = address;
    vcpu->page->exit.is_write = 0;
    vcpu_exit(vcpu, VCPU_EXIT_ABORT);
}

/*
 * HPFAR is unknown after a permission fault that is not of a table walk (DDI 0487
 * "HPFAR_EL2"): then ask stage 1. When that fails it has changed meanwhile, and the
 * guest does its access again.
 */
void vcpu_take_abort(struct arch_vcpu *vcpu, bool is_data)
{
    uint64_t va = vcpu->trap.virtual_address;
    uint64_t page = fault_guest_page();
    if (abort_is_permission(vcpu->trap.syndrome)) {
        page = fault_translate(va);
        if ((page & 1) != 0) {
            return;
        }
    }
    page = (page & ABORT_PAGE_MASK) | (va & ABORT_PAGE_OFFSET);
    if (is_data) {
        exit_data_abort(vcpu, page);
    } else {
        exit_instruction_abort(vcpu, page);
    }
}

void vcpu_exit_call(struct arch_vcpu *vcpu)
{
    vcpu->page->exit.immediate = vcpu->trap.syndrome & CALL_IMMEDIATE;
    vcpu_exit(vcpu, VCPU_EXIT_HVC);
}

void vcpu_wait(struct arch_vcpu *vcpu)
{
    if (!arch_vcpu_interrupt_pending(vcpu)) {
        kernel_vcpu_wait();
    }
}
