/* SPDX-License-Identifier: BSD-2-Clause */
/* Timers, interrupts, vCPUs. */
#include "fixture.h"

enum { RUNNER = FREE, RUNNER_SCHED, BADGED, HIGH, HIGH_SCHED };

static void a_timer_signals_once(void **state)
{
    (void)state;
    copy(NOTE, BADGED, RIGHT_WRITE, 8);
    OK(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, TIMER, BADGED);
    OK(SYS_TIMER_SET, TIMER, (abi_word)fake.now + 50, 0);
    pass(100);
    OK(SYS_POLL, NOTE);
    assert_int_equal(result(1), 8);
    pass(100);
    FAILS(STATUS_WOULD_BLOCK, SYS_POLL, NOTE);
    OK(SYS_TIMER_SET, TIMER, (abi_word)fake.now + 50, 0);
    OK(SYS_TIMER_SET, TIMER, (abi_word)fake.now + 500, 0);
    pass(100);
    FAILS(STATUS_WOULD_BLOCK, SYS_POLL, NOTE);
    OK(SYS_TIMER_CANCEL, TIMER);
    pass(1000);
    FAILS(STATUS_WOULD_BLOCK, SYS_POLL, NOTE);
    OK(SYS_TIMER_SET, TIMER, 0, 0); /* in the past: at once */
    pass(1);
    OK(SYS_POLL, NOTE);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, BADGED); /* takes the binding too */
    FAILS(STATUS_NOT_BOUND, SYS_TIMER_SET, TIMER, 0, 0);
}

static void an_interrupt_signals(void **state)
{
    (void)state;
    copy(NOTE, BADGED, RIGHT_WRITE, 16);
    assert_true(fake.is_masked[IRQ_ID]);
    kernel_interrupt(&cpu()->arch, IRQ_ID); /* unbound: nothing */
    FAILS(STATUS_WOULD_BLOCK, SYS_POLL, NOTE);
    OK(SYS_IRQ_BIND, IRQ, BADGED);
    assert_false(fake.is_masked[IRQ_ID]);
    fake.is_masked[IRQ_ID] = true;
    kernel_interrupt(&cpu()->arch, IRQ_ID);
    check_invariants();
    OK(SYS_POLL, NOTE);
    assert_int_equal(result(1), 16);
    OK(SYS_IRQ_ACK, IRQ);
    assert_false(fake.is_masked[IRQ_ID]);
    kernel_interrupt(&cpu()->arch, IRQ_MAX + 5); /* spurious */
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, IRQ + WEAK);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, IRQ);
    assert_true(fake.is_masked[IRQ_ID]);
    OK(SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, IRQ_ID, ROOT_SLOT_CNODE, IRQ);
}

/* ---- vCPU ------------------------------------------------------------------------------------ */

static struct thread *runner(void)
{
    OK(SYS_VCPU_CONFIGURE, VCPU, GUEST_SPACE, FRAME);
    return make_thread(RUNNER, RUNNER_SCHED, 49);
}

static void enter(struct thread *thread)
{
    SYS(SYS_VCPU_RUN, VCPU);
    assert_ptr_equal(current(), thread);
    assert_ptr_equal(cpu()->arch.guest, &slot(VCPU)->vcpu->arch);
    assert_true(slot(VCPU)->vcpu->arch.entry.is_loaded);
}

static void assert_exit(struct thread *thread, enum vcpu_exit reason)
{
    check_invariants();
    assert_null(cpu()->arch.guest);
    assert_false(slot(VCPU)->vcpu->arch.entry.is_loaded);
    assert_int_equal(result_of(thread, 0), STATUS_OK);
    assert_int_equal(result_of(thread, 1), reason);
}

static void run_and_exit(void **state)
{
    struct thread *thread;

    (void)state;
    thread = runner();
    enter(thread);
    kernel_vcpu_exit(&cpu()->arch, VCPU_EXIT_MMIO);
    assert_exit(thread, VCPU_EXIT_MMIO);
    assert_true(fake.active_space == thread->space_register);
    OK(SYS_VCPU_RESET, VCPU);
    assert_int_equal(fake.vcpu_resets, 1);
    fake.vcpu_refuses = true;
    SYS(SYS_VCPU_RUN, VCPU);
    assert_exit(thread, VCPU_EXIT_INVALID);
}

static void a_notification_ends_it(void **state)
{
    struct thread *thread;

    (void)state;
    copy(NOTE, BADGED, RIGHT_WRITE, 2);
    OK(SYS_IRQ_BIND, IRQ, BADGED);
    thread = runner();
    OK(SYS_THREAD_BIND, RUNNER, NOTE);
    enter(thread);
    kernel_interrupt(&cpu()->arch, IRQ_ID); /* while the guest runs */
    assert_exit(thread, VCPU_EXIT_NOTIFIED);
    assert_int_equal(result_of(thread, 2), 2);
    OK(SYS_SIGNAL, BADGED); /* before it is entered */
    SYS(SYS_VCPU_RUN, VCPU);
    assert_exit(thread, VCPU_EXIT_NOTIFIED);
    enter(thread);
    kernel_vcpu_wait(&cpu()->arch); /* and while it waits */
    assert_ptr_equal(current(), root());
    OK(SYS_SIGNAL, BADGED);
    assert_ptr_equal(current(), thread);
    assert_exit(thread, VCPU_EXIT_NOTIFIED);
}

static void waiting_wakes_at_the_guests_timer(void **state)
{
    struct thread *thread;

    (void)state;
    thread = runner();
    enter(thread);
    fake.vcpu_has_interrupt = true;
    kernel_vcpu_wait(&cpu()->arch);
    assert_ptr_equal(current(), thread);
    assert_non_null(cpu()->arch.guest);
    fake.vcpu_has_interrupt = false;
    fake.vcpu_has_deadline = true;
    fake.vcpu_deadline = fake.now + 500;
    kernel_vcpu_wait(&cpu()->arch);
    check_invariants();
    assert_ptr_equal(current(), root());
    assert_null(cpu()->arch.guest);
    pass(499);
    assert_ptr_equal(current(), root());
    pass(2);
    assert_ptr_equal(current(), thread);
    assert_non_null(cpu()->arch.guest);
}

/* The guest is taken off the CPU and goes on later; its VMM is not told. */
static void a_guest_is_preempted(void **state)
{
    struct thread *thread;
    struct thread *high;

    (void)state;
    high = make_thread(HIGH, HIGH_SCHED, 63);
    SYS(SYS_WAIT, NOTE);
    OK(SYS_IRQ_BIND, IRQ, NOTE);
    thread = runner();
    enter(thread);
    kernel_interrupt(&cpu()->arch, IRQ_ID);
    check_invariants();
    assert_ptr_equal(current(), high);
    assert_null(cpu()->arch.guest);
    assert_ptr_equal(thread->vcpu, slot(VCPU)->vcpu);
    SYS(SYS_WAIT, NOTE);
    assert_ptr_equal(current(), thread);
    assert_non_null(cpu()->arch.guest);
    kernel_interrupt(&cpu()->arch, 50); /* nobody's: the guest stays */
    assert_non_null(cpu()->arch.guest);
    assert_int_equal(fake.vcpu_leaves, 1);
    /* The page has become unusable meanwhile. */
    kernel_interrupt(&cpu()->arch, IRQ_ID);
    fake.vcpu_refuses = true;
    SYS(SYS_WAIT, NOTE);
    assert_exit(thread, VCPU_EXIT_INVALID);
}

static void a_guest_uses_its_budget_only(void **state)
{
    struct thread *thread;

    (void)state;
    thread = runner();
    OK(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, RUNNER_SCHED, 200, 1000);
    enter(thread);
    pass(201);
    assert_ptr_equal(current(), root());
    assert_null(cpu()->arch.guest);
    pass(1000);
    assert_true(fake.vcpu_enters > 1);
}

static void revoked_while_it_runs(void **state)
{
    struct thread *thread;

    (void)state;
    thread = runner();
    enter(thread);
    kernel_vcpu_wait(&cpu()->arch);
    assert_ptr_equal(current(), root());
    make_thread(HIGH, HIGH_SCHED, 60);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, FRAME); /* its page */
    assert_int_equal(result_of(thread, 0), STATUS_REVOKED);
    assert_null(thread->vcpu);
    FAILS(STATUS_NOT_BOUND, SYS_VCPU_RUN, VCPU);
    OK(SYS_VCPU_CONFIGURE, VCPU, GUEST_SPACE, FRAME);
    SYS(SYS_THREAD_SUSPEND, HIGH);
    enter(thread);
    kernel_vcpu_wait(&cpu()->arch);
}

static void busy_while_it_runs(void **state)
{
    struct thread *thread;

    (void)state;
    thread = runner();
    enter(thread);
    kernel_vcpu_wait(&cpu()->arch);
    assert_ptr_equal(current(), root());
    FAILS(STATUS_BUSY, SYS_VCPU_RUN, VCPU);
    FAILS(STATUS_BUSY, SYS_VCPU_RESET, VCPU);
    FAILS(STATUS_BUSY, SYS_VCPU_CONFIGURE, VCPU, GUEST_SPACE, FRAME);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, VCPU + WEAK);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, VCPU);
    assert_ptr_equal(current(), thread);
    assert_int_equal(result_of(thread, 0), STATUS_REVOKED);
}

static void its_runner_is_destroyed(void **state)
{
    struct thread *thread;

    (void)state;
    thread = runner();
    enter(thread);
    kernel_vcpu_wait(&cpu()->arch);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, RUNNER);
    assert_null(slot(VCPU)->vcpu->runner);
    SYS(SYS_VCPU_RUN, VCPU); /* root can */
    kernel_vcpu_exit(&cpu()->arch, VCPU_EXIT_HVC);
    assert_exit(root(), VCPU_EXIT_HVC);
}

/* ---- console, machine ------------------------------------------------------------------------ */

static void console_writes_bytes(void **state)
{
    const char text[17] = "hello from root!";
    abi_word words[16 / sizeof(abi_word)];

    (void)state;
    memcpy(words, text, 16);
    OK(SYS_CONSOLE_WRITE, ROOT_SLOT_CONSOLE, 2 * sizeof(abi_word), words[0], words[1]);
    assert_memory_equal(fake.console, text, 2 * sizeof(abi_word));
    FAILS(STATUS_BAD_RIGHTS, SYS_CONSOLE_WRITE, (copy(ROOT_SLOT_CONSOLE, BADGED, 0, 0), BADGED), 1);
}

static void shutdown_is_final(void **state)
{
    (void)state;
    fake_end_is_set = true;
    if (setjmp(fake_end) == 0) {
        SYS(SYS_SHUTDOWN, ROOT_SLOT_SCHED_CONTROL, SHUTDOWN_OFF);
        fail();
    }
    if (setjmp(fake_end) == 0) {
        SYS(SYS_SHUTDOWN, ROOT_SLOT_SCHED_CONTROL, SHUTDOWN_RESET);
        fail();
    }
    fake_end_is_set = false;
    assert_int_equal(fake.machine_off, 1);
    assert_int_equal(fake.machine_reset, 1);
    copy(ROOT_SLOT_SCHED_CONTROL, BADGED, 0, 0);
    FAILS(STATUS_BAD_RIGHTS, SYS_SHUTDOWN, BADGED, 0);
}

int device_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_timer_signals_once),
        TEST(an_interrupt_signals),
        TEST(run_and_exit),
        TEST(a_notification_ends_it),
        TEST(waiting_wakes_at_the_guests_timer),
        TEST(a_guest_is_preempted),
        TEST(a_guest_uses_its_budget_only),
        TEST(revoked_while_it_runs),
        TEST(busy_while_it_runs),
        TEST(its_runner_is_destroyed),
        TEST(console_writes_bytes),
        TEST(shutdown_is_final),
    };

    return cmocka_run_group_tests_name("devices", tests, NULL, NULL);
}
