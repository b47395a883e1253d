/* SPDX-License-Identifier: BSD-2-Clause */
/* Threads: start, stop, faults, what revocation takes from them. */
#include "fixture.h"

enum { HANDLED = FREE, HANDLED_SCHED, HANDLER, HANDLER_SCHED, OTHER, MESSAGES };

static void start_runs_by_priority(void **state)
{
    struct thread *thread;

    (void)state;
    thread = make_thread(HANDLED, HANDLED_SCHED, 49);
    assert_ptr_equal(current(), thread);
    assert_int_equal(result_of(thread, 0), 3);
    assert_int_equal(thread->context.pc, 0x1000);
    assert_int_equal(thread->context.sp, 0x2000);
    OK(SYS_NULL, 0);
    SYS(SYS_THREAD_SUSPEND, HANDLED);
    assert_ptr_equal(current(), root());
    make_thread(OTHER, OTHER + 100, 48); /* equal: waits its turn */
    assert_ptr_equal(current(), root());
    OK(SYS_THREAD_RESUME, HANDLED);
    assert_ptr_equal(current(), thread);
}

static void a_passive_thread_waits_for_time(void **state)
{
    (void)state;
    make_thread(HANDLED, 0, 60);
    assert_ptr_equal(current(), root());
    retype(RAM, OBJECT_SCHED, 0, HANDLED_SCHED);
    budget(HANDLED_SCHED, 100, 1000);
    OK(SYS_SCHED_BIND, HANDLED_SCHED, HANDLED);
    assert_ptr_equal(current(), slot(HANDLED)->thread);
}

static void start_again_ends_what_it_waited_for(void **state)
{
    struct thread *thread;

    (void)state;
    thread = make_thread(HANDLED, HANDLED_SCHED, 49);
    SYS(SYS_CALL, ENDPOINT, 0);
    FAILS(STATUS_BUSY, SYS_THREAD_START, HANDLED);
    FAILS(STATUS_BUSY, SYS_THREAD_CONFIGURE, HANDLED, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, 0, 1);
    OK(SYS_THREAD_SUSPEND, HANDLED);
    OK(SYS_THREAD_START, HANDLED, 0x5000, 0x6000, 1);
    assert_ptr_equal(current(), thread);
    assert_int_equal(thread->context.pc, 0x5000);
}

/* ---- faults ---------------------------------------------------------------------------------- */

static const struct arch_fault fault = { FAULT_MEMORY, 0x92000000, 0x1234000 };

static struct thread *handled_thread(void)
{
    struct thread *thread;

    retype(RAM, OBJECT_THREAD, 0, HANDLED);
    copy(ENDPOINT, OTHER, RIGHT_WRITE, 99);
    OK(SYS_THREAD_CONFIGURE, HANDLED, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, OTHER, 49);
    retype(RAM, OBJECT_SCHED, 0, HANDLED_SCHED);
    budget(HANDLED_SCHED, 10000, 10000);
    OK(SYS_SCHED_BIND, HANDLED_SCHED, HANDLED);
    OK(SYS_THREAD_START, HANDLED, 0x1000, 0x2000, 0);
    thread = slot(HANDLED)->thread;
    assert_ptr_equal(current(), thread);
    thread->context.x[1] = 0x1111;
    return thread;
}

static void fault_and_answer(struct thread *thread, abi_word verdict)
{
    kernel_fault(&cpu()->arch, &fault);
    check_invariants();
    assert_ptr_equal(current(), root());
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(1), FAULT_WORDS);
    assert_int_equal(result(2), FAULT_MEMORY);
    assert_int_equal(result(3), fault.address);
    assert_int_equal(result(4), thread->context.pc);
    assert_int_equal(result(5), fault.syndrome);
    assert_int_equal(result(6), 99);
    OK(SYS_REPLY, REPLY, 1, verdict);
    assert_int_equal(thread->context.x[1], 0x1111);
}

static void a_fault_is_a_call(void **state)
{
    struct thread *thread;

    (void)state;
    thread = handled_thread();
    fault_and_answer(thread, FAULT_REPLY_RESUME);
    assert_ptr_equal(current(), thread);
    assert_int_equal(thread->context.pc, 0x1000);
    fault_and_answer(thread, FAULT_REPLY_SKIP);
    assert_int_equal(thread->context.pc, 0x1000 + FAKE_FAULT_SKIP_BYTES);
    fault_and_answer(thread, 7);
    assert_ptr_equal(current(), root());
    OK(SYS_THREAD_RESUME, HANDLED); /* it is stopped, not suspended */
    assert_ptr_equal(current(), root());
    OK(SYS_THREAD_START, HANDLED, 0x1000, 0x2000, 0);
    assert_ptr_equal(current(), thread);
}

static void a_fault_goes_to_who_waits(void **state)
{
    struct thread *handler;

    (void)state;
    handler = make_thread(HANDLER, HANDLER_SCHED, 55);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    handled_thread();
    kernel_fault(&cpu()->arch, &fault);
    assert_ptr_equal(current(), handler);
    assert_int_equal(result_of(handler, 2), FAULT_MEMORY);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 1, FAULT_REPLY_RESUME, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), slot(HANDLED)->thread);
}

static void a_fault_without_handler_stops(void **state)
{
    (void)state;
    make_thread(HANDLED, HANDLED_SCHED, 49);
    kernel_fault(&cpu()->arch, &fault);
    check_invariants();
    assert_ptr_equal(current(), root());
    assert_int_equal(slot(HANDLED)->thread->hold, HOLD_FAULT);
}

static void the_fault_endpoint_goes_away(void **state)
{
    struct thread *thread;

    (void)state;
    thread = handled_thread();
    kernel_fault(&cpu()->arch, &fault);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, ENDPOINT);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, ENDPOINT);
    assert_int_equal(thread->hold, HOLD_FAULT);
    assert_int_equal(thread->context.x[1], 0x1111);
}

/* ---- revocation ------------------------------------------------------------------------------ */

static void without_its_space_a_thread_stops(void **state)
{
    (void)state;
    retype(RAM, OBJECT_THREAD, 0, HANDLED);
    OK(SYS_THREAD_CONFIGURE, HANDLED, CNODE, SPACE, FRAME, 0, 0, 49);
    retype(RAM, OBJECT_SCHED, 0, HANDLED_SCHED);
    budget(HANDLED_SCHED, 10000, 10000);
    OK(SYS_SCHED_BIND, HANDLED_SCHED, HANDLED);
    OK(SYS_THREAD_START, HANDLED, 0x1000, 0x2000, 0);
    assert_true(fake.active_space == slot(HANDLED)->thread->space_register);
    FAILS(STATUS_BAD_CAP, SYS_SIGNAL, NOTE); /* its CNode has 16 slots */
    FAILS(STATUS_BAD_CAP, SYS_CALL, 16);
}

static void what_it_has_can_be_revoked(void **state)
{
    struct thread *thread;

    (void)state;
    retype(RAM, OBJECT_THREAD, 0, HANDLED);
    OK(SYS_THREAD_CONFIGURE, HANDLED, CNODE, SPACE, FRAME, 0, 0, 40);
    thread = slot(HANDLED)->thread;
    retype(RAM, OBJECT_SCHED, 0, HANDLED_SCHED);
    budget(HANDLED_SCHED, 10000, 10000);
    OK(SYS_SCHED_BIND, HANDLED_SCHED, HANDLED);
    OK(SYS_THREAD_START, HANDLED, 0x1000, 0x2000, 0);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, FRAME);
    assert_null(thread->message);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, CNODE);
    assert_int_equal(thread->slot_count, 0);
    assert_true(thread->is_queued);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, SPACE);
    assert_false(thread->is_queued);
    FAILS(STATUS_NOT_BOUND, SYS_THREAD_START, HANDLED);
    OK(SYS_THREAD_CONFIGURE, HANDLED, ROOT_SLOT_CNODE, SPACE, FRAME, 1024, 0, 49);
    OK(SYS_THREAD_START, HANDLED, 0x1000, 0x2000, 0);
    assert_ptr_equal(current(), thread);
    OK(SYS_NULL, 0);
}

static void destroyed_in_every_state(void **state)
{
    (void)state;
    for (unsigned i = 0; i < 4; i++) {
        static const abi_word argument[4][7] = {
            { ENDPOINT }, { ENDPOINT, 0, 0, 0, 0, 0, REPLY }, { NOTE }, { HANDLED }
        };
        static const unsigned number[4] = { SYS_CALL, SYS_RECEIVE, SYS_WAIT, SYS_THREAD_SUSPEND };

        make_thread(HANDLED, HANDLED_SCHED, 49);
        OK(SYS_THREAD_BIND, HANDLED, NOTE);
        sys_words(number[i], argument[i]);
        assert_ptr_equal(current(), root());
        OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HANDLED);
        OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HANDLED_SCHED);
        OK(SYS_SIGNAL, NOTE);
        OK(SYS_POLL, NOTE);
    }
    make_thread(HANDLED, HANDLED_SCHED, 49);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HANDLED); /* the current one */
    assert_ptr_equal(current(), root());
}

static void destroyed_while_it_waits_for_an_answer(void **state)
{
    (void)state;
    make_thread(HANDLED, HANDLED_SCHED, 49);
    SYS(SYS_CALL, ENDPOINT, 0);
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HANDLED);
    FAILS(STATUS_NOT_BOUND, SYS_REPLY, REPLY);
}

int thread_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(start_runs_by_priority),
        TEST(a_passive_thread_waits_for_time),
        TEST(start_again_ends_what_it_waited_for),
        TEST(a_fault_is_a_call),
        TEST(a_fault_goes_to_who_waits),
        TEST(a_fault_without_handler_stops),
        TEST(the_fault_endpoint_goes_away),
        TEST(without_its_space_a_thread_stops),
        TEST(what_it_has_can_be_revoked),
        TEST(destroyed_in_every_state),
        TEST(destroyed_while_it_waits_for_an_answer),
    };

    return cmocka_run_group_tests_name("threads", tests, NULL, NULL);
}
