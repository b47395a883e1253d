/* SPDX-License-Identifier: BSD-2-Clause */
/* What dies while somebody still names it: slots of a dying CNode (C1), dying contexts (R4). */
#include "fixture.h"

enum {
    HOME = FREE, /* CNode: holds the original of INNER */
    INNER,       /* CNode: a copy; it ends together with HOME */
    USER,
    USER_SPARE,
    CLIENT,
    CLIENT_SCHED,
    MIDDLE,
    MIDDLE_SCHED,
    SERVER,
    SERVER_SCHED,
    REPLY_2,
    ENDPOINT_2,
    OTHER_SCHED,
};

/* HOME is dying, and only the reaper knows: its last capability was what a thread was bound to. */
static struct cnode *inner_about_to_die(void)
{
    retype(RAM_2, OBJECT_CNODE, 4, HOME);
    OK(SYS_UNTYPED_RETYPE, RAM_2, OBJECT_CNODE, 4, RETYPE_NEXT, HOME, 1);
    OK(SYS_CAP_COPY, ROOT_SLOT_CNODE, INNER, HOME, 1, RIGHTS_ALL, 0);
    OK(SYS_CAP_COPY, INNER, 3, ROOT_SLOT_CNODE, NOTE, RIGHTS_ALL, 0);
    OK(SYS_CAP_COPY, INNER, 4, INNER, 3, RIGHTS_ALL, 0);
    retype(RAM, OBJECT_THREAD, 0, USER);
    OK(SYS_THREAD_CONFIGURE, USER, HOME, SPACE, 0, 0, 0, 10);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, HOME);
    OK(SYS_THREAD_CONFIGURE, USER, CNODE, SPACE, 0, 0, 0, 10);
    assert_true(reaper_has_work());
    assert_int_equal(slot(INNER)->type, OBJECT_CNODE);
    return slot(INNER)->cnode;
}

static void nothing_is_made_in_a_dying_cnode(void **state)
{
    const struct cnode *inner = inner_about_to_die();
    const uint32_t watermark = slot(RAM_SMALL)->untyped.watermark;

    (void)state;
    FAILS(STATUS_BAD_CAP, SYS_UNTYPED_RETYPE, RAM_SMALL, OBJECT_ENDPOINT, 0, RETYPE_NEXT, INNER, 5);
    assert_true(cap_is_empty(&inner->slots[5]));
    assert_false(cap_has_descendants(slot(RAM_SMALL)));
    assert_int_equal(slot(RAM_SMALL)->untyped.watermark, watermark);
}

static void no_interrupt_goes_into_a_dying_cnode(void **state)
{
    const struct cnode *inner = inner_about_to_die();

    (void)state;
    FAILS(STATUS_BAD_CAP, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, IRQ_ID + 1, INNER, 5);
    assert_true(cap_is_empty(&inner->slots[5]));
    OK(SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, IRQ_ID + 1, ROOT_SLOT_CNODE, USER_SPARE);
}

static void nothing_is_revoked_below_a_dying_slot(void **state)
{
    (void)state;
    inner_about_to_die();
    FAILS(STATUS_BAD_CAP, SYS_CAP_REVOKE, INNER, 3);
    assert_int_equal(slot(NOTE)->type, OBJECT_NOTIFICATION);
}

/* The interrupt comes after each step: the call that waits for the reaper looks again each time. */
static void it_is_the_same_when_interrupts_come(void **state)
{
    (void)state;
    inner_about_to_die();
    fake.is_pending = true;
    FAILS(STATUS_BAD_CAP, SYS_UNTYPED_RETYPE, RAM_SMALL, OBJECT_ENDPOINT, 0, RETYPE_NEXT, INNER, 5);
    fake.is_pending = false;
    assert_true(fixture_restarts > 0);
    assert_false(cap_has_descendants(slot(RAM_SMALL)));
}

/* ---- calls in a queue ------------------------------------------------------------------------ */

enum { BADGED = FREE + 40, PART, GRANTLESS, RECEIVED };

/* A client waits in the queue; root takes something from it, and receives. */
static struct thread *queued_client(unsigned through, abi_word info)
{
    struct thread *client;

    retype(RAM, OBJECT_FRAME, 12, OTHER_SCHED);
    retype(RAM, OBJECT_THREAD, 0, CLIENT);
    retype(RAM, OBJECT_SCHED, 0, CLIENT_SCHED);
    budget(CLIENT_SCHED, 10000, 10000);
    OK(SYS_THREAD_CONFIGURE, CLIENT, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, OTHER_SCHED, 0, 0, 50);
    OK(SYS_SCHED_BIND, CLIENT_SCHED, CLIENT);
    OK(SYS_THREAD_START, CLIENT, 0x1000, 0x2000, 3);
    client = slot(CLIENT)->thread;
    client->message->send_cap = NOTE;
    SYS(SYS_CALL, through, info, 7);
    assert_int_equal(client->state, THREAD_SENDING);
    assert_ptr_equal(current(), root());
    return client;
}

/* Root waits for another message, so that the client goes on with its status. */
static void is_refused(const struct thread *client)
{
    const abi_word receive[7] = { ENDPOINT, 0, 0, 0, 0, 0, REPLY };

    sys_words_unchecked(SYS_RECEIVE, receive);
    assert_ptr_equal(current(), client);
    assert_int_equal(result_of(client, 0), STATUS_REVOKED);
    assert_int_equal(root()->state, THREAD_RECEIVING);
}

static void a_queued_call_ends_with_its_capability(void **state)
{
    struct thread *client;

    (void)state;
    copy(ENDPOINT, PART, RIGHTS_ALL, 0);
    copy(PART, BADGED, RIGHT_WRITE, 9);
    client = queued_client(BADGED, 1);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, PART);
    is_refused(client);
}

static void another_capability_in_the_slot_is_not_it(void **state)
{
    static const struct {
        unsigned source, rights;
        abi_word badge;
    } other[] = {
        { ENDPOINT, RIGHTS_ALL, 10 },  { ENDPOINT, RIGHT_READ, 9 },  { NOTE, RIGHTS_ALL, 9 },
        { ENDPOINT_2, RIGHTS_ALL, 9 }, { ENDPOINT, RIGHT_WRITE, 9 },
    };

    retype(RAM, OBJECT_ENDPOINT, 0, ENDPOINT_2);
    for (unsigned i = 0; i < sizeof(other) / sizeof(other[0]); i++) {
        struct thread *client;

        copy(ENDPOINT, BADGED, RIGHT_WRITE | RIGHT_GRANT, 9);
        client = queued_client(BADGED, 1 | MESSAGE_INFO_CAP);
        OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, BADGED);
        copy(other[i].source, BADGED, other[i].rights, other[i].badge);
        is_refused(client);
        fixture_end(state);
        fixture_objects(state);
        retype(RAM, OBJECT_ENDPOINT, 0, ENDPOINT_2);
    }
}

/* The same authority again is as good, and without a capability in it no GRANT is needed. */
static void a_call_whose_capability_is_still_there_is_received(void **state)
{
    (void)state;
    copy(ENDPOINT, BADGED, RIGHT_WRITE | RIGHT_GRANT, 9);
    queued_client(BADGED, 1);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, BADGED);
    copy(ENDPOINT, BADGED, RIGHT_WRITE, 9);
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(2), 7);
    assert_int_equal(result(6), 9);
}

/* A capability of another type may have the same bits where an endpoint has its address. */
static void another_type_with_the_same_bits_is_not_it(void **state)
{
    struct thread *client;

    (void)state;
    copy(ENDPOINT, BADGED, RIGHT_WRITE, 9);
    client = queued_client(BADGED, 1);
    slot(BADGED)->type = OBJECT_CONSOLE;
    is_refused(client);
    slot(BADGED)->type = OBJECT_ENDPOINT;
}

/* A thread whose fault waits in the queue; its registers are its own business. */
static struct thread *queued_fault(void)
{
    static const struct arch_fault fault = { FAULT_MEMORY, 1, 2 };
    struct thread *client;

    copy(ENDPOINT, BADGED, RIGHT_WRITE, 9);
    retype(RAM, OBJECT_THREAD, 0, CLIENT);
    retype(RAM, OBJECT_SCHED, 0, CLIENT_SCHED);
    budget(CLIENT_SCHED, 10000, 10000);
    OK(SYS_THREAD_CONFIGURE, CLIENT, ROOT_SLOT_CNODE, ROOT_SLOT_SPACE, 0, 0, BADGED, 50);
    OK(SYS_SCHED_BIND, CLIENT_SCHED, CLIENT);
    OK(SYS_THREAD_START, CLIENT, 0x1000, 0x2000, 3);
    client = slot(CLIENT)->thread;
    client->context.x[1] = MESSAGE_INFO_CAP;
    kernel_fault(&cpu()->arch, &fault);
    assert_int_equal(client->state, THREAD_SENDING);
    return client;
}

static void a_queued_fault_is_received(void **state)
{
    (void)state;
    queued_fault();
    OK(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(result(1), FAULT_WORDS);
    assert_int_equal(result(6), 9);
}

static void a_queued_fault_ends_with_its_endpoint(void **state)
{
    const struct thread *client = queued_fault();

    (void)state;
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, BADGED);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    assert_int_equal(root()->state, THREAD_RECEIVING);
    assert_int_equal(client->hold, HOLD_FAULT);
}

/* ---- contexts -------------------------------------------------------------------------------- */

/* More urgent than root; it serves whoever calls through `endpoint` on lent time. */
static struct thread *passive_server(unsigned thread, unsigned sched, unsigned endpoint,
                                     unsigned reply)
{
    struct thread *server = make_thread(thread, sched, 60);

    SYS(SYS_RECEIVE, endpoint, 0, 0, 0, 0, 0, reply);
    OK(SYS_SCHED_UNBIND, sched);
    assert_null(server->sched);
    return server;
}

/* Root's answer must not bring back a context that has been destroyed and not been reaped yet. */
static void a_dying_context_is_not_given_back(void **state)
{
    struct thread *client;
    struct sched *lent;

    (void)state;
    passive_server(SERVER, SERVER_SCHED, ENDPOINT, REPLY);
    client = make_thread(CLIENT, CLIENT_SCHED, 50);
    lent = client->sched;
    SYS(SYS_CALL, ENDPOINT, 0);
    OK(SYS_THREAD_SUSPEND, SERVER);
    assert_ptr_equal(current(), root());
    assert_ptr_equal(lent->lends, slot(REPLY)->reply);
    cap_delete(slot(CLIENT_SCHED)); /* destroyed; the reaper has not come to it */
    assert_true(reaper_has_work());
    OK(SYS_REPLY, REPLY, 0);
    assert_int_equal(client->state, THREAD_READY);
    assert_null(client->sched);
    assert_null(lent->holder);
    assert_false(client->is_queued);
    reaper_drain();
    check_invariants();
}

static void a_server_that_has_lent_on_gets_no_second_context(void **state)
{
    struct thread *middle;

    (void)state;
    retype(RAM, OBJECT_REPLY, 0, REPLY_2);
    retype(RAM, OBJECT_ENDPOINT, 0, ENDPOINT_2);
    passive_server(SERVER, SERVER_SCHED, ENDPOINT_2, REPLY_2);
    middle = passive_server(MIDDLE, MIDDLE_SCHED, ENDPOINT, REPLY);
    make_thread(CLIENT, CLIENT_SCHED, 50);
    SYS(SYS_CALL, ENDPOINT, 0);
    SYS(SYS_CALL, ENDPOINT_2, 0);
    assert_ptr_equal(current(), slot(SERVER)->thread);
    FAILS(STATUS_BUSY, SYS_SCHED_BIND, MIDDLE_SCHED, MIDDLE);
    assert_null(middle->sched);
    SYS(SYS_REPLY_RECEIVE, ENDPOINT_2, 0, 0, 0, 0, 0, REPLY_2);
    assert_ptr_equal(middle->sched, slot(CLIENT_SCHED)->sched);
    assert_null(slot(MIDDLE_SCHED)->sched->holder);
}

static void a_passive_server_has_no_notification(void **state)
{
    (void)state;
    passive_server(SERVER, SERVER_SCHED, ENDPOINT, REPLY);
    FAILS(STATUS_NOT_BOUND, SYS_THREAD_BIND, SERVER, NOTE);
    assert_null(slot(NOTE)->notification->bound);
    make_thread(CLIENT, CLIENT_SCHED, 40);
    OK(SYS_THREAD_BIND, CLIENT, NOTE);
    FAILS(STATUS_BUSY, SYS_SCHED_UNBIND, CLIENT_SCHED);
    OK(SYS_CAP_REVOKE, ROOT_SLOT_CNODE, NOTE);
    OK(SYS_SCHED_UNBIND, CLIENT_SCHED);
}

/* It lost its context by destruction: it still answers, on its callers' time, after a signal too.
 */
static void a_signal_does_not_end_a_passive_servers_wait(void **state)
{
    struct thread *server;

    (void)state;
    server = make_thread(SERVER, SERVER_SCHED, 60);
    OK(SYS_THREAD_BIND, SERVER, NOTE);
    SYS(SYS_RECEIVE, ENDPOINT, 0, 0, 0, 0, 0, REPLY);
    OK(SYS_CAP_DELETE, ROOT_SLOT_CNODE, SERVER_SCHED);
    for (unsigned i = 1; i <= 3; i++) {
        OK(SYS_SIGNAL, NOTE);
        assert_int_equal(server->state, THREAD_RECEIVING);
        SYS(SYS_CALL, ENDPOINT, 1, i);
        assert_ptr_equal(current(), server);
        SYS(SYS_REPLY_RECEIVE, ENDPOINT, 1, i + 10, 0, 0, 0, REPLY);
        assert_ptr_equal(current(), root());
        assert_int_equal(result_of(root(), 2), i + 10);
    }
}

int lifetime_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_made_in_a_dying_cnode),
        TEST(no_interrupt_goes_into_a_dying_cnode),
        TEST(nothing_is_revoked_below_a_dying_slot),
        TEST(it_is_the_same_when_interrupts_come),
        TEST(a_queued_call_ends_with_its_capability),
        TEST(another_capability_in_the_slot_is_not_it),
        TEST(a_call_whose_capability_is_still_there_is_received),
        TEST(another_type_with_the_same_bits_is_not_it),
        TEST(a_queued_fault_is_received),
        TEST(a_queued_fault_ends_with_its_endpoint),
        TEST(a_dying_context_is_not_given_back),
        TEST(a_passive_server_has_no_notification),
        TEST(a_signal_does_not_end_a_passive_servers_wait),
        TEST(a_server_that_has_lent_on_gets_no_second_context),
    };

    return cmocka_run_group_tests_name("lifetimes", tests, NULL, NULL);
}
