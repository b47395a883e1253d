/* SPDX-License-Identifier: BSD-2-Clause */
/* How long the kernel may go on without a look at the interrupt line, and how urgent a thread may
 * be. */
#include "fixture.h"

enum {
    CLIENTS = FREE + 200, /* threads and contexts, in turn */
    SERVER = FREE,
    SERVER_SCHED,
    CLIENT,
    CLIENT_SCHED,
    MESSAGES,
    MANAGER,
    MANAGER_SCHED,
    MADE,
    LIMITED,
    TABLE_2,
    TABLE_3,
    TIMERS = FREE + 100,
    CROWD = 20,
    CODE_VA = 0x00400000,
    BLOCK_VA = 0x00600000,
    PAGES = 512, /* of a block */
};

/* ---- interrupts ------------------------------------------------------------------------------ */

/* More urgent than root, with a message buffer; it calls with more words than four, and queues. */
static void long_caller(unsigned n)
{
    const unsigned thread = CLIENTS + 2 * n;

    retype(RAM, OBJECT_THREAD, 0, thread);
    retype(RAM, OBJECT_SCHED, 0, thread + 1);
    budget(thread + 1, 10000, 10000);
    OK(SYS_THREAD_CONFIGURE, thread, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, MESSAGES, n % 4 * 1024, 0,
       50);
    OK(SYS_SCHED_BIND, thread + 1, thread);
    OK(SYS_THREAD_START, thread, 0x1000, 0x2000, 3);
    SYS(SYS_CALL, ENDPOINT, 20);
    assert_int_equal(slot(thread)->thread->state, THREAD_SENDING);
    OK(SYS_THREAD_SUSPEND, thread);
}

/* A passive server refuses while it still has its caller's time, and answers only then. */
static void a_passive_server_refuses_preemptibly(void **state)
{
    struct thread *server;
    struct thread *client;

    (void)state;
    retype(RAM, OBJECT_FRAME, 12, MESSAGES);
    server = make_thread(SERVER, SERVER_SCHED, 60); /* without a buffer */
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_SCHED_UNBIND, SERVER_SCHED);
    client = make_thread(CLIENT, CLIENT_SCHED, 55);
    SYS(SYS_CALL, ENDPOINT, 1, 5);
    assert_ptr_equal(current(), server);
    OK(SYS_THREAD_SUSPEND, SERVER);
    assert_ptr_equal(current(), root());
    for (unsigned i = 0; i < CROWD; i++) {
        long_caller(i);
    }
    OK(SYS_THREAD_RESUME, SERVER);
    assert_ptr_equal(current(), server);
    fake.is_pending = true;
    fake.pending_checks = 0;
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 1, 77, 0, 0, 0, REPLY);
    fake.is_pending = false;
    assert_int_equal(fake.pending_checks, CROWD); /* a look after each */
    assert_int_equal(fixture_restarts, CROWD);
    assert_ptr_equal(current(), client);
    assert_int_equal(result_of(client, 2), 77);
    assert_int_equal(server->state, THREAD_RECEIVING);
    for (unsigned i = 0; i < CROWD; i++) {
        assert_int_equal(result_of(slot(CLIENTS + 2 * i)->thread, 0), STATUS_TOO_LONG);
    }
}

static void map_tables(void)
{
    retype(RAM, OBJECT_TABLE, 0, TABLE_2);
    retype(RAM, OBJECT_TABLE, 0, TABLE_3);
    OK(SYS_SPACE_MAP_TABLE, SPACE, TABLE_2, CODE_VA, 2);
    OK(SYS_SPACE_MAP_TABLE, SPACE, TABLE_3, CODE_VA, 3);
}

/* Each page once, with a look at the line between two; a call that is broken off loses nothing. */
static void a_block_of_code_is_made_visible_in_steps(void **state)
{
    unsigned syncs;

    (void)state;
    map_tables();
    syncs = fake.code_syncs;
    fake.is_pending = true;
    OK(SYS_SPACE_MAP, SPACE, LARGE_FRAME, BLOCK_VA, MAP_READ | MAP_EXEC);
    fake.is_pending = false;
    assert_int_equal(fixture_restarts, PAGES - 1);
    assert_int_equal(fake.code_syncs - syncs, PAGES);
    OK(SYS_SPACE_MAP, SPACE, FRAME, CODE_VA,
       MAP_READ | MAP_EXEC); /* nothing is left of the other */
    assert_int_equal(fake.code_syncs - syncs, PAGES + 1);
}

/* Another thread starts the one anew that was in the middle: its next call begins at the front. */
static void a_thread_started_anew_syncs_everything(void **state)
{
    struct thread *thread;
    unsigned syncs;

    (void)state;
    map_tables();
    thread = make_thread(CLIENT, CLIENT_SCHED, 40);
    thread->next_page = slot(LARGE_FRAME)->frame.page + 3; /* as if it had been broken off */
    OK(SYS_THREAD_SUSPEND, CLIENT);
    OK(SYS_THREAD_START, CLIENT, 0x1000, 0x2000, 3);
    syncs = fake.code_syncs;
    SYS(SYS_WAIT, NOTE);
    assert_ptr_equal(current(), thread);
    OK(SYS_SPACE_MAP, SPACE, LARGE_FRAME, BLOCK_VA, MAP_READ | MAP_EXEC);
    assert_int_equal(fake.code_syncs - syncs, PAGES);
    OK(SYS_SIGNAL, NOTE);
}

/* What the call was about has been exchanged, or the call has failed: nothing is left out either.
 */
static void another_frame_is_synced_from_its_front(void **state)
{
    unsigned syncs;

    (void)state;
    map_tables();
    retype(RAM_2, OBJECT_FRAME, 21, MADE);
    syncs = fake.code_syncs;
    root()->next_page = slot(MADE)->frame.page + 7;
    OK(SYS_SPACE_MAP, SPACE, LARGE_FRAME, BLOCK_VA, MAP_READ | MAP_EXEC);
    assert_int_equal(fake.code_syncs - syncs, PAGES);
    root()->next_page = slot(MADE)->frame.page + 7;
    FAILS(STATUS_BAD_CAP, SYS_SPACE_MAP, SPACE, EMPTY, BLOCK_VA, MAP_READ | MAP_EXEC);
    OK(SYS_SPACE_UNMAP, LARGE_FRAME);
    OK(SYS_SPACE_MAP, SPACE, MADE, BLOCK_VA, MAP_READ | MAP_EXEC);
    assert_int_equal(fake.code_syncs - syncs, 2 * PAGES);
    root()->next_page = slot(FRAME)->frame.page + 1; /* behind its end */
    OK(SYS_SPACE_MAP, SPACE, FRAME, CODE_VA, MAP_READ | MAP_EXEC);
    assert_int_equal(fake.code_syncs - syncs, 2 * PAGES + 1);
}

/* ---- the timeline ---------------------------------------------------------------------------- */

static void the_timeline_has_a_limit(void **state)
{
    const uint32_t before = cpu()->timeline_count;
    unsigned made = 0;

    (void)state;
    for (;; made++) {
        retype(RAM_2, OBJECT_TIMER, 0, TIMERS + made);
        if (SYS(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, TIMERS + made, NOTE) != STATUS_OK) {
            break;
        }
    }
    assert_int_equal(result(0), STATUS_NO_MEMORY);
    assert_int_equal(made, TIMELINE_MAX - before);
    OK(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, TIMERS, NOTE); /* anew: it counts already */
    FAILS(STATUS_NO_MEMORY, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, SCHED, 100, 1000);
    OK(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, ROOT_SLOT_SCHED, 10000, 10000);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, TIMERS);
    OK(SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, SCHED, 100, 1000);
    FAILS(STATUS_NO_MEMORY, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, TIMERS + made, NOTE);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, SCHED);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, SCHED);
    OK(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, TIMERS + made, NOTE);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, RAM_2);
    assert_int_equal(cpu()->timeline_count, before);
}

/* All due at once: a look at the line after each, and the timer fires again for those that are
 * left. */
static void firing_many_lets_interrupts_in(void **state)
{
    enum { MANY = 10 };
    const abi_word at = (abi_word)fake.now + 100;

    (void)state;
    for (unsigned i = 0; i < MANY; i++) {
        retype(RAM_2, OBJECT_NOTIFICATION, 0, CLIENTS + i);
        retype(RAM_2, OBJECT_TIMER, 0, TIMERS + i);
        OK(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, TIMERS + i, CLIENTS + i);
        OK(SYS_TIMER_SET, TIMERS + i, at, 0);
    }
    fake.now = at;
    fake.is_pending = true;
    for (unsigned i = 0; i < MANY; i++) {
        assert_true(fake.timer <= fake.now);
        kernel_timer(&cpu()->arch);
        check_invariants();
        assert_int_equal(slot(CLIENTS + i)->notification->bits, 1);
        assert_true(i + 1 == MANY || slot(CLIENTS + i + 1)->notification->bits == 0);
    }
    fake.is_pending = false;
    assert_true(fake.timer > fake.now);
}

/* ---- priorities ------------------------------------------------------------------------------ */

/* A manager made with a ceiling makes no thread, and raises none, above it. */
static void a_ceiling_holds_below_it(void **state)
{
    (void)state;
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, THREAD);
    assert_int_equal(result(2), PRIORITIES - 1);
    retype(RAM, OBJECT_THREAD, 0, MANAGER);
    retype(RAM, OBJECT_SCHED, 0, MANAGER_SCHED);
    budget(MANAGER_SCHED, 10000, 10000);
    copy(MANAGER, LIMITED, RIGHTS_ALL, 50);
    FAILS(STATUS_BAD_RIGHTS, SYS_THREAD_CONFIGURE, LIMITED, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0,
          0, 51);
    FAILS(STATUS_BAD_ARGUMENT, SYS_CAP_COPY, ROOT_SLOT_CNODE, MADE, ROOT_SLOT_CNODE, LIMITED,
          RIGHTS_ALL, 51);
    OK(SYS_THREAD_CONFIGURE, LIMITED, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, 0, 50);
    OK(SYS_SCHED_BIND, MANAGER_SCHED, MANAGER);
    OK(SYS_THREAD_START, MANAGER, 0x1000, 0x2000, 0);
    assert_ptr_equal(current(), slot(MANAGER)->thread);
    retype(RAM, OBJECT_THREAD, 0, MADE);
    FAILS(STATUS_BAD_RIGHTS, SYS_THREAD_CONFIGURE, MADE, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, 0,
          63);
    FAILS(STATUS_BAD_RIGHTS, SYS_THREAD_CONFIGURE, MADE, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, 0,
          51);
    OK(SYS_THREAD_CONFIGURE, MADE, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, 0, 50);
    assert_int_equal(slot(MADE)->thread->ceiling, 50);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, LIMITED);
    copy(MADE, LIMITED, RIGHTS_ALL, 0);
    OK(SYS_CAP_INFO, ROOT_SLOT_CNODE, LIMITED);
    assert_int_equal(result(2), 50);
}

int bounds_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_passive_server_refuses_preemptibly),
        TEST(a_block_of_code_is_made_visible_in_steps),
        TEST(a_thread_started_anew_syncs_everything),
        TEST(another_frame_is_synced_from_its_front),
        TEST(the_timeline_has_a_limit),
        TEST(firing_many_lets_interrupts_in),
        TEST(a_ceiling_holds_below_it),
    };

    return cmocka_run_group_tests_name("bounds", tests, NULL, NULL);
}
