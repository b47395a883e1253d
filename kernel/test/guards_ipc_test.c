/* SPDX-License-Identifier: BSD-2-Clause */
/* guards_test.c's other half: conditions of messages, answers and the fast paths. */
#include "fixture.h"

enum {
    HIGH = FREE,
    HIGH_SCHED,
    LOW,
    LOW_SCHED,
    CLIENT,
    CLIENT_SCHED,
    MESSAGES,
    OTHER,
    REPLY_2,
    CROWD
};

/* More urgent than root, with a message buffer at this offset of one frame; less: without. */
static struct thread *urgent(unsigned thread, unsigned sched, abi_word offset)
{
    if (cap_is_empty(slot(MESSAGES))) {
        retype(RAM, OBJECT_FRAME, 12, MESSAGES);
    }
    retype(RAM, OBJECT_THREAD, 0, thread);
    retype(RAM, OBJECT_SCHED, 0, sched);
    budget(sched, 10000, 10000);
    OK(SYS_THREAD_CONFIGURE, thread, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, offset < 4096 ? MESSAGES : 0,
       offset < 4096 ? offset : 0, 0, 50);
    OK(SYS_SCHED_BIND, sched, thread);
    OK(SYS_THREAD_START, thread, 0x1000, 0x2000, 3);
    assert_ptr_equal(current(), slot(thread)->thread);
    return slot(thread)->thread;
}

enum { NO_BUFFER = 4096 };

static void four_words_need_no_buffer(void **state)
{
    struct thread *client;

    (void)state;
    client = urgent(CLIENT, CLIENT_SCHED, NO_BUFFER);
    SYS(SYS_CALL, ENDPOINT, 4, 1, 2, 3, 4); /* queued: the slow path */
    assert_int_equal(client->state, THREAD_SENDING);
    root()->message = NULL;
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(5), 4);
}

static void a_capability_needs_both_buffers(void **state)
{
    struct thread *client;

    (void)state;
    client = urgent(CLIENT, CLIENT_SCHED, 0);
    client->message->send_cap = NOTE;
    root()->message->receive_slot = OTHER;
    SYS(SYS_CALL, ENDPOINT, MESSAGE_INFO_CAP | 1, 9);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, MESSAGES); /* the sender's, while it waits */
    assert_null(client->message);
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(1), 1);
    assert_true(cap_is_empty(slot(OTHER)));
}

static void a_receiver_without_a_buffer_gets_no_capability(void **state)
{
    (void)state;
    urgent(CLIENT, CLIENT_SCHED, 0)->message->send_cap = NOTE;
    SYS(SYS_CALL, ENDPOINT, MESSAGE_INFO_CAP | 1, 9);
    root()->message = NULL;
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(1), 1);
}

static void a_capability_lands_inside_the_cnode(void **state)
{
    (void)state;
    urgent(CLIENT, CLIENT_SCHED, 0)->message->send_cap = NOTE;
    SYS(SYS_CALL, ENDPOINT, MESSAGE_INFO_CAP | 1, 9);
    root()->message->receive_slot = (cap_index)root()->slot_count;
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(1), 1);
}

static void a_refused_answer_leaves_the_caller_waiting(void **state)
{
    struct thread *client;

    (void)state;
    copy(REPLY, REPLY_2, RIGHT_READ | RIGHT_WRITE, 0); /* without RIGHT_GRANT */
    client = urgent(CLIENT, CLIENT_SCHED, NO_BUFFER);
    SYS(SYS_CALL, ENDPOINT, 0);
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    FAILS(STATUS_BAD_ARGUMENT, SYS_REPLY, REPLY, MESSAGE_WORDS + 1);
    FAILS(STATUS_TOO_LONG, SYS_REPLY, REPLY, 20);
    root()->message->send_cap = NOTE;
    FAILS(STATUS_BAD_RIGHTS, SYS_REPLY, REPLY_2, MESSAGE_INFO_CAP);
    assert_int_equal(client->state, THREAD_REPLY);
    OK(SYS_REPLY, REPLY, 0);
    assert_ptr_equal(current(), client);
}

static void one_receiver_to_a_reply_object(void **state)
{
    (void)state;
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), root());
    FAILS(STATUS_BUSY, SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    FAILS(STATUS_BUSY, SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(slot(REPLY)->reply->receiver, slot(HIGH)->thread);
}

/* Two callers of a server that lives on what it is lent: the second's time is lent in turn. */
static void a_passive_server_takes_the_next(void **state)
{
    struct thread *server;

    (void)state;
    server = make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_SCHED_UNBIND, HIGH_SCHED);
    make_thread(CLIENT, CLIENT_SCHED, 61);
    SYS(SYS_WAIT, NOTE);
    SYS(SYS_CALL, ENDPOINT, 1, 111);
    assert_ptr_equal(current(), server);
    notification_signal(slot(NOTE)->notification, 1);
    run_next(cpu());
    assert_ptr_equal(current(), slot(CLIENT)->thread);
    SYS(SYS_CALL, ENDPOINT, 1, 222);
    assert_ptr_equal(current(), server);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), server);
    assert_int_equal(result_of(server, 2), 222);
    assert_ptr_equal(server->sched, slot(CLIENT_SCHED)->sched);
}

static void refusing_many_callers_lets_interrupts_in(void **state)
{
    enum { CALLERS = 4 };

    (void)state;
    for (unsigned i = 0; i < CALLERS; i++) {
        urgent(CROWD + 2 * i, CROWD + 2 * i + 1, i * 1024);
        SYS(SYS_CALL, ENDPOINT, 20);
    }
    for (unsigned i = 0; i < CALLERS; i++) {
        OK(SYS_THREAD_SUSPEND, CROWD + 2 * i);
    }
    root()->message = NULL;
    fake.is_pending = true;
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_true(fixture_restarts >= CALLERS - 1);
    for (unsigned i = 0; i < CALLERS; i++) {
        assert_int_equal(result_of(slot(CROWD + 2 * i)->thread, 0), STATUS_TOO_LONG);
    }
}

/* ---- ends ------------------------------------------------------------------------------------ */

static void a_dead_receiver_is_forgotten_by_its_reply(void **state)
{
    (void)state;
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HIGH);
    assert_null(slot(REPLY)->reply->receiver);
}

static void a_dying_reply_ends_only_the_receive(void **state)
{
    struct thread *server;

    (void)state;
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    server = make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY_2);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), server);
    OK(SYS_REPLY, REPLY_2, 0);
    SYS(SYS_WAIT, NOTE);
    assert_ptr_equal(current(), root());
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, REPLY_2);
    assert_int_equal(server->state, THREAD_WAITING);
    assert_ptr_equal(slot(NOTE)->notification->waiter, server);
}

/* ---- fast paths: what keeps a call off them -------------------------------------------------- */

static void fast_lookups_end_with_the_cnode(void **state)
{
    const abi_word all = root()->slot_count;

    (void)state;
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    root()->slot_count = ENDPOINT;
    FAILS(STATUS_BAD_CAP, SYS_CALL, ENDPOINT, 0);
    root()->slot_count = NOTE;
    FAILS(STATUS_BAD_CAP, SYS_SIGNAL, NOTE);
    root()->slot_count = all;
    FAILS(STATUS_WOULD_BLOCK, SYS_POLL, NOTE);
}

static void receivers_queue_in_order(void **state)
{
    (void)state;
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    make_thread(LOW, LOW_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY_2);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), slot(HIGH)->thread);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), slot(LOW)->thread);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY_2);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), slot(HIGH)->thread);
}

static void a_suspended_server_is_not_entered(void **state)
{
    (void)state;
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_THREAD_SUSPEND, HIGH);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_null(current());
}

static void a_suspended_caller_is_not_resumed(void **state)
{
    struct thread *client;

    (void)state;
    client = make_thread(CLIENT, CLIENT_SCHED, 60);
    SYS(SYS_CALL, ENDPOINT, 0);
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_THREAD_SUSPEND, CLIENT);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_null(current());
    assert_int_equal(client->state, THREAD_READY);
}

/* What became ready while the server ran is more urgent than the caller. */
static void an_answer_overtakes_nobody(void **state)
{
    (void)state;
    make_thread(LOW, LOW_SCHED, 55);
    SYS(SYS_WAIT, NOTE);
    make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), slot(HIGH)->thread);
    OK(SYS_SIGNAL, NOTE);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), slot(LOW)->thread);
}

/* A server with two callers at hand answers the first: it then waits with that reply object. */
static void the_reply_object_used_last_is_the_one_to_wait_with(void **state)
{
    struct thread *server;

    (void)state;
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    server = make_thread(HIGH, HIGH_SCHED, 60);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    make_thread(CLIENT, CLIENT_SCHED, 50);
    SYS(SYS_CALL, ENDPOINT, 1, 1);
    assert_ptr_equal(current(), server);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY_2);
    assert_ptr_equal(current(), root());
    SYS(SYS_CALL, ENDPOINT, 1, 2);
    assert_ptr_equal(current(), server);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), slot(CLIENT)->thread);
    assert_ptr_equal(slot(REPLY)->reply->receiver, server);
    assert_ptr_equal(slot(REPLY_2)->reply->caller, root()); /* he still waits for his answer */
}

int guards_ipc_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(four_words_need_no_buffer),
        TEST(a_capability_needs_both_buffers),
        TEST(a_receiver_without_a_buffer_gets_no_capability),
        TEST(a_capability_lands_inside_the_cnode),
        TEST(a_refused_answer_leaves_the_caller_waiting),
        TEST(one_receiver_to_a_reply_object),
        TEST(a_passive_server_takes_the_next),
        TEST(refusing_many_callers_lets_interrupts_in),
        TEST(a_dead_receiver_is_forgotten_by_its_reply),
        TEST(a_dying_reply_ends_only_the_receive),
        TEST(fast_lookups_end_with_the_cnode),
        TEST(receivers_queue_in_order),
        TEST(a_suspended_server_is_not_entered),
        TEST(a_suspended_caller_is_not_resumed),
        TEST(an_answer_overtakes_nobody),
        TEST(the_reply_object_used_last_is_the_one_to_wait_with),
    };

    return cmocka_run_group_tests_name("guards of messages", tests, NULL, NULL);
}
