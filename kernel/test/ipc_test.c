/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages, replies, lending, signals. */
#include "fixture.h"

enum { SERVER = FREE, SERVER_SCHED, CLIENT, CLIENT_SCHED, BADGED, MESSAGES, REPLY_2, OTHER };

/* Root makes the server's and its own buffer, in one frame. */
static void give_buffers(unsigned thread, unsigned offset)
{
    struct thread *t = slot(thread)->thread;

    if (cap_is_empty(slot(MESSAGES))) {
        retype(RAM, OBJECT_FRAME, 12, MESSAGES);
    }
    OK(SYS_THREAD_SUSPEND, thread);
    if (t->state == THREAD_READY) {
        OK(SYS_THREAD_CONFIGURE, thread, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, MESSAGES, offset, 0,
           t->priority);
    }
    OK(SYS_THREAD_RESUME, thread);
}

/* The server has the higher priority and waits; root goes on. */
static struct thread *waiting_server(unsigned sched)
{
    struct thread *server = make_thread(SERVER, 0, 50);

    retype(RAM, OBJECT_SCHED, 0, SERVER_SCHED);
    budget(SERVER_SCHED, 10000, 10000);
    give_buffers(SERVER, 1024);
    OK(SYS_SCHED_BIND, SERVER_SCHED, SERVER);
    assert_ptr_equal(current(), server);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), root());
    if (sched == 0) {
        OK(SYS_SCHED_UNBIND, SERVER_SCHED);
    }
    return server;
}

static void ping_pong(unsigned sched, unsigned length)
{
    struct thread *server = waiting_server(sched);
    struct sched *mine = root()->sched;

    copy(ENDPOINT, BADGED, RIGHTS_ALL, 42);
    for (unsigned round = 0; round < 3; round++) {
        for (unsigned i = 0; i < 6; i++) {
            server->context.x[1 + i] = 0xdead;
        }
        SYS(SYS_CALL, BADGED, length, 10, 11, 12, 13);
        assert_ptr_equal(current(), server);
        assert_ptr_equal(server->sched == mine ? (void *)1 : NULL, sched == 0 ? (void *)1 : NULL);
        assert_int_equal(result_of(server, 0), STATUS_OK);
        assert_int_equal(result_of(server, 1), length);
        assert_int_equal(result_of(server, 6), 42);
        for (unsigned i = 0; i < 4; i++) {
            assert_int_equal(result_of(server, 2 + i), i < length ? 10 + i : 0xdead);
        }
        assert_true(fake.active_space == server->space_register);
        SYS(SYS_REPLY_RECEIVE, ENDPOINT, length, 20, 21, 22, 23, REPLY);
        assert_ptr_equal(current(), root());
        assert_ptr_equal(root()->sched, mine);
        assert_int_equal(result_of(root(), 0), STATUS_OK);
        assert_int_equal(result_of(root(), 1), length);
        assert_int_equal(result_of(root(), 2), length > 0 ? 20 : 10);
        assert_int_equal(result_of(root(), 6), 0);
        fake.now += 10;
    }
}

static void fast_passive(void **state)
{
    (void)state;
    for (unsigned length = 0; length <= 4; length++) {
        if (length != 0) {
            fixture_end(state);
            fixture_objects(state);
        }
        ping_pong(0, length);
    }
}

static void fast_own_time(void **state)
{
    (void)state;
    ping_pong(1, 4);
}

/* The fast path gives up when there is less than a switch to account; the slow one must agree. */
static void slow_is_the_same(void **state)
{
    (void)state;
    (void)waiting_server(1);
    fake.now = root()->sched->refill + 1; /* the budgets need refilling: not the fast path */
    SYS(SYS_CALL, ENDPOINT, 4, 1, 2, 3, 4);
    assert_ptr_equal(current(), slot(SERVER)->thread);
    assert_int_equal(result_of(current(), 5), 4);
    fake.now = current()->sched->refill + 1;
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 2, 7, 8, 0, 0, REPLY);
    assert_ptr_equal(current(), root());
    assert_int_equal(result_of(root(), 2), 7);
    assert_int_equal(result_of(root(), 3), 8);
    assert_int_equal(result_of(root(), 4), 3); /* not a word of the answer: preserved */
}

static void long_messages_use_the_buffer(void **state)
{
    struct thread *server = waiting_server(1);

    (void)state;
    for (unsigned i = 0; i < MESSAGE_WORDS; i++) {
        root()->message->words[i] = 100 + i;
        server->message->words[i] = 0;
    }
    SYS(SYS_CALL, ENDPOINT, 20, 1, 2, 3, 4);
    assert_ptr_equal(current(), server);
    assert_int_equal(result_of(server, 1), 20);
    assert_int_equal(server->message->words[3], 0); /* registers, not the buffer */
    for (unsigned i = MESSAGE_REGISTERS; i < 20; i++) {
        assert_int_equal(server->message->words[i], 100 + i);
    }
    assert_int_equal(server->message->words[20], 0);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 64, 5, 6, 7, 8, REPLY);
    assert_int_equal(result_of(root(), 1), 64);
}

static void a_capability_travels(void **state)
{
    struct thread *server = waiting_server(1);

    (void)state;
    root()->message->send_cap = NOTE;
    server->message->receive_slot = OTHER;
    SYS(SYS_CALL, ENDPOINT, MESSAGE_INFO_CAP | 1, 9);
    assert_int_equal(result_of(server, 1), MESSAGE_INFO_CAP | 1);
    assert_int_equal(slot(OTHER)->type, OBJECT_NOTIFICATION);
    assert_ptr_equal(slot(OTHER)->prev, slot(NOTE));
    /* The slot is full now, then none is given: the message comes without. */
    server->message->send_cap = NOTE;
    root()->message->receive_slot = OTHER;
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, MESSAGE_INFO_CAP, 0, 0, 0, 0, REPLY);
    assert_int_equal(result_of(root(), 1), 0);
    server->message->receive_slot = 0;
    SYS(SYS_CALL, ENDPOINT, MESSAGE_INFO_CAP | 1, 9);
    assert_int_equal(result_of(server, 1), 1);
    root()->message->receive_slot = EMPTY;
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, MESSAGE_INFO_CAP, 0, 0, 0, 0, REPLY);
    assert_int_equal(result_of(root(), 1), MESSAGE_INFO_CAP);
    assert_int_equal(slot(EMPTY)->type, OBJECT_NOTIFICATION);
}

static void callers_queue_in_order(void **state)
{
    struct thread *first;
    struct thread *second;

    (void)state;
    first = make_thread(CLIENT, CLIENT_SCHED, 60);
    assert_ptr_equal(current(), first);
    SYS(SYS_CALL, ENDPOINT, 1, 111);
    second = make_thread(OTHER, OTHER + 1, 61);
    SYS(SYS_CALL, ENDPOINT, 1, 222);
    assert_ptr_equal(current(), root());
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(2), 111);
    OK(SYS_REPLY, REPLY, 1, 1110);
    assert_ptr_equal(current(), first);
    assert_int_equal(result_of(first, 2), 1110);
    OK(SYS_THREAD_SUSPEND, CLIENT);
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(2), 222);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 1, 2220, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), second);
    assert_int_equal(result_of(second, 2), 2220);
    assert_int_equal(root()->state, THREAD_RECEIVING);
}

static void a_message_that_does_not_fit(void **state)
{
    struct thread *client;

    (void)state;
    client = make_thread(CLIENT, 0, 60);
    give_buffers(CLIENT, 0);
    retype(RAM, OBJECT_SCHED, 0, CLIENT_SCHED);
    budget(CLIENT_SCHED, 10000, 10000);
    OK(SYS_SCHED_BIND, CLIENT_SCHED, CLIENT);
    SYS(SYS_CALL, ENDPOINT, 10);           /* queues: nobody receives */
    make_thread(SERVER, SERVER_SCHED, 50); /* without a buffer */
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), client);
    assert_int_equal(result_of(client, 0), STATUS_TOO_LONG);
    FAILS(STATUS_TOO_LONG, SYS_CALL, ENDPOINT, 10);
}

static void a_buffer_revoked_while_queued(void **state)
{
    struct thread *server;

    (void)state;
    server = waiting_server(1);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), server);
    retype(RAM, OBJECT_ENDPOINT, 0, OTHER);
    OK(SYS_REPLY, REPLY, 0);
    SYS(SYS_CALL, OTHER, 20);
    assert_ptr_equal(current(), root());
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, MESSAGES);
    assert_null(server->message);
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    SYS(SYS_RECEIVE, OTHER, 0, 0, 0, 0, 0, REPLY_2);
    assert_int_equal(result_of(server, 0), STATUS_NOT_BOUND);
    assert_ptr_equal(current(), server);
    assert_int_equal(root()->state, THREAD_RECEIVING);
}

static void destroying_an_endpoint_ends_all_waiters(void **state)
{
    enum { CLIENTS = 40 };

    (void)state;
    retype(RAM, OBJECT_ENDPOINT, 0, OTHER);
    for (unsigned i = 0; i < CLIENTS; i++) {
        make_thread(FREE + 100 + 2 * i, FREE + 101 + 2 * i, 60);
        SYS(SYS_CALL, OTHER, 1, i);
        assert_ptr_equal(current(), root());
    }
    OK(SYS_THREAD_SUSPEND, FREE + 100);
    for (unsigned i = 0; i < CLIENTS; i++) {
        OK(SYS_THREAD_SUSPEND, FREE + 100 + 2 * i);
    }
    fake.is_pending = true;
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, OTHER);
    fake.is_pending = false;
    assert_true(fixture_restarts >= CLIENTS);
    for (unsigned i = 0; i < CLIENTS; i++) {
        assert_int_equal(result_of(slot(FREE + 100 + 2 * i)->thread, 0), STATUS_REVOKED);
    }
}

static void deleting_the_reply_ends_the_call(void **state)
{
    struct sched *mine;

    (void)state;
    mine = root()->sched;
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    make_thread(SERVER, SERVER_SCHED, 50);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY_2);
    OK(SYS_SCHED_UNBIND, SERVER_SCHED);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), slot(SERVER)->thread);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, REPLY_2);
    assert_ptr_equal(current(), root());
    assert_ptr_equal(root()->sched, mine);
    assert_int_equal(result_of(root(), 0), STATUS_REVOKED);
}

static void deleting_the_reply_ends_the_receive(void **state)
{
    (void)state;
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    make_thread(SERVER, SERVER_SCHED, 50);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY_2);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, REPLY_2);
    assert_ptr_equal(current(), slot(SERVER)->thread);
    assert_int_equal(result_of(current(), 0), STATUS_REVOKED);
}

static void revoking_a_busy_clients_parent(void **state)
{
    (void)state;
    copy(ENDPOINT, BADGED, RIGHTS_ALL, 5);
    copy(BADGED, OTHER, RIGHTS_ALL, 0);
    make_thread(CLIENT, CLIENT_SCHED, 40);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, BADGED);
    make_thread(SERVER, SERVER_SCHED, 60);
    FAILS(STATUS_BAD_CAP, SYS_CALL, OTHER, 0);
}

/* root lends to A, A lends to B; then B, A answer. */
static void lending_nests(void **state)
{
    struct sched *mine;
    struct thread *a;
    struct thread *b;

    (void)state;
    mine = root()->sched;
    retype(RAM, OBJECT_ENDPOINT, 0, OTHER);
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    a = make_thread(SERVER, SERVER_SCHED, 50);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    b = make_thread(CLIENT, CLIENT_SCHED, 51);
    SYS(SYS_RECEIVE, OTHER, 0, 0, 0, 0, 0, REPLY_2);
    OK(SYS_SCHED_UNBIND, SERVER_SCHED);
    OK(SYS_SCHED_UNBIND, CLIENT_SCHED);
    SYS(SYS_CALL, ENDPOINT, 0);
    assert_ptr_equal(current(), a);
    SYS(SYS_CALL, OTHER, 0);
    assert_ptr_equal(current(), b);
    assert_ptr_equal(b->sched, mine);
    FAILS(STATUS_BUSY, SYS_SCHED_UNBIND, ROOT_SLOT_SCHED);
    SYS(SYS_REPLY_RECEIVE, OTHER, 0, 0, 0, 0, 0, REPLY_2);
    assert_ptr_equal(current(), a);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), root());
    assert_ptr_equal(root()->sched, mine);
    assert_null(mine->lends);
}

/* A's caller is answered by somebody else while B still has the time: it comes home later. */
static void lending_answered_out_of_order(void **state)
{
    struct sched *mine;

    (void)state;
    mine = root()->sched;
    lending_nests(state);
    make_thread(FREE + 60, FREE + 61, 10); /* another thread, to answer */
    SYS(SYS_CALL, ENDPOINT, 0);
    SYS(SYS_CALL, OTHER, 0);
    assert_ptr_equal(current(), slot(CLIENT)->thread);
    OK(SYS_REPLY, REPLY, 1, 77); /* B answers root in A's place */
    assert_ptr_equal(current(), slot(CLIENT)->thread);
    assert_null(root()->sched);
    SYS(SYS_REPLY_RECEIVE, OTHER, 0, 0, 0, 0, 0, REPLY_2);
    assert_ptr_equal(current(), slot(SERVER)->thread);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), root());
    assert_ptr_equal(root()->sched, mine);
    assert_int_equal(result_of(root(), 2), 77);
}

static void a_lent_context_survives_its_server(void **state)
{
    struct sched *mine;

    (void)state;
    mine = root()->sched;
    make_thread(SERVER, SERVER_SCHED, 50);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_SCHED_UNBIND, SERVER_SCHED);
    make_thread(OTHER, OTHER + 1, 40);
    SYS(SYS_CALL, ENDPOINT, 0);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, SERVER); /* it ends itself; root still waits */
    assert_ptr_equal(current(), slot(OTHER)->thread);
    SYS(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, REPLY);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, REPLY + WEAK);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, REPLY);
    assert_ptr_equal(current(), root());
    assert_int_equal(result_of(root(), 0), STATUS_REVOKED);
    assert_ptr_equal(root()->sched, mine);
}

static void a_context_destroyed_while_lent(void **state)
{
    (void)state;
    make_thread(SERVER, SERVER_SCHED, 50);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_SCHED_UNBIND, SERVER_SCHED);
    make_thread(CLIENT, CLIENT_SCHED, 49);
    SYS(SYS_CALL, ENDPOINT, 0);
    SYS(SYS_CAP_DELETE, ROOT_SLOT_CNODE, CLIENT_SCHED);
    assert_ptr_equal(current(), root());
    assert_null(slot(SERVER)->thread->sched);
    assert_null(slot(REPLY)->reply->sched);
    OK(SYS_REPLY, REPLY, 0);
    assert_int_equal(slot(CLIENT)->thread->state, THREAD_READY);
}

/* ---- signals --------------------------------------------------------------------------------- */

static void signals_gather(void **state)
{
    (void)state;
    copy(NOTE, BADGED, RIGHT_WRITE, 4);
    FAILS(STATUS_WOULD_BLOCK, SYS_POLL, NOTE);
    OK(SYS_SIGNAL, BADGED);
    OK(SYS_SIGNAL, NOTE); /* unbadged: bit 0 */
    OK(SYS_POLL, NOTE);
    assert_int_equal(result(1), 5);
    OK(SYS_SIGNAL, BADGED);
    OK(SYS_WAIT, NOTE);
    assert_int_equal(result(1), 4);
}

static void a_waiter_wakes(void **state)
{
    struct thread *waiter;

    (void)state;
    waiter = make_thread(CLIENT, CLIENT_SCHED, 60);
    SYS(SYS_WAIT, NOTE);
    FAILS(STATUS_BUSY, SYS_WAIT, NOTE);
    OK(SYS_SIGNAL, NOTE);
    assert_ptr_equal(current(), waiter);
    assert_int_equal(result_of(waiter, 0), STATUS_OK);
    assert_int_equal(result_of(waiter, 1), 1);
    SYS(SYS_WAIT, NOTE);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, NOTE + WEAK);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, NOTE);
    assert_int_equal(result_of(waiter, 0), STATUS_REVOKED);
}

static void a_signal_ends_receive(void **state)
{
    struct thread *server;

    (void)state;
    server = make_thread(SERVER, SERVER_SCHED, 50);
    OK(SYS_THREAD_BIND, SERVER, NOTE);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_SIGNAL, NOTE);
    assert_ptr_equal(current(), server);
    assert_int_equal(result_of(server, 1), MESSAGE_INFO_SIGNAL);
    assert_int_equal(result_of(server, 2), 1);
    OK(SYS_SIGNAL, NOTE); /* while it runs: found by its next receive */
    SYS(SYS_REPLY_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_ptr_equal(current(), server);
    assert_int_equal(result_of(server, 1), MESSAGE_INFO_SIGNAL);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, NOTE); /* the binding is a derived capability */
    assert_null(server->notification);
}

int ipc_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fast_passive),
        TEST(fast_own_time),
        TEST(slow_is_the_same),
        TEST(long_messages_use_the_buffer),
        TEST(a_capability_travels),
        TEST(callers_queue_in_order),
        TEST(a_message_that_does_not_fit),
        TEST(a_buffer_revoked_while_queued),
        TEST(destroying_an_endpoint_ends_all_waiters),
        TEST(deleting_the_reply_ends_the_call),
        TEST(deleting_the_reply_ends_the_receive),
        TEST(revoking_a_busy_clients_parent),
        TEST(lending_nests),
        TEST(lending_answered_out_of_order),
        TEST(a_lent_context_survives_its_server),
        TEST(a_context_destroyed_while_lent),
        TEST(signals_gather),
        TEST(a_waiter_wakes),
        TEST(a_signal_ends_receive),
    };

    return cmocka_run_group_tests_name("ipc", tests, NULL, NULL);
}
