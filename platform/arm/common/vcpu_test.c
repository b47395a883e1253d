/* SPDX-License-Identifier: BSD-2-Clause */
/* A vCPU's turns on the host: what of one guest is in the hardware when another guest, or native
 * code, runs. */
#include "platform.h"
#include "sysreg.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

enum { NATIVE_SPACE = 0x11, SPACE_A = 0xa0, SPACE_B = 0xb0, BAD_PSTATE = 0xbad, PLACES = 3 };

unsigned test_input_bits = 39;
struct test_sysregs test_sysregs;
static struct arch_cpu cpu;
static struct vcpu_page page_a, page_b;
static struct arch_vcpu a, b;

/* What vcpu.c asks of the other files, and what it did to them. */
static unsigned waits;
static unsigned enters, leaves, saves, loads, applied, exits, injected, refusals;
static uint32_t last_control;
static bool is_pending, is_in_flight, has_deadline, is_refused, is_error;
static unsigned taken; /* interrupts */
static ticks now, deadline;

struct arch_cpu *arch_cpu_local(void)
{
    return &cpu;
}

ticks arch_timer_now(void)
{
    return now;
}

bool guest_check_pstate(struct arch_vcpu *vcpu, abi_word pstate)
{
    if (pstate == BAD_PSTATE) {
        return false;
    }
    vcpu->entry.pstate = pstate;
    return true;
}

void guest_apply(struct arch_vcpu *vcpu, uint32_t flags)
{
    assert_int_equal(vcpu->page->flags, 0); /* a wish is granted once */
    applied = flags;
}

void kernel_vcpu_exit(struct arch_cpu *of, enum vcpu_exit reason)
{
    assert_ptr_equal(of, &cpu);
    if (cpu.guest == NULL) { /* it has been refused */
        assert_int_equal(reason, VCPU_EXIT_INVALID);
        refusals++;
        return;
    }
    assert_int_equal(reason, is_error ? VCPU_EXIT_INVALID : VCPU_EXIT_INTERRUPTS);
    exits++;
}

void kernel_vcpu_wait(struct arch_cpu *arch)
{
    assert_ptr_equal(arch->guest, &a); /* entered first: the kernel takes it out again */
    waits++;
}

void interrupt_take(struct arch_cpu *of)
{
    assert_ptr_equal(of, &cpu);
    taken++;
}

uint32_t vgic_page_interrupts(void)
{
    return PLACES;
}

void vgic_save(struct vgic_state *state)
{
    (void)state;
    saves++;
}

void vgic_load(const struct vgic_state *state)
{
    (void)state;
    loads++;
}

bool vgic_enter(struct vgic_state *state, const struct vcpu_page *page)
{
    state->used = page->interrupt_count;
    enters++;
    return !is_refused;
}

void vgic_leave(struct vgic_state *state, struct vcpu_page *page)
{
    (void)state;
    (void)page;
    leaves++;
}

bool vgic_pending(const struct vgic_state *state)
{
    (void)state;
    return is_pending;
}

void vgic_inject_timer(uint8_t priority)
{
    assert_int_equal(priority, 0x40);
    injected++;
}

bool vgic_timer_in_flight(void)
{
    return is_in_flight;
}

void vgic_write_control(struct vgic_state *state, uint32_t control)
{
    state->control = last_control = control;
}

void vtimer_save(struct vtimer_state *state)
{
    (void)state;
}

void vtimer_load(const struct vtimer_state *state)
{
    (void)state;
}

void vtimer_forward(struct vtimer_state *state, uint8_t is_enabled)
{
    state->is_enabled = is_enabled;
}

void vtimer_enter(const struct vtimer_state *state)
{
    (void)state;
}

void vtimer_leave(struct vtimer_state *state)
{
    (void)state;
}

bool vtimer_deadline(const struct vtimer_state *state, ticks *deadline_out)
{
    *deadline_out = deadline;
    return state->is_enabled != 0 && has_deadline;
}

static int begin(void **state)
{
    (void)state;
    page_a = page_b =
        (struct vcpu_page){ .timer_enabled = 1, .timer_priority = 0x40, .virtual_offset = 77 };
    page_a.regs.pstate = page_b.regs.pstate = PSTATE_RESET;
    memset(&a, 0xee, sizeof(a));
    memset(&b, 0xee, sizeof(b));
    cpu = (struct arch_cpu){ 0 };
    test_sysregs = (struct test_sysregs){ .vttbr = NATIVE_SPACE };
    is_pending = is_in_flight = has_deadline = is_refused = is_error = false;
    taken = 0;
    arch_vcpu_init(&a, &page_a, SPACE_A);
    arch_vcpu_init(&b, &page_b, SPACE_B);
    enters = leaves = saves = loads = applied = exits = injected = refusals = 0;
    last_control = 0;
    now = 1000;
    return 0;
}

/* Whether it was let in; if not, that was said once. */
static bool enter(struct arch_vcpu *vcpu)
{
    refusals = 0;
    arch_vcpu_enter(&cpu, vcpu);
    assert_int_equal(refusals, cpu.guest == vcpu ? 0 : 1);
    return cpu.guest == vcpu;
}

static void leave(const struct arch_vcpu *vcpu)
{
    assert_ptr_equal(cpu.guest, vcpu);
    arch_vcpu_leave(&cpu, NATIVE_SPACE);
}

static void a_new_one_is_as_after_a_reset(void **state)
{
    (void)state;
    assert_int_equal(a.entry.pstate, PSTATE_RESET);
    assert_int_equal(a.entry.sctlr, SCTLR_NATIVE);
    assert_int_equal(a.entry.cptr, CPTR_NATIVE);
    assert_int_equal(a.entry.cpacr | a.entry.cntkctl | a.entry.tpidrro | a.el1.ttbr0 | a.el1.vbar,
                     0);
    assert_int_equal(a.timer.offset, 77);
    assert_int_equal(page_a.list_registers, PLACES);
}

static void native_code_sees_nothing_of_a_guest(void **state)
{
    (void)state;
    a.entry.sctlr = 0x1234;
    a.entry.cpacr = 0x5678;
    a.entry.cntkctl = 0x9a;
    a.entry.tpidrro = 0xbc;
    page_a.regs.pc = 0x40080000;
    assert_true(enter(&a));
    assert_ptr_equal(cpu.guest, &a);
    assert_ptr_equal(cpu.expected, &cpu); /* the return looks */
    assert_int_equal(test_sysregs.sctlr, 0x1234);
    assert_int_equal(test_sysregs.cpacr, 0x5678);
    assert_int_equal(test_sysregs.cntkctl, 0x9a);
    assert_int_equal(test_sysregs.tpidrro, 0xbc);
    assert_int_equal(test_sysregs.vttbr, SPACE_A);
    assert_int_equal(test_sysregs.hcr, HCR_GUEST);
    assert_int_equal(test_sysregs.cnthctl, CNTHCTL_GUEST);

    test_sysregs.sctlr = 0x4321; /* the guest does as it likes */
    test_sysregs.tpidrro = 0xcb;
    a.entry.pc = 0x40080004;
    leave(&a);
    assert_null(cpu.guest);
    assert_int_equal(page_a.regs.pc, 0x40080004);
    assert_int_equal(test_sysregs.sctlr, SCTLR_NATIVE);
    assert_int_equal(test_sysregs.cpacr, CPACR_NATIVE);
    assert_int_equal(test_sysregs.cntkctl, CNTKCTL_NATIVE);
    assert_int_equal(test_sysregs.tpidrro, 0);
    assert_int_equal(test_sysregs.cptr, CPTR_NATIVE);
    assert_int_equal(test_sysregs.cnthctl, CNTHCTL_NATIVE);
    assert_int_equal(test_sysregs.vttbr, NATIVE_SPACE);
    assert_int_equal(test_sysregs.hcr, HCR_NATIVE);

    assert_true(enter(&a)); /* and it gets back what it had */
    assert_int_equal(test_sysregs.sctlr, 0x4321);
    assert_int_equal(test_sysregs.tpidrro, 0xcb);
}

static void guests_see_nothing_of_each_other(void **state)
{
    (void)state;
    assert_true(enter(&a));
    test_sysregs.ttbr0 = 0xaa;
    test_sysregs.vbar = 0xab;
    leave(&a);
    assert_true(enter(&a));
    assert_int_equal(loads, 1); /* it is still there */
    leave(&a);
    assert_true(enter(&b));
    assert_int_equal(test_sysregs.ttbr0 | test_sysregs.vbar, 0);
    assert_int_equal(saves, 1);
    assert_int_equal(loads, 2);
    leave(&b);
    assert_true(enter(&a));
    assert_int_equal(test_sysregs.ttbr0, 0xaa);
    assert_int_equal(test_sysregs.vbar, 0xab);
}

static void a_page_that_is_not_sensible_is_refused(void **state)
{
    (void)state;
    page_a.regs.pstate = BAD_PSTATE;
    assert_false(enter(&a));
    assert_null(cpu.guest);
    assert_int_equal(test_sysregs.vttbr, NATIVE_SPACE);
    page_a.regs.pstate = PSTATE_RESET;
    page_a.interrupt_count = 1;
    is_refused = true;
    assert_false(enter(&a));
    assert_null(cpu.guest);
    assert_int_equal(test_sysregs.vttbr, NATIVE_SPACE);
}

static void a_wish_is_granted_once(void **state)
{
    (void)state;
    page_a.flags = VCPU_SKIP;
    assert_true(enter(&a));
    assert_int_equal(applied, VCPU_SKIP);
    leave(&a);
    applied = 0;
    assert_true(enter(&a));
    assert_int_equal(applied, 0);
}

static void a_guest_may_begin_by_waiting(void **state)
{
    (void)state;
    waits = 0;
    page_a.flags = VCPU_WAIT;
    assert_true(enter(&a));
    assert_int_equal(waits, 1);
    leave(&a);
    assert_true(enter(&a));
    assert_int_equal(waits, 1);
}

/* The GIC's registers are slow: with nothing there and nothing stated they are left alone. */
static void a_quiet_guest_costs_no_registers(void **state)
{
    (void)state;
    assert_true(enter(&a));
    leave(&a);
    assert_int_equal(enters + leaves, 0);
    page_a.interrupt_count = 1;
    assert_true(enter(&a));
    leave(&a);
    assert_int_equal(enters, 1);
    assert_int_equal(leaves, 1);
    page_a.interrupt_count = 0;
    assert_true(enter(&a)); /* what was there is taken out */
    assert_int_equal(enters, 2);
    leave(&a);
    a.vgic.control |= VGIC_CONTROL_NO_PENDING_IRQ;
    assert_true(enter(&a));
    assert_int_equal(enters, 3);
}

static void what_is_gone_is_nowhere(void **state)
{
    (void)state;
    assert_true(enter(&a));
    leave(&a);
    cpu.fp_owner = &a;
    arch_vcpu_destroy(&b); /* somebody else */
    assert_ptr_equal(cpu.loaded, &a);
    assert_ptr_equal(cpu.fp_owner, &a);
    assert_int_equal(saves, 0);
    arch_vcpu_destroy(&a);
    assert_null(cpu.loaded);
    assert_null(cpu.fp_owner);
    assert_int_equal(saves, 1); /* the timer's interrupt is released */
    assert_true(enter(&b));
    assert_int_equal(saves, 1); /* nothing is saved into it any more */
}

static void what_a_guest_waits_for(void **state)
{
    ticks when;

    (void)state;
    assert_true(enter(&a));
    leave(&a);
    assert_false(arch_vcpu_timer_deadline(&a, &when));
    assert_false(arch_vcpu_interrupt_pending(&a));
    has_deadline = true;
    deadline = now + 1;
    assert_true(arch_vcpu_timer_deadline(&a, &when));
    assert_true(when == now + 1);
    assert_false(arch_vcpu_interrupt_pending(&a));
    now++; /* it is due */
    assert_true(arch_vcpu_interrupt_pending(&a));
    is_in_flight = true; /* it has fired and the guest has it: it cannot again */
    assert_false(arch_vcpu_timer_deadline(&a, &when));
    assert_false(arch_vcpu_interrupt_pending(&a));
    is_pending = true;
    assert_true(arch_vcpu_interrupt_pending(&a));
}

static void interrupts_of_no_guest_are_nobodys(void **state)
{
    (void)state;
    assert_false(vcpu_take_virtual_timer(&cpu));
    vcpu_acknowledge_drained(&cpu);
    vcpu_exit_drained(&cpu);
    assert_int_equal(injected + exits + last_control, 0);

    assert_true(enter(&a));
    assert_true(vcpu_take_virtual_timer(&cpu));
    assert_int_equal(injected, 1);
    vcpu_exit_drained(&cpu);
    assert_int_equal(exits, 1);
    leave(&a);
    assert_false(vcpu_take_virtual_timer(&cpu));
    vcpu_exit_drained(&cpu);
    assert_int_equal(exits, 1);
    vcpu_acknowledge_drained(&cpu); /* it may have left meanwhile */
    assert_int_equal(last_control, VGIC_CONTROL_ENABLE);
}

static void an_error_ends_the_guest_and_not_the_phone(void **state)
{
    (void)state;
    is_error = true;
    assert_false(vcpu_take_error(&cpu, 0)); /* without a guest it is nobody's */
    assert_int_equal(exits, 0);
    assert_true(enter(&a));
    assert_true(vcpu_take_error(&cpu, 0));
    assert_int_equal(exits, 1);
    assert_int_equal(taken, 0);
    assert_true(vcpu_take_error(&cpu, 1)); /* a FIQ is acknowledged, or it comes again */
    assert_int_equal(exits, 2);
    assert_int_equal(taken, 1);
    leave(&a);
    assert_true(vcpu_take_error(&cpu, 0)); /* late, in a component */
    assert_int_equal(exits, 2);
    assert_int_equal(page_a.regs.pstate, PSTATE_NEVER);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(a_new_one_is_as_after_a_reset, begin),
        cmocka_unit_test_setup(native_code_sees_nothing_of_a_guest, begin),
        cmocka_unit_test_setup(guests_see_nothing_of_each_other, begin),
        cmocka_unit_test_setup(a_page_that_is_not_sensible_is_refused, begin),
        cmocka_unit_test_setup(a_wish_is_granted_once, begin),
        cmocka_unit_test_setup(a_guest_may_begin_by_waiting, begin),
        cmocka_unit_test_setup(a_quiet_guest_costs_no_registers, begin),
        cmocka_unit_test_setup(what_is_gone_is_nowhere, begin),
        cmocka_unit_test_setup(what_a_guest_waits_for, begin),
        cmocka_unit_test_setup(interrupts_of_no_guest_are_nobodys, begin),
        cmocka_unit_test_setup(an_error_ends_the_guest_and_not_the_phone, begin),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
