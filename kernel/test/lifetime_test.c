/* SPDX-License-Identifier: BSD-2-Clause */
/* What dies while somebody still names it: slots of a dying CNode (C1), dying contexts (R4). */
#include "fixture.h"
#include "kernel/objects.h"

enum {
    HOME = FREE,  /* CNode: holds the original of INNER */
    INNER,        /* CNode: a copy; it ends together with HOME */
    USER, USER_SPARE, CLIENT, CLIENT_SCHED, MIDDLE, MIDDLE_SCHED, SERVER, SERVER_SCHED, REPLY_2,
    ENDPOINT_2, OTHER_SCHED,
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

/* ---- contexts ---------------------------------------------------------------------------------- */

/* More urgent than root; it serves whoever calls through `endpoint` on lent time. */
static struct thread *passive_server(unsigned thread, unsigned sched, unsigned endpoint, unsigned reply)
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

int lifetime_tests(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_made_in_a_dying_cnode),
        TEST(no_interrupt_goes_into_a_dying_cnode),
        TEST(nothing_is_revoked_below_a_dying_slot),
        TEST(it_is_the_same_when_interrupts_come),
        TEST(a_dying_context_is_not_given_back),
        TEST(a_server_that_has_lent_on_gets_no_second_context),
    };

    return cmocka_run_group_tests_name("lifetimes", tests, NULL, NULL);
}
