/* SPDX-License-Identifier: BSD-2-Clause */
/* What a VMM's page may bring into the list registers, and what a guest left there is told; a GICv2
 * of four of them. */
#include "board.h"
#include "mmio.h"
#include "platform.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

/* IHI 0048 "GICH_LRn": virtual id 9:0, physical id 19:10, priority 27:23, state 29:28, HW 31. */
enum {
    BASE = 0x1000,
    HCR = 0,
    VTR = 1,
    VMCR = 2,
    APR = 0x3c,
    LR0 = 0x40,
    LAST = 3,
    TIMER = 27,
    REGISTERS = LR0 + 64
};
#define PENDING (UINT32_C(1) << 28)
#define ACTIVE (UINT32_C(1) << 29)
#define HARDWARE (UINT32_C(1) << 31)
#define PRIORITY(p) ((uint32_t)(p) >> 3 << 23)

unsigned test_input_bits = 39;
const struct board board = {
    .gic = { .hypervisor_interface = BASE },
    .timer = { .virtual_irq = TIMER },
};
static uint32_t registers[REGISTERS];
static unsigned control_writes;
static bool timer_is_active;
static struct vgic_state state;
static struct vcpu_page page;

uint32_t mmio_read32(uint64_t address)
{
    assert_true((address - BASE) / 4 < REGISTERS);
    return registers[(address - BASE) / 4];
}

void mmio_write32(uint64_t address, uint32_t value)
{
    assert_true((address - BASE) / 4 <= LR0 + registers[VTR]); /* none that is not there */
    registers[(address - BASE) / 4] = value;
    control_writes += address == BASE;
}

void interrupt_set_active(uint32_t id, bool is_active)
{
    assert_int_equal(id, TIMER);
    timer_is_active = is_active;
}

static int begin(void **unused)
{
    (void)unused;
    memset(registers, 0, sizeof(registers));
    registers[VTR] = LAST;
    for (unsigned i = 0; i <= LAST; i++) {
        registers[LR0 + i] = ~UINT32_C(0);
    }
    state = (struct vgic_state){ .control = VGIC_CONTROL_ENABLE };
    page = (struct vcpu_page){ 0 };
    timer_is_active = false;
    vgic_init();
    control_writes = 0;
    return 0;
}

static void states(uint16_t number, uint8_t priority, uint8_t irq_state)
{
    page.interrupts[page.interrupt_count++] =
        (struct vcpu_irq){ .number = number, .priority = priority, .state = irq_state };
}

static void it_begins_empty(void **unused)
{
    (void)unused;
    for (unsigned i = 0; i <= LAST; i++) {
        assert_int_equal(registers[LR0 + i], 0);
    }
    assert_int_equal(registers[HCR], 1);
    assert_int_equal(vgic_page_interrupts(), LAST); /* the last one is the timer's */
}

/* A GIC with more list registers than a page has places for interrupts. */
static void a_page_has_so_many_places(void **unused)
{
    (void)unused;
    registers[VTR] = 0x3f & VCPU_LIST_REGISTERS;
    vgic_init();
    assert_int_equal(vgic_page_interrupts(), VCPU_LIST_REGISTERS - 1);
    registers[VTR] = VCPU_LIST_REGISTERS - 1;
    vgic_init();
    assert_int_equal(vgic_page_interrupts(), VCPU_LIST_REGISTERS - 1);
}

static void interrupts_enter_and_leave(void **unused)
{
    (void)unused;
    states(40, 0xa7, VCPU_IRQ_PENDING);
    states(1019, 0, VCPU_IRQ_PENDING | VCPU_IRQ_ACTIVE);
    states(50, 0, VCPU_IRQ_IDLE);
    assert_true(vgic_enter(&state, &page));
    assert_int_equal(registers[LR0], 40 | PRIORITY(0xa0) | PENDING);
    assert_int_equal(registers[LR0 + 1], 1019 | PENDING | ACTIVE);
    assert_int_equal(registers[LR0 + 2], 0);
    assert_int_equal(registers[LR0 + 3], 0);

    registers[LR0] = (registers[LR0] & ~PENDING) | ACTIVE;
    registers[LR0 + 1] &= ~ACTIVE;
    vgic_leave(&state, &page);
    assert_int_equal(page.interrupts[0].state, VCPU_IRQ_ACTIVE);
    assert_int_equal(page.interrupts[1].state, VCPU_IRQ_PENDING);
    assert_int_equal(page.interrupts[2].state, VCPU_IRQ_IDLE);

    page.interrupt_count = 1; /* what is not stated any more is gone */
    assert_true(vgic_enter(&state, &page));
    assert_int_equal(registers[LR0 + 1], 0);
}

static void only_interrupts_that_there_are(void **unused)
{
    static const struct {
        uint16_t number;
        uint8_t irq_state;
        bool is_right;
    } irq[] = {
        { 0, VCPU_IRQ_PENDING, true },
        { 1019, VCPU_IRQ_PENDING, true },
        { 1020, VCPU_IRQ_PENDING, false },
        { 1023, VCPU_IRQ_PENDING, false },
        { 1024, VCPU_IRQ_IDLE, false },
        { 0xffff, VCPU_IRQ_PENDING, false },
        { TIMER, VCPU_IRQ_PENDING, false },
        { TIMER, VCPU_IRQ_IDLE, false },
        { 40, 3, true },
        { 40, 4, false },
        { 40, 0xff, false },
    };

    (void)unused;
    for (unsigned i = 0; i < sizeof(irq) / sizeof(irq[0]); i++) {
        begin(NULL);
        states(irq[i].number, 0, irq[i].irq_state);
        assert_int_equal(vgic_enter(&state, &page), irq[i].is_right);
    }
}

static void no_more_than_there_are_registers(void **unused)
{
    (void)unused;
    for (uint16_t i = 0; i < LAST; i++) {
        states((uint16_t)(40 + i), 0, VCPU_IRQ_PENDING);
    }
    assert_true(vgic_enter(&state, &page));
    states(50, 0, VCPU_IRQ_PENDING);
    assert_false(vgic_enter(&state, &page));
    page.interrupt_count = ~UINT32_C(0);
    assert_false(vgic_enter(&state, &page));
    assert_int_equal(registers[LR0 + LAST], 0);
}

static void one_number_once(void **unused)
{
    (void)unused;
    states(40, 0, VCPU_IRQ_PENDING);
    states(41, 0, VCPU_IRQ_PENDING);
    states(40, 8, VCPU_IRQ_ACTIVE);
    assert_false(vgic_enter(&state, &page));
    page.interrupts[2].state = VCPU_IRQ_IDLE; /* not in a register */
    assert_true(vgic_enter(&state, &page));
    page.interrupts[0].state = VCPU_IRQ_IDLE;
    page.interrupts[2].state = VCPU_IRQ_PENDING;
    assert_true(vgic_enter(&state, &page));
    page.interrupts[0] = page.interrupts[2] = (struct vcpu_irq){ 0 }; /* two that are none */
    assert_true(vgic_enter(&state, &page));
}

static void asked_to_tell_when_none_is_pending(void **unused)
{
    (void)unused;
    page.exit_when_drained = 1;
    assert_true(vgic_enter(&state, &page));
    assert_int_equal(registers[HCR],
                     VGIC_CONTROL_ENABLE); /* there is none: it would tell at once */
    states(40, 0, VCPU_IRQ_PENDING);
    assert_true(vgic_enter(&state, &page));
    assert_int_equal(registers[HCR], VGIC_CONTROL_ENABLE | VGIC_CONTROL_NO_PENDING_IRQ);
    assert_true(vgic_enter(&state, &page));
    assert_int_equal(control_writes, 1); /* only what changes */
    page.exit_when_drained = 0;
    assert_true(vgic_enter(&state, &page));
    assert_int_equal(registers[HCR], VGIC_CONTROL_ENABLE);
}

/* HW = 1: the guest's deactivation ends the physical interrupt. */
static void the_timer_has_the_last_register(void **unused)
{
    (void)unused;
    vgic_inject_timer(0x50);
    assert_int_equal(registers[LR0 + LAST],
                     TIMER | TIMER << 10 | PRIORITY(0x50) | PENDING | HARDWARE);
    assert_true(vgic_timer_in_flight());
    assert_true(vgic_pending(&state));
    registers[LR0 + LAST] = (registers[LR0 + LAST] & ~PENDING) | ACTIVE;
    assert_true(vgic_timer_in_flight());
    assert_false(vgic_pending(&state));
    registers[LR0 + LAST] &= ~ACTIVE;
    assert_false(vgic_timer_in_flight());
}

static bool is_told; /* the load's bit */

static uint32_t timer_after(uint32_t before, uint32_t wishes, bool is_high)
{
    registers[LR0 + LAST] = before;
    page.timer_priority = 0x50;
    timer_is_active = before != 0;
    is_told = vgic_timer_apply(&page, wishes, is_high);
    assert_int_equal(timer_is_active,
                     registers[LR0 + LAST] != 0); /* the physical one goes with it */
    return registers[LR0 + LAST];
}

static void the_vmm_asks_and_changes_the_timers_state(void **unused)
{
    const uint32_t empty = TIMER | TIMER << 10 | PRIORITY(0x50) | HARDWARE;

    (void)unused;
    assert_int_equal(timer_after(0, VCPU_TIMER_LOAD_PENDING | VCPU_TIMER_LOAD_ACTIVE, false), 0);
    assert_false(is_told);
    assert_int_equal(timer_after(0, VCPU_TIMER_LOAD_PENDING, true), 0);
    assert_true(is_told);
    assert_int_equal(timer_after(empty | PENDING, VCPU_TIMER_LOAD_PENDING, false), empty | PENDING);
    assert_true(is_told);
    assert_int_equal(timer_after(empty | ACTIVE, VCPU_TIMER_LOAD_PENDING, false), empty | ACTIVE);
    assert_false(is_told);
    assert_int_equal(timer_after(empty | ACTIVE, VCPU_TIMER_LOAD_ACTIVE, false), empty | ACTIVE);
    assert_true(is_told);
    assert_int_equal(timer_after(empty | ACTIVE, VCPU_TIMER_DEACTIVATE, true), 0);
    assert_int_equal(timer_after(empty | ACTIVE, VCPU_TIMER_UNPEND | VCPU_TIMER_PEND, true),
                     empty | ACTIVE);
    assert_int_equal(timer_after(empty | PENDING, VCPU_TIMER_DEACTIVATE, true), empty | PENDING);
    assert_int_equal(timer_after(empty | PENDING, VCPU_TIMER_UNPEND, true), 0);
    assert_int_equal(timer_after(empty | PENDING, VCPU_TIMER_ACTIVATE, true), empty | ACTIVE);
    assert_int_equal(timer_after(0, VCPU_TIMER_PEND, false), empty | PENDING);
    assert_int_equal(timer_after(empty | PENDING, VCPU_INJECT_ABORT, true), empty | PENDING);
}

static void pending_ones_are_seen(void **unused)
{
    (void)unused;
    states(40, 0, VCPU_IRQ_ACTIVE);
    states(41, 0, VCPU_IRQ_IDLE);
    assert_true(vgic_enter(&state, &page));
    assert_false(vgic_pending(&state));
    page.interrupts[1].state = VCPU_IRQ_PENDING;
    assert_true(vgic_enter(&state, &page));
    assert_true(vgic_pending(&state));
}

/* One guest's turn ends, another's begins, the first comes back: nothing of the one is seen by the
 * other. */
static void a_turn_is_saved_and_loaded(void **unused)
{
    struct vgic_state other = { .control = VGIC_CONTROL_ENABLE };

    (void)unused;
    states(40, 0, VCPU_IRQ_PENDING);
    page.exit_when_drained = 1;
    assert_true(vgic_enter(&state, &page));
    vgic_inject_timer(0);
    timer_is_active = true;
    registers[VMCR] = 0x1234;
    registers[APR] = 0x10;
    vgic_leave(&state, &page);
    vgic_save(&state);
    assert_false(timer_is_active); /* other guests' timers may fire */

    vgic_load(&other);
    assert_int_equal(registers[HCR], VGIC_CONTROL_ENABLE);
    assert_int_equal(registers[VMCR] | registers[APR] | registers[LR0] | registers[LR0 + LAST], 0);
    assert_false(timer_is_active);
    timer_is_active = true; /* its own fires, and is not taken yet */
    vgic_save(&other);
    assert_true(timer_is_active);

    vgic_load(&state);
    assert_int_equal(registers[HCR], VGIC_CONTROL_ENABLE | VGIC_CONTROL_NO_PENDING_IRQ);
    assert_int_equal(registers[VMCR], 0x1234);
    assert_int_equal(registers[APR], 0x10);
    assert_int_equal(registers[LR0], 40 | PENDING);
    assert_int_equal(registers[LR0 + 1], 0);
    assert_int_equal(registers[LR0 + LAST], TIMER | TIMER << 10 | PENDING | HARDWARE);
    assert_true(timer_is_active);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(it_begins_empty, begin),
        cmocka_unit_test_setup(a_page_has_so_many_places, begin),
        cmocka_unit_test_setup(interrupts_enter_and_leave, begin),
        cmocka_unit_test_setup(only_interrupts_that_there_are, begin),
        cmocka_unit_test_setup(no_more_than_there_are_registers, begin),
        cmocka_unit_test_setup(one_number_once, begin),
        cmocka_unit_test_setup(asked_to_tell_when_none_is_pending, begin),
        cmocka_unit_test_setup(the_timer_has_the_last_register, begin),
        cmocka_unit_test_setup(the_vmm_asks_and_changes_the_timers_state, begin),
        cmocka_unit_test_setup(pending_ones_are_seen, begin),
        cmocka_unit_test_setup(a_turn_is_saved_and_loaded, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
