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

enum { CALL_IMMEDIATE = 0xffff };

/* The syndrome of an abort (DDI 0487 "ISS encoding for an exception from a Data Abort",
 * DDI 0406 "Use of the HSR"). ISV is 0 for post-index, pairs and cache maintenance. */
enum abort_bit {
    ABORT_ISV = 1 << 24, ABORT_SSE = 1 << 21, ABORT_SF = 1 << 15, ABORT_S1PTW = 1 << 7,
    ABORT_WNR = 1 << 6,
};
enum { ABORT_SAS_SHIFT = 22, ABORT_SRT_SHIFT = 16, ABORT_DFSC_KIND = 0x3c, DFSC_PERMISSION = 0x0c };
#define ABORT_PAGE UINT64_C(0xfffffffff000)
#define ABORT_OFFSET UINT64_C(0xfff)

static unsigned abort_register(uint32_t syndrome)
{
    return syndrome >> ABORT_SRT_SHIFT & 0x1f;
}

static unsigned abort_width_bytes(uint32_t syndrome)
{
    return 1u << (syndrome >> ABORT_SAS_SHIFT & 3);
}

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

/* The register gets what the load that exited wanted: so many bytes, extended as it said. */
static void complete_load(struct arch_vcpu *vcpu)
{
    uint32_t syndrome = vcpu->trap.syndrome;
    unsigned unused_bits = 64 - 8 * abort_width_bytes(syndrome);
    uint64_t high = vcpu->page->load_value << unused_bits;
    uint64_t value = (syndrome & ABORT_SSE) != 0 ? (uint64_t)((int64_t)high >> unused_bits)
                                                 : high >> unused_bits;
    guest_set_register(vcpu, abort_register(syndrome),
                       (syndrome & ABORT_SF) != 0 ? value : (uint32_t)value);
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

/* pc and pstate from the page. False: no guest may run with this pstate. */
static bool take_registers(struct arch_vcpu *vcpu)
{
    uint64_t pstate = __atomic_load_n(&vcpu->page->regs.pstate, __ATOMIC_RELAXED);
    vcpu->entry.pc = vcpu->page->regs.pc;
    return pstate == vcpu->entry.pstate || guest_check_pstate(vcpu, pstate);
}

static void give_registers(const struct arch_vcpu *vcpu)
{
    vcpu->page->regs.pc = vcpu->entry.pc;
    vcpu->page->regs.pstate = vcpu->entry.pstate;
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
    if (!take_registers(vcpu) ||
        !(is_quiet(&vcpu->vgic, page) || vgic_enter(&vcpu->vgic, page))) {
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
    give_registers(vcpu);
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
        vgic_write_control(&loaded->vgic, VGIC_CONTROL_ENABLE);
    }
}

static void leave_for(struct arch_vcpu *vcpu, enum vcpu_exit reason)
{
    struct vcpu_exit_info *exit = &vcpu->page->exit;
    exit->reason = (uint32_t)reason;
    exit->syndrome = vcpu->trap.syndrome;
    exit->guest_virtual_low = (uint32_t)vcpu->trap.virtual_address;
    kernel_vcpu_exit(reason);
}

void vcpu_exit_drained(void)
{
    struct arch_vcpu *guest = arch_cpu_this()->guest;
    if (guest != NULL) {
        leave_for(guest, VCPU_EXIT_INTERRUPTS);
    }
}

static void describe_access(struct arch_vcpu *vcpu)
{
    struct vcpu_exit_info *exit = &vcpu->page->exit;
    uint32_t syndrome = vcpu->trap.syndrome;
    unsigned reg = abort_register(syndrome);
    unsigned width_bytes = abort_width_bytes(syndrome);
    exit->width_bytes = (uint8_t)width_bytes;
    exit->is_write = (syndrome & ABORT_WNR) != 0;
    exit->reg = (uint8_t)reg;
    exit->sign_extend = (syndrome & ABORT_SSE) != 0;
    exit->reg_64 = (syndrome & ABORT_SF) != 0;
    if ((syndrome & ABORT_WNR) != 0) {
        exit->value = guest_get_register(vcpu, reg) & ~UINT64_C(0) >> (64 - 8 * width_bytes);
    }
}

/*
 * HPFAR is unknown after a permission fault that is not of a table walk (DDI 0487
 * "HPFAR_EL2"): then ask stage 1. When that fails it has changed meanwhile, and the
 * guest does its access again.
 */
void vcpu_take_abort(struct arch_vcpu *vcpu, bool is_data)
{
    uint32_t syndrome = vcpu->trap.syndrome;
    uint64_t va = vcpu->trap.virtual_address;
    uint64_t page = guest_fault_page();
    if ((syndrome & (ABORT_DFSC_KIND | ABORT_S1PTW)) == DFSC_PERMISSION) {
        page = guest_translate(va);
        if ((page & 1) != 0) {
            return;
        }
    }
    vcpu->page->exit.address = (page & ABORT_PAGE) | (va & ABORT_OFFSET);
    if (is_data) {
        describe_access(vcpu);
    } else {
        vcpu->page->exit.is_write = 0;
    }
    bool is_described = is_data && (syndrome & (ABORT_ISV | ABORT_S1PTW)) == ABORT_ISV;
    leave_for(vcpu, is_described ? VCPU_EXIT_MMIO : VCPU_EXIT_ABORT);
}

void vcpu_exit_call(struct arch_vcpu *vcpu)
{
    vcpu->page->exit.immediate = vcpu->trap.syndrome & CALL_IMMEDIATE;
    leave_for(vcpu, VCPU_EXIT_HVC);
}

void vcpu_wait(struct arch_vcpu *vcpu)
{
    if (!arch_vcpu_interrupt_pending(vcpu)) {
        kernel_vcpu_wait();
    }
}
