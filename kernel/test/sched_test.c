/* SPDX-License-Identifier: BSD-2-Clause */
/* Budgets, periods, time slices. A tick of the fake is a microsecond. */
#include "fixture.h"

enum { HIGH = FREE, HIGH_SCHED, LOW, LOW_SCHED };

static void a_budget_is_enforced(void **state)
{
    ticks used = 0;
    struct thread *high;

    (void)state;
    high = make_thread(HIGH, 0, 60);
    retype(RAM, OBJECT_SCHED, 0, HIGH_SCHED);
    budget(HIGH_SCHED, 300, 1000);
    OK(SYS_SCHED_BIND, HIGH_SCHED, HIGH);
    for (unsigned i = 0; i < 100000; i += 10) {
        used += current() == high ? 10 : 0;
        pass(10);
    }
    assert_in_range(used, 29000, 31000);
}

static void yield_gives_the_rest_up(void **state)
{
    struct thread *high;

    (void)state;
    high = make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_YIELD, 0);
    assert_ptr_equal(current(), root());
    pass(9000);
    assert_ptr_equal(current(), root());
    pass(2000);
    assert_ptr_equal(current(), high);
}

static void equals_take_turns(void **state)
{
    ticks mine = 0;
    ticks others = 0;

    (void)state;
    make_thread(HIGH, HIGH_SCHED, 48);
    make_thread(LOW, LOW_SCHED, 48);
    for (unsigned i = 0; i < 300; i++) {
        mine += current() == root();
        others += current() == slot(HIGH)->thread;
        pass(1000);
    }
    assert_in_range(mine, 90, 110);
    assert_in_range(others, 90, 110);
}

static void a_spinning_thread_does_not_delay_a_higher_one(void **state)
{
    struct thread *high;

    (void)state;
    make_thread(LOW, LOW_SCHED, 1);
    high = make_thread(HIGH, HIGH_SCHED, 63);
    retype(RAM, OBJECT_TIMER, 0, LOW + 10);
    OK(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, LOW + 10, NOTE);
    OK(SYS_TIMER_SET, LOW + 10, (abi_word)fake.now + 5000, 0);
    SYS(SYS_WAIT, NOTE);
    SYS(SYS_THREAD_SUSPEND, ROOT_SLOT_THREAD);
    assert_ptr_equal(current(), slot(LOW)->thread);
    pass(4990);
    assert_ptr_equal(current(), slot(LOW)->thread);
    pass(20);
    assert_ptr_equal(current(), high);
    SYS(SYS_THREAD_RESUME, ROOT_SLOT_THREAD);
}

/* Two that become ready in one kernel entry, before anybody is chosen. */
static struct thread *held(unsigned thread, unsigned sched, unsigned priority)
{
    struct thread *made = make_thread(thread, sched, 1);

    OK(SYS_THREAD_SUSPEND, thread);
    made->priority = (uint8_t)priority;
    made->outranking = ~(uint64_t)1 << priority;
    made->hold = 0;
    return made;
}

static void of_equals_the_first_to_be_ready_runs_first(void **state)
{
    struct thread *first = held(HIGH, HIGH_SCHED, 60);
    struct thread *second = held(LOW, LOW_SCHED, 60);

    (void)state;
    run_ready(first);
    run_ready(second);
    run_next(cpu());
    assert_ptr_equal(current(), first);
    check_invariants();
    first->hold = HOLD_SUSPENDED;
    run_next(cpu());
    assert_ptr_equal(current(), second);
}

static void the_more_urgent_of_two_runs_first(void **state)
{
    struct thread *first = held(HIGH, HIGH_SCHED, 60);
    struct thread *second = held(LOW, LOW_SCHED, 61);

    (void)state;
    run_ready(first);
    run_ready(second);
    run_next(cpu());
    assert_ptr_equal(current(), second);
    check_invariants();
}

static void who_is_held_again_does_not_run(void **state)
{
    struct thread *high = held(HIGH, HIGH_SCHED, 60);

    (void)state;
    run_ready(high);
    high->hold = HOLD_SUSPENDED;
    run_unready(high);
    run_next(cpu());
    assert_ptr_equal(current(), root());
    check_invariants();
}

static void nothing_to_run_is_idle(void **state)
{
    (void)state;
    retype(RAM, OBJECT_TIMER, 0, FREE);
    OK(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, FREE, NOTE);
    OK(SYS_TIMER_SET, FREE, (abi_word)fake.now + 100, 0);
    SYS(SYS_WAIT, NOTE);
    assert_null(cpu()->arch.context);
    assert_true(fake.active_space == arch_space_none());
    pass(99);
    assert_null(cpu()->arch.context);
    pass(2);
    assert_ptr_equal(current(), root());
    assert_int_equal(result_of(root(), 1), 1);
}

static void a_reconfigured_budget_counts_at_once(void **state)
{
    struct thread *low;

    (void)state;
    low = make_thread(LOW, LOW_SCHED, 40);
    budget(LOW_SCHED, 100, 10000000);
    SYS(SYS_WAIT, NOTE);
    assert_ptr_equal(current(), low);
    pass(200);
    assert_null(current()); /* used up for ten seconds */
}

static void unbind_stops(void **state)
{
    struct thread *low;

    (void)state;
    low = make_thread(LOW, LOW_SCHED, 40);
    assert_true(low->is_queued);
    OK(SYS_SCHED_UNBIND, LOW_SCHED);
    assert_false(low->is_queued);
    OK(SYS_SCHED_BIND, LOW_SCHED, LOW);
    assert_true(low->is_queued);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, LOW_SCHED);
    assert_false(low->is_queued);
    assert_null(low->home);
}

static void a_context_deleted_under_its_thread(void **state)
{
    (void)state;
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HIGH_SCHED);
    assert_ptr_equal(current(), root());
    pass(5000);
}

int sched_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_budget_is_enforced),
        TEST(yield_gives_the_rest_up),
        TEST(equals_take_turns),
        TEST(a_spinning_thread_does_not_delay_a_higher_one),
        TEST(of_equals_the_first_to_be_ready_runs_first),
        TEST(the_more_urgent_of_two_runs_first),
        TEST(who_is_held_again_does_not_run),
        TEST(nothing_to_run_is_idle),
        TEST(a_reconfigured_budget_counts_at_once),
        TEST(unbind_stops),
        TEST(a_context_deleted_under_its_thread),
    };

    return cmocka_run_group_tests_name("scheduling", tests, NULL, NULL);
}
