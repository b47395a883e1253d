/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conditions whose removal no other test noticed: each kernel file's were taken out in turn. What
 * is here is what a hostile component could have gained by one that is missing.
 */
#include "fixture.h"

enum {
    HIGH = FREE,
    HIGH_SCHED,
    LOW,
    LOW_SCHED,
    CLIENT,
    CLIENT_SCHED,
    CROWD,
    OTHER,
    NOTE_2,
    OTHER_SPACE,
    OTHER_TABLE
};

enum { MESSAGE_ALIGN = 16 }; /* docs/syscalls.md */

/* One trap, without coming back to a call that is to be restarted. */
static void trap(unsigned number, abi_word a, abi_word b)
{
    current()->context.x[0] = a;
    current()->context.x[1] = b;
    current()->context.x[7] = number;
    kernel_syscall(&cpu()->arch);
}

/* ---- slots and objects ----------------------------------------------------------------------- */

static void a_lookup_ends_with_the_cnode(void **state)
{
    struct cap slots[2] = { { .type = OBJECT_ENDPOINT }, { .type = OBJECT_ENDPOINT } };

    (void)state;
    assert_ptr_equal(cap_find(slots, 1, 0), &slots[0]);
    assert_null(cap_find(slots, 1, 1));
}

static void calls_end_with_the_table(void **state)
{
    (void)state;
    FAILS(STATUS_BAD_CALL, SYS_SHUTDOWN + 1, ROOT_SLOT_SCHED_CONTROL);
}

/* A row of the table costs 32 bytes, used or not. */
static void the_table_has_no_empty_row(void **state)
{
    (void)state;
    for (unsigned number = 0; number <= SYS_SHUTDOWN; number++) {
        if (number != SYS_YIELD) { /* it leaves nobody who could go on */
            trap(number, 0, 0);
            assert_int_not_equal(current()->context.x[0], STATUS_BAD_CALL);
        }
    }
}

static void interrupts_end_with_the_table(void **state)
{
    (void)state;
    kernel_interrupt(&cpu()->arch, IRQ_MAX);
    check_invariants();
}

static void the_largest_untyped(void **state)
{
    struct object_shape shape;

    (void)state;
    assert_true(object_shape(OBJECT_UNTYPED, 30, &shape));
    assert_int_equal(shape.bytes, 1u << 30);
    assert_false(object_shape(OBJECT_UNTYPED, 31, &shape));
}

static void new_objects_are_zero(void **state)
{
    static const enum object_type type[] = { OBJECT_ENDPOINT, OBJECT_NOTIFICATION, OBJECT_REPLY,
                                             OBJECT_SCHED,    OBJECT_TIMER,        OBJECT_VCPU };

    (void)state;
    for (unsigned i = 0; i < sizeof(type) / sizeof(type[0]); i++) {
        const unsigned char *bytes;
        struct object_shape shape;

        retype(RAM_2, type[i], 0, FREE + i);
        bytes = slot(FREE + i)->object;
        assert_true(object_shape(type[i], 0, &shape));
        for (unsigned k = 0; k < shape.bytes; k++) {
            assert_int_equal(bytes[k], 0);
        }
    }
}

/* ---- what is being destroyed is not made anew ------------------------------------------------ */

/* A CNode in RAM_2 with the interrupt in it; root's delete of it is cut off by a more urgent
 * thread. */
static void begin_to_delete_a_crowd(void)
{
    make_thread(HIGH, HIGH_SCHED, 63);
    SYS(SYS_WAIT, NOTE);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, IRQ + WEAK);
    retype(RAM_2, OBJECT_CNODE, 6, CROWD);
    OK(SYS_CAP_MOVE, CROWD, 1, ROOT_SLOT_CNODE, IRQ);
    for (unsigned i = 2; i < 60; i++) {
        OK(SYS_CAP_COPY, CROWD, i, ROOT_SLOT_CNODE, ENDPOINT, RIGHTS_ALL, 0);
    }
    fake.is_pending = true;
    trap(SYS_CAP_DELETE, ROOT_SLOT_CNODE, CROWD);
    assert_ptr_equal(current(), root());
    assert_true(reaper_has_work());
    notification_signal(slot(NOTE)->notification, 1);
    run_next(cpu());
    assert_ptr_equal(current(), slot(HIGH)->thread);
}

static void memory_is_not_reused_before_its_object_is_gone(void **state)
{
    (void)state;
    begin_to_delete_a_crowd();
    retype(RAM_2, OBJECT_FRAME, 12, OTHER);
    assert_true(fixture_restarts > 0);
    assert_false(reaper_has_work());
}

static void an_interrupt_is_free_when_its_object_is_gone(void **state)
{
    (void)state;
    begin_to_delete_a_crowd();
    OK(SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, IRQ_ID, ROOT_SLOT_CNODE, OTHER);
    assert_true(fixture_restarts > 0);
}

static void idle_time_finishes_a_destruction(void **state)
{
    (void)state;
    begin_to_delete_a_crowd();
    OK(SYS_THREAD_SUSPEND, ROOT_SLOT_THREAD);
    fake.is_pending = false;
    SYS(SYS_WAIT, NOTE);
    assert_null(current());
    assert_false(reaper_has_work());
}

static void the_timer_finishes_a_destruction(void **state)
{
    (void)state;
    begin_to_delete_a_crowd();
    OK(SYS_THREAD_SUSPEND, ROOT_SLOT_THREAD);
    for (unsigned i = 0; i < 200 && reaper_has_work(); i++) {
        kernel_timer(&cpu()->arch);
        assert_ptr_equal(current(), slot(HIGH)->thread);
    }
    assert_false(reaper_has_work());
}

/* ---- memory ---------------------------------------------------------------------------------- */

static void make_tables(void)
{
    retype(RAM_2, OBJECT_SPACE, SPACE_NATIVE, OTHER_SPACE);
    retype(RAM_2, OBJECT_TABLE, 0, OTHER_TABLE);
    OK(SYS_SPACE_MAP_TABLE, SPACE, TABLE, 0, 2);
    OK(SYS_SPACE_MAP_TABLE, SPACE, OTHER_TABLE, 0, 3);
}

static void device_memory_is_never_mapped_as_normal(void **state)
{
    (void)state;
    make_tables();
    OK(SYS_SPACE_MAP, SPACE, DEVICE_FRAME, 0, MAP_READ | MAP_WRITE);
    assert_int_equal(fake_attributes(slot(SPACE)->space->root_table, (ipa_addr){ 0 }),
                     MAP_READ | MAP_WRITE | MAP_DEVICE);
}

static void a_table_serves_one_space(void **state)
{
    (void)state;
    make_tables();
    FAILS(STATUS_MAPPED, SYS_SPACE_MAP_TABLE, OTHER_SPACE, TABLE, 0, 2);
    FAILS(STATUS_NO_TABLE, SYS_SPACE_MAP, OTHER_SPACE, FRAME, 0, MAP_READ);
}

static void a_refused_table_can_be_used_elsewhere(void **state)
{
    (void)state;
    FAILS(STATUS_NO_TABLE, SYS_SPACE_MAP_TABLE, SPACE, TABLE, 0, 3);
    OK(SYS_SPACE_MAP_TABLE, SPACE, TABLE, 0, 2);
}

static void a_message_buffer_may_be_the_last_of_its_frame(void **state)
{
    const abi_word last = (4096 - sizeof(struct message_buffer)) & ~(abi_word)(MESSAGE_ALIGN - 1);

    (void)state;
    OK(SYS_THREAD_CONFIGURE, THREAD, ROOT_SLOT_CNODE, SPACE, FRAME, last, 0, 5);
    FAILS(STATUS_BAD_ARGUMENT, SYS_THREAD_CONFIGURE, THREAD, ROOT_SLOT_CNODE, SPACE, FRAME,
          last + MESSAGE_ALIGN, 0, 5);
}

/* ---- time ------------------------------------------------------------------------------------ */

/* Somebody else's refill must not give the one that runs more than its own budget. */
static void a_refill_is_for_its_own_context(void **state)
{
    struct thread *low;

    (void)state;
    retype(RAM, OBJECT_NOTIFICATION, 0, NOTE_2);
    OK(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, TIMER, NOTE_2);
    OK(SYS_TIMER_SET, TIMER, (abi_word)fake.now + 20000, 0);
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_WAIT, NOTE_2);
    low = make_thread(LOW, LOW_SCHED, 40);
    pass(19800);
    budget(LOW_SCHED, 300, 100000);
    SYS(SYS_WAIT, NOTE);
    assert_ptr_equal(current(), low);
    pass(200); /* the timer: a context that was not used for two of its periods is refilled */
    assert_ptr_equal(current(), slot(HIGH)->thread);
    SYS(SYS_WAIT, NOTE_2);
    assert_ptr_equal(current(), low);
    pass(120);
    assert_null(current());
}

static void a_preempted_thread_keeps_its_turn(void **state)
{
    struct thread *first;

    (void)state;
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_WAIT, NOTE);
    first = make_thread(LOW, LOW_SCHED, 40);
    make_thread(CLIENT, CLIENT_SCHED, 40);
    retype(RAM, OBJECT_NOTIFICATION, 0, NOTE_2);
    SYS(SYS_WAIT, NOTE_2);
    assert_ptr_equal(current(), first);
    notification_signal(slot(NOTE)->notification, 1);
    run_next(cpu());
    assert_ptr_equal(current(), slot(HIGH)->thread);
    SYS(SYS_WAIT, NOTE);
    assert_ptr_equal(current(), first);
}

static void a_refill_may_find_nobody(void **state)
{
    (void)state;
    make_thread(HIGH, HIGH_SCHED, 60);
    OK(SYS_YIELD, 0);
    assert_ptr_equal(current(), root());
    assert_non_null(cpu()->timeline); /* it is to come back */
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HIGH);
    pass(20000);
    assert_ptr_equal(current(), root());
}

static void a_dead_thread_leaves_its_time_behind(void **state)
{
    (void)state;
    make_thread(HIGH, HIGH_SCHED, 40);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HIGH);
    assert_null(slot(HIGH_SCHED)->sched->owner);
    assert_null(slot(HIGH_SCHED)->sched->holder);
    make_thread(LOW, 0, 40);
    OK(SYS_SCHED_BIND, HIGH_SCHED, LOW);
}

/* The running thread's account is not touched by what it does to others'. */
static void another_context_is_no_refund(void **state)
{
    const ticks end = cpu()->budget_end;

    (void)state;
    make_thread(HIGH, HIGH_SCHED, 40);
    make_thread(LOW, LOW_SCHED, 40);
    fake.now += 1000;
    budget(HIGH_SCHED, 1000000, 1000000);
    assert_true(cpu()->budget_end == end);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, LOW_SCHED);
    assert_true(cpu()->budget_end == end);
}

static void a_new_budget_ends_the_wait_for_the_old(void **state)
{
    struct thread *high;

    (void)state;
    high = make_thread(HIGH, HIGH_SCHED, 60);
    OK(SYS_YIELD, 0);
    assert_ptr_equal(current(), root());
    budget(HIGH_SCHED, SCHED_BUDGET_MIN_US, 1000);
    assert_ptr_equal(current(), high);
}

/* root's context is lent to a server that has none of its own. */
static struct thread *lend_to_server(void)
{
    struct thread *server = make_thread(HIGH, HIGH_SCHED, 60);

    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_SCHED_UNBIND, HIGH_SCHED);
    budget(SCHED, 1000, 1000);
    make_thread(LOW, LOW_SCHED, 30);
    make_thread(CLIENT, 0, 30);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), server);
    assert_ptr_equal(server->sched, slot(ROOT_SLOT_SCHED)->sched);
    return server;
}

static void who_lends_or_borrows_is_bound(void **state)
{
    (void)state;
    lend_to_server();
    FAILS(STATUS_BUSY, SYS_SCHED_BIND, SCHED, HIGH);             /* it has a loan */
    FAILS(STATUS_BUSY, SYS_SCHED_BIND, SCHED, ROOT_SLOT_THREAD); /* it has lent its own */
    FAILS(STATUS_BUSY, SYS_SCHED_BIND, ROOT_SLOT_SCHED, CLIENT);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, ROOT_SLOT_THREAD);
    assert_null(slot(ROOT_SLOT_SCHED)->sched->owner);
    FAILS(STATUS_BUSY, SYS_SCHED_BIND, ROOT_SLOT_SCHED, CLIENT); /* somebody still runs on it */
}

static void a_loan_whose_server_died_is_bound(void **state)
{
    (void)state;
    lend_to_server();
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HIGH);
    assert_ptr_equal(current(), slot(LOW)->thread);
    assert_null(slot(ROOT_SLOT_SCHED)->sched->holder);
    FAILS(STATUS_BUSY, SYS_SCHED_BIND, ROOT_SLOT_SCHED, CLIENT); /* an answer will return it */
}

static void a_server_that_blocks_keeps_what_it_was_lent(void **state)
{
    struct thread *server;

    (void)state;
    server = lend_to_server();
    SYS(SYS_WAIT, NOTE);
    assert_ptr_equal(current(), slot(LOW)->thread);
    assert_ptr_equal(slot(ROOT_SLOT_SCHED)->sched->holder, server);
}

/* ---- guests ---------------------------------------------------------------------------------- */

/* In a space of its own, so that a wrong one shows. */
static struct thread *idle_runner(void)
{
    OK(SYS_VCPU_CONFIGURE, VCPU, GUEST_SPACE, FRAME);
    retype(RAM, OBJECT_THREAD, 0, HIGH);
    retype(RAM, OBJECT_SCHED, 0, HIGH_SCHED);
    budget(HIGH_SCHED, 10000, 10000);
    OK(SYS_THREAD_CONFIGURE, HIGH, ROOT_SLOT_CNODE, SPACE, 0, 0, 0, 60);
    OK(SYS_SCHED_BIND, HIGH_SCHED, HIGH);
    OK(SYS_THREAD_START, HIGH, 0x1000, 0x2000, 3);
    SYS(SYS_VCPU_RUN, VCPU);
    assert_non_null(cpu()->arch.guest);
    return slot(HIGH)->thread;
}

static void a_guest_ends_with_its_space(void **state)
{
    struct thread *runner;

    (void)state;
    runner = idle_runner();
    kernel_vcpu_wait(&cpu()->arch);
    OK(SYS_SCHED_UNBIND, HIGH_SCHED); /* it is not to run yet */
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, GUEST_SPACE);
    assert_null(runner->vcpu);
    assert_int_equal(result_of(runner, 0), STATUS_REVOKED);
    assert_ptr_equal(current(), root()); /* and root's space is still the one: an invariant */
}

static void a_guest_without_a_timer_sleeps_on(void **state)
{
    (void)state;
    idle_runner();
    fake.vcpu_deadline = fake.now + 500;
    kernel_vcpu_wait(&cpu()->arch);
    assert_ptr_equal(current(), root());
    pass(9000);
    assert_int_equal(fake.vcpu_enters, 1);
}

static void a_guest_that_cannot_go_on_behind_its_wfi(void **state)
{
    struct thread *runner;

    (void)state;
    runner = idle_runner();
    fake.vcpu_has_interrupt = true;
    fake.vcpu_refuses = true;
    fake.active_space = 0; /* the guest's */
    kernel_vcpu_wait(&cpu()->arch);
    check_invariants();
    assert_ptr_equal(current(), runner);
    assert_int_equal(result_of(runner, 1), VCPU_EXIT_INVALID);
}

static void a_reset_that_is_refused_resets_nothing(void **state)
{
    (void)state;
    FAILS(STATUS_NOT_BOUND, SYS_VCPU_RESET, VCPU);
    assert_int_equal(fake.vcpu_resets, 0);
}

int guards_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_lookup_ends_with_the_cnode),
        TEST(calls_end_with_the_table),
        TEST(the_table_has_no_empty_row),
        TEST(interrupts_end_with_the_table),
        TEST(the_largest_untyped),
        TEST(new_objects_are_zero),
        TEST(memory_is_not_reused_before_its_object_is_gone),
        TEST(an_interrupt_is_free_when_its_object_is_gone),
        TEST(idle_time_finishes_a_destruction),
        TEST(the_timer_finishes_a_destruction),
        TEST(device_memory_is_never_mapped_as_normal),
        TEST(a_table_serves_one_space),
        TEST(a_refused_table_can_be_used_elsewhere),
        TEST(a_message_buffer_may_be_the_last_of_its_frame),
        TEST(a_refill_is_for_its_own_context),
        TEST(a_preempted_thread_keeps_its_turn),
        TEST(a_refill_may_find_nobody),
        TEST(a_dead_thread_leaves_its_time_behind),
        TEST(another_context_is_no_refund),
        TEST(a_new_budget_ends_the_wait_for_the_old),
        TEST(who_lends_or_borrows_is_bound),
        TEST(a_loan_whose_server_died_is_bound),
        TEST(a_server_that_blocks_keeps_what_it_was_lent),
        TEST(a_guest_ends_with_its_space),
        TEST(a_guest_without_a_timer_sleeps_on),
        TEST(a_guest_that_cannot_go_on_behind_its_wfi),
        TEST(a_reset_that_is_refused_resets_nothing),
    };

    return cmocka_run_group_tests_name("guards", tests, NULL, NULL);
}
