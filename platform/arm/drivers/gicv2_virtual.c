/* SPDX-License-Identifier: BSD-2-Clause */
/* The GICv2's interface for virtual interrupts (ARM IHI 0048, chapter 5). */
#include "board.h"
#include "mmio.h"
#include "platform.h"

/* IHI 0048 "GIC virtual interface control registers" */
enum gich_register {
    GICH_HCR = 0x000,
    GICH_VTR = 0x004,
    GICH_VMCR = 0x008,
    GICH_APR = 0x0f0,
    GICH_LR0 = 0x100,
};
enum list_field {
    LIST_PHYSICAL_SHIFT = 10,
    LIST_PRIORITY_SHIFT = 23,
    LIST_STATE_SHIFT = 28,
    LIST_STATE_MASK = 3,
    LIST_NUMBER_MASK = 0x3ff,
};
#define LIST_PENDING (UINT32_C(1) << LIST_STATE_SHIFT)
#define LIST_ACTIVE (UINT32_C(2) << LIST_STATE_SHIFT)
#define LIST_HARDWARE (UINT32_C(1) << 31)
#define LIST_STATE ((uint32_t)LIST_STATE_MASK << LIST_STATE_SHIFT)

enum { PRIORITY_DROPPED_BITS = 3, VIRTUAL_INTERRUPTS = 1020 };

static uint32_t timer_index; /* the hardware's last list register */

static uint32_t hyp_read(uint32_t offset)
{
    return mmio_read32(board.gic.hypervisor_interface + offset);
}

static void hyp_write(uint32_t offset, uint32_t value)
{
    mmio_write32(board.gic.hypervisor_interface + offset, value);
}

static uint32_t list_read(uint32_t index)
{
    return hyp_read(GICH_LR0 + index * 4);
}

static void list_write(uint32_t index, uint32_t value)
{
    hyp_write(GICH_LR0 + index * 4, value);
}

void vgic_init(void)
{
    uint32_t last = hyp_read(GICH_VTR) & 0x3f;
    timer_index = last < VCPU_LIST_REGISTERS ? last : VCPU_LIST_REGISTERS - 1;
    for (uint32_t i = 0; i <= timer_index; i++) {
        list_write(i, 0);
    }
    hyp_write(GICH_HCR, VGIC_CONTROL_ENABLE);
}

uint32_t vgic_page_interrupts(void)
{
    return timer_index;
}

void vgic_save(struct vgic_state *state)
{
    state->machine = hyp_read(GICH_VMCR);
    state->active = hyp_read(GICH_APR);
    state->timer = list_read(timer_index);
    if ((state->timer & LIST_STATE) != 0) {
        interrupt_set_active(board.timer.virtual_irq, false); /* others' timers may fire */
    }
}

void vgic_load(const struct vgic_state *state)
{
    hyp_write(GICH_HCR, state->control);
    hyp_write(GICH_VMCR, state->machine);
    hyp_write(GICH_APR, state->active);
    for (uint32_t i = 0; i < timer_index; i++) {
        list_write(i, i < state->used ? state->list[i] : 0);
    }
    list_write(timer_index, state->timer);
    interrupt_set_active(board.timer.virtual_irq, (state->timer & LIST_STATE) != 0);
}

static uint32_t list_make(uint32_t number, uint8_t priority, uint32_t state)
{
    return number | (uint32_t)(priority >> PRIORITY_DROPPED_BITS) << LIST_PRIORITY_SHIFT |
           state << LIST_STATE_SHIFT;
}

/* Number and state are read once: the VMM cannot change them between check and use. */
static bool list_take(const struct vcpu_irq *irq, uint32_t *list_out)
{
    uint32_t number = __atomic_load_n(&irq->number, __ATOMIC_RELAXED);
    uint32_t state = __atomic_load_n(&irq->state, __ATOMIC_RELAXED);
    *list_out = state == VCPU_IRQ_IDLE ? 0 : list_make(number, irq->priority, state);
    return number < VIRTUAL_INTERRUPTS && number != board.timer.virtual_irq &&
           state <= LIST_STATE_MASK;
}

/* Two list registers with one number: the specification leaves open what happens. */
static bool is_duplicate(const uint32_t *list, uint32_t index)
{
    for (uint32_t i = 0; i < index; i++) {
        if (list[index] != 0 && list[i] != 0 && ((list[i] ^ list[index]) & LIST_NUMBER_MASK) == 0) {
            return true;
        }
    }
    return false;
}

void vgic_write_control(struct vgic_state *state, uint32_t control)
{
    if (state->control != control) {
        state->control = control;
        hyp_write(GICH_HCR, control);
    }
}

__attribute__((noinline)) bool vgic_enter(struct vgic_state *state, const struct vcpu_page *page)
{
    uint32_t count = __atomic_load_n(&page->interrupt_count, __ATOMIC_RELAXED);
    uint32_t pending = 0;
    if (count > timer_index) {
        return false;
    }
    for (uint32_t i = 0; i < count; i++) {
        if (!list_take(&page->interrupts[i], &state->list[i]) || is_duplicate(state->list, i)) {
            return false;
        }
        pending |= state->list[i] & LIST_PENDING;
        list_write(i, state->list[i]);
    }
    for (uint32_t i = count; i < state->used; i++) {
        list_write(i, 0);
    }
    state->used = count;
    bool is_watched = page->exit_when_drained != 0 && pending != 0;
    vgic_write_control(state, VGIC_CONTROL_ENABLE | (is_watched ? VGIC_CONTROL_NO_PENDING_IRQ : 0));
    return true;
}

void vgic_leave(struct vgic_state *state, struct vcpu_page *page)
{
    for (uint32_t i = 0; i < state->used; i++) {
        state->list[i] = list_read(i);
        page->interrupts[i].state = (uint8_t)(state->list[i] >> LIST_STATE_SHIFT & LIST_STATE_MASK);
    }
}

bool vgic_pending(const struct vgic_state *state)
{
    uint32_t lists = list_read(timer_index);
    for (uint32_t i = 0; i < state->used; i++) {
        lists |= state->list[i];
    }
    return (lists & LIST_PENDING) != 0;
}

bool vgic_timer_in_flight(void)
{
    return (list_read(timer_index) & LIST_STATE) != 0;
}

static uint32_t timer_list(uint8_t priority, uint32_t state)
{
    uint32_t irq = board.timer.virtual_irq;
    return list_make(irq, priority, state) | LIST_HARDWARE | irq << LIST_PHYSICAL_SHIFT;
}

void vgic_inject_timer(uint8_t priority)
{
    list_write(timer_index, timer_list(priority, VCPU_IRQ_PENDING));
}

/* A list register with HW = 1 is never pending and active (IHI 0048 "List Registers"). */
static uint32_t timer_list_changed(uint32_t list, uint32_t flags, uint8_t priority)
{
    uint32_t gone = (vcpu_wants(flags, VCPU_TIMER_UNPEND) ? LIST_PENDING : 0) |
                    (vcpu_wants(flags, VCPU_TIMER_DEACTIVATE) ? LIST_ACTIVE : 0);
    if (vcpu_wants(flags, VCPU_TIMER_ACTIVATE)) {
        return timer_list(priority, VCPU_IRQ_ACTIVE);
    }
    if ((list & LIST_STATE) != 0) {
        return (list & gone) != 0 ? 0 : list;
    }
    return vcpu_wants(flags, VCPU_TIMER_PEND) ? timer_list(priority, VCPU_IRQ_PENDING) : list;
}

bool vgic_timer_apply(const struct vcpu_page *page, uint32_t flags, bool is_high)
{
    uint32_t list = list_read(timer_index);
    uint32_t changed = timer_list_changed(list, flags, page->timer_priority);
    bool is_set =
        (vcpu_wants(flags, VCPU_TIMER_LOAD_PENDING) && (is_high || (list & LIST_PENDING) != 0)) ||
        (vcpu_wants(flags, VCPU_TIMER_LOAD_ACTIVE) && (list & LIST_ACTIVE) != 0);
    if (changed != list) {
        list_write(timer_index, changed);
        interrupt_set_active(board.timer.virtual_irq, (changed & LIST_STATE) != 0);
    }
    return is_set;
}
