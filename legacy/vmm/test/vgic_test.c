/* SPDX-License-Identifier: BSD-2-Clause */
/* Tests of the guest's interrupt distributor. */
#include "check.h"
#include "machine_bench.h"

enum {
    CTLR = MACHINE_GICD,
    TYPER = MACHINE_GICD + 4,
    ISENABLER = MACHINE_GICD + 0x100,
    ICENABLER = MACHINE_GICD + 0x180,
    ISPENDR = MACHINE_GICD + 0x200,
    ICPENDR = MACHINE_GICD + 0x280,
    ISACTIVER = MACHINE_GICD + 0x300,
    ICACTIVER = MACHINE_GICD + 0x380,
    IPRIORITYR = MACHINE_GICD + 0x400,
    ITARGETSR = MACHINE_GICD + 0x800,
    ICFGR = MACHINE_GICD + 0xc00,
    SGIR = MACHINE_GICD + 0xf00,
    CPENDSGIR = MACHINE_GICD + 0xf10,
    SPENDSGIR = MACHINE_GICD + 0xf20,
    PIDR2 = MACHINE_GICD + 0xfe8,
    NOTHING = 1023,
};

static void power_on_all_enabled(void)
{
    bench_power_on();
    guest_store(CTLR, 4, 1);
    for (uint32_t i = 0; i < VGIC_WORDS; i++) {
        guest_store(ISENABLER + 4 * i, 4, UINT32_MAX);
    }
}

static void set_line(uint32_t irq, bool is_high)
{
    vgic_set_line(&bench.gic, irq, is_high);
    guest_sync();
}

static void make_edge(uint32_t irq)
{
    guest_store(ICFGR + irq / 16 * 4, 4, UINT32_C(2) << (irq % 16 * 2));
}

static void identification(void **state)
{
    (void)state;
    bench_power_on();
    assert_int_equal(guest_load(TYPER, 4), 2);
    assert_int_equal(guest_load(PIDR2, 4), 0x2b);
    assert_int_equal(guest_load(CTLR, 4), 0);
    guest_store(CTLR, 4, UINT32_MAX);
    assert_int_equal(guest_load(CTLR, 4), 1);
    assert_int_equal(guest_load(MACHINE_GICD + 0xff4, 4), 0xf0);
}

static void an_edge_is_delivered_once(void **state)
{
    (void)state;
    power_on_all_enabled();
    make_edge(40);
    set_line(40, true);
    assert_int_equal(guest_load(ISPENDR + 4, 4), 1u << 8);
    assert_int_equal(guest_acknowledge(), 40);
    assert_int_equal(guest_load(ISACTIVER + 4, 4), 1u << 8);
    assert_int_equal(guest_load(ISPENDR + 4, 4), 0);
    guest_end(40);
    assert_int_equal(guest_load(ISACTIVER + 4, 4), 0);
    assert_int_equal(guest_acknowledge(), NOTHING); /* although the line is still high */
}

static void an_edge_during_the_handler_is_not_lost(void **state)
{
    (void)state;
    power_on_all_enabled();
    make_edge(40);
    set_line(40, true);
    assert_int_equal(guest_acknowledge(), 40);
    set_line(40, false);
    set_line(40, true);
    guest_end(40);
    assert_int_equal(guest_acknowledge(), 40);
    guest_end(40);
    assert_int_equal(guest_acknowledge(), NOTHING);
}

static void two_edges_before_the_acknowledge_are_one(void **state)
{
    (void)state;
    power_on_all_enabled();
    make_edge(40);
    set_line(40, true);
    set_line(40, false);
    set_line(40, true);
    assert_int_equal(guest_acknowledge(), 40);
    guest_end(40);
    assert_int_equal(guest_acknowledge(), NOTHING);
}

static void a_level_comes_again_until_it_falls(void **state)
{
    (void)state;
    power_on_all_enabled();
    set_line(33, true);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(guest_acknowledge(), 33);
        guest_end(33);
    }
    assert_int_equal(guest_acknowledge(), 33);
    set_line(33, false);
    guest_end(33);
    assert_int_equal(guest_acknowledge(), NOTHING);
}

/* Also when its handler never looks at the device, and so leaves no other exit behind. */
static void a_level_acknowledged_in_silence_is_pending_again(void **state)
{
    (void)state;
    power_on_all_enabled();
    set_line(33, true);
    assert_int_equal(bench_page.exit_when_drained, 1);
    bench_page.interrupts[0].state = VCPU_IRQ_ACTIVE;
    assert_int_equal(machine_exit(&bench, VCPU_EXIT_INTERRUPTS), MACHINE_RUN);
    guest_sync();
    assert_int_equal(bench_page.interrupts[0].state, VCPU_IRQ_ACTIVE | VCPU_IRQ_PENDING);
    assert_int_equal(bench_page.exit_when_drained, 0);
    make_edge(40);
    set_line(33, false);
    guest_end(33);
    set_line(40, true);
    assert_int_equal(bench_page.exit_when_drained, 0); /* an edge needs no look back */
}

static void a_level_that_falls_before_the_acknowledge_is_gone(void **state)
{
    (void)state;
    power_on_all_enabled();
    set_line(33, true);
    set_line(33, false);
    assert_int_equal(guest_acknowledge(), NOTHING);
    guest_store(ISPENDR + 4, 4, 2); /* pending by software stays */
    assert_int_equal(guest_acknowledge(), 33);
    guest_end(33);
    assert_int_equal(guest_acknowledge(), NOTHING);
}

static void disabled_means_not_delivered(void **state)
{
    (void)state;
    power_on_all_enabled();
    guest_store(ICENABLER + 4, 4, 2);
    set_line(33, true);
    assert_int_equal(guest_acknowledge(), NOTHING);
    assert_int_equal(guest_load(ISPENDR + 4, 4), 2);
    guest_store(ISENABLER + 4, 4, 2);
    guest_store(CTLR, 4, 0);
    assert_int_equal(guest_acknowledge(), NOTHING);
    guest_store(CTLR, 4, 1);
    assert_int_equal(guest_acknowledge(), 33);
    assert_int_equal(guest_load(ICENABLER + 4, 4), UINT32_MAX);
}

static void the_most_urgent_come_first_and_all_come(void **state)
{
    (void)state;
    power_on_all_enabled();
    for (uint32_t i = 0; i < 40; i++) { /* SPIs 32..71: ten times what fits */
        guest_store(IPRIORITYR + 32 + i, 1, (39 - i) * 4);
        if (i % 16 == 0) {
            guest_store(ICFGR + 8 + i / 4, 4, UINT32_MAX);
        }
    }
    for (uint32_t i = 0; i < 40; i++) {
        vgic_set_line(&bench.gic, 32 + i, true);
    }
    guest_sync();
    assert_int_equal(bench_page.interrupt_count, 4);
    uint32_t last_priority = 0;
    for (uint32_t i = 0; i < 40; i++) {
        const uint32_t irq = guest_acknowledge();
        assert_in_range(irq, 32, 71);
        assert_true(bench.gic.priority[irq] >= last_priority);
        last_priority = bench.gic.priority[irq];
        guest_end(irq);
    }
    assert_int_equal(guest_acknowledge(), NOTHING);
}

static void sgis_reach_the_only_cpu(void **state)
{
    (void)state;
    power_on_all_enabled();
    guest_store(SGIR, 4, 2u << 24 | 5); /* to itself */
    assert_int_equal(guest_acknowledge(), 5);
    guest_end(5);
    guest_store(SGIR, 4, 1u << 16 | 15); /* to a list with CPU 0 */
    assert_int_equal(guest_acknowledge(), 15);
    guest_end(15);
    guest_store(SGIR, 4, 0xfe0000 | 3); /* to CPUs that are not there */
    guest_store(SGIR, 4, 1u << 24 | 3); /* to all others */
    guest_store(SGIR, 4, 3u << 24 | 3); /* reserved */
    assert_int_equal(guest_acknowledge(), NOTHING);
    guest_store(SPENDSGIR + 7, 1, 1);
    assert_int_equal(guest_load(CPENDSGIR + 4, 4), 1u << 24);
    guest_store(CPENDSGIR + 7, 1, 1);
    assert_int_equal(guest_acknowledge(), NOTHING);
    guest_store(ISPENDR, 4, 0xffff); /* not by this register */
    assert_int_equal(guest_acknowledge(), NOTHING);
}

static void the_timer_is_the_kernels(void **state)
{
    (void)state;
    bench_power_on();
    guest_store(CTLR, 4, 1);
    assert_int_equal(bench_page.timer_enabled, 0);
    guest_store(ISENABLER, 4, 1u << 27);
    guest_store(IPRIORITYR + 27, 1, 0xa7);
    assert_int_equal(bench_page.timer_enabled, 1);
    assert_int_equal(bench_page.timer_priority, 0xa0);
    guest_store(ISPENDR, 4, 1u << 27);
    assert_int_equal(bench_page.interrupt_count, 0);
    guest_store(CTLR, 4, 0);
    assert_int_equal(bench_page.timer_enabled, 0);
}

static void active_can_be_set_and_cleared(void **state)
{
    (void)state;
    power_on_all_enabled();
    guest_store(ISACTIVER + 8, 4, 1);
    assert_int_equal(bench_page.interrupt_count, 1);
    assert_int_equal(bench_page.interrupts[0].state, VCPU_IRQ_ACTIVE);
    set_line(64, true);
    assert_int_equal(guest_acknowledge(), NOTHING);
    guest_store(ICACTIVER + 8, 4, 1);
    assert_int_equal(guest_acknowledge(), 64);
}

static void wishes(enum vcpu_flags wish)
{
    assert_int_equal(bench_page.flags & ~(uint32_t)(VCPU_SKIP | VCPU_COMPLETE_LOAD),
                     (uint32_t)wish);
}

/* Its state is the kernel's: what the registers tell and change of it is wished for. */
static void the_timers_state_is_asked_of_the_kernel(void **state)
{
    const uint32_t timer = UINT32_C(1) << 27;

    (void)state;
    bench_power_on();
    (void)guest_load(ISPENDR, 4);
    wishes(VCPU_TIMER_LOAD_PENDING);
    (void)guest_load(ICPENDR, 4);
    wishes(VCPU_TIMER_LOAD_PENDING);
    (void)guest_load(ISACTIVER, 4);
    wishes(VCPU_TIMER_LOAD_ACTIVE);
    (void)guest_load(ICACTIVER, 4);
    wishes(VCPU_TIMER_LOAD_ACTIVE);
    guest_store(ISACTIVER, 4, timer);
    wishes(VCPU_TIMER_ACTIVATE);
    assert_int_equal(bench_page.interrupt_count, 0); /* none of ours is listed */
    guest_store(ICACTIVER, 4, timer);
    wishes(VCPU_TIMER_DEACTIVATE);
    guest_store(ICPENDR, 4, timer);
    wishes(VCPU_TIMER_UNPEND);
    guest_store(ICACTIVER, 4, ~timer); /* others are not the timer's */
    wishes(0);
    (void)guest_load(ISACTIVER + 4, 4);
    wishes(0);
}

static void the_timer_is_pending_by_a_write_once_it_may_be(void **state)
{
    const uint32_t timer = UINT32_C(1) << 27;

    (void)state;
    bench_power_on();
    guest_store(ISPENDR, 4, timer);
    wishes(0);
    assert_int_equal(guest_load(ISPENDR, 4) & timer, timer);
    guest_store(CTLR, 4, 1);
    guest_store(ISENABLER, 4, timer);
    wishes(VCPU_TIMER_PEND);
    assert_int_equal(guest_load(ISPENDR, 4) & timer, 0); /* the kernel adds its own */
    guest_store(ICENABLER, 4, timer);                    /* one that is disabled waits no longer */
    wishes(VCPU_TIMER_UNPEND);
    assert_int_equal(bench_page.timer_enabled, 0);
}

static void fixed_fields(void **state)
{
    (void)state;
    bench_power_on();
    guest_store(ICFGR, 4, 0);
    assert_int_equal(guest_load(ICFGR, 4), 0xaaaaaaaa);
    guest_store(ICFGR + 4, 4, UINT32_MAX);
    assert_int_equal(guest_load(ICFGR + 4, 4), 0);
    guest_store(ICFGR + 12, 4, UINT32_MAX);
    assert_int_equal(guest_load(ICFGR + 12, 4), 0xaaaaaaaa);
    guest_store(ITARGETSR + 32, 4, UINT32_MAX); /* one CPU */
    assert_int_equal(guest_load(ITARGETSR + 32, 1), 0);
    guest_store(IPRIORITYR + 40, 4, UINT32_MAX);
    assert_int_equal(guest_load(IPRIORITYR + 40, 4), 0xf8f8f8f8);
}

static void bad_widths_are_aborts_and_holes_are_zero(void **state)
{
    (void)state;
    bench_power_on();
    assert_false(guest_can_load(CTLR, 1));
    assert_false(guest_can_load(IPRIORITYR + 2, 4));
    assert_false(guest_can_load(IPRIORITYR, 2));
    assert_false(guest_can_store(ISENABLER, 8, 0));
    assert_true(guest_can_load(MACHINE_GICD + 0x10c, 4)); /* ISENABLER3: not implemented */
    assert_int_equal(guest_load(MACHINE_GICD + 0x10c, 4), 0);
    assert_true(guest_can_store(MACHINE_GICD + 0xfffc, 4, 1));
    assert_false(guest_can_load(MACHINE_GICD + MACHINE_GICD_BYTES, 4));
    assert_false(guest_can_load(MACHINE_GICD - 4, 4));
}

/* G4: the drained exit is never asked for when it would come at once. */
static void no_endless_drained_exit(void **state)
{
    (void)state;
    power_on_all_enabled();
    for (uint32_t i = 0; i < 8; i++) {
        set_line(32 + i, true);
        (void)guest_acknowledge();
        bool has_pending = false;
        for (uint32_t j = 0; j < bench_page.interrupt_count; j++) {
            has_pending |= bench_page.interrupts[j].state == VCPU_IRQ_PENDING;
        }
        assert_true(has_pending || !bench_page.exit_when_drained);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(identification),
        cmocka_unit_test(an_edge_is_delivered_once),
        cmocka_unit_test(an_edge_during_the_handler_is_not_lost),
        cmocka_unit_test(two_edges_before_the_acknowledge_are_one),
        cmocka_unit_test(a_level_comes_again_until_it_falls),
        cmocka_unit_test(a_level_acknowledged_in_silence_is_pending_again),
        cmocka_unit_test(a_level_that_falls_before_the_acknowledge_is_gone),
        cmocka_unit_test(disabled_means_not_delivered),
        cmocka_unit_test(the_most_urgent_come_first_and_all_come),
        cmocka_unit_test(sgis_reach_the_only_cpu),
        cmocka_unit_test(the_timer_is_the_kernels),
        cmocka_unit_test(active_can_be_set_and_cleared),
        cmocka_unit_test(the_timers_state_is_asked_of_the_kernel),
        cmocka_unit_test(the_timer_is_pending_by_a_write_once_it_may_be),
        cmocka_unit_test(fixed_fields),
        cmocka_unit_test(bad_widths_are_aborts_and_holes_are_zero),
        cmocka_unit_test(no_endless_drained_exit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
