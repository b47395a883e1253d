/* SPDX-License-Identifier: BSD-2-Clause */
/* What ends while somebody still names it, and how far a manager may go. */
#include "ktest.h"

enum { OWN = ROOT_SLOT_CNODE, LESS = 20, MORE = 40, INNER_SLOT = 1, NEW_SLOT = 5 };

/*
 * A CNode is dying, and only the reaper knows: the last capability to it was a thread's. In it lies
 * the original of another CNode, of which we have a copy.
 */
static cap_index copy_about_to_die(void)
{
    cap_index home = make(OBJECT_CNODE, 4), inner = new_slot(), thread = make(OBJECT_THREAD, 0);

    EXPECT(OK, SYS_UNTYPED_RETYPE, f.untyped, OBJECT_CNODE, 4, RETYPE_NEXT, home, INNER_SLOT);
    EXPECT(OK, SYS_CAP_COPY, OWN, inner, home, INNER_SLOT, RIGHTS_ALL, 0);
    EXPECT(OK, SYS_THREAD_CONFIGURE, thread, home, f.space, 0, 0, 0, LESS);
    EXPECT(OK, SYS_CAP_DELETE, OWN, home);
    EXPECT(OK, SYS_THREAD_CONFIGURE, thread, f.cnode, f.space, 0, 0, 0, LESS);
    return inner;
}

static void nothing_is_made_in_what_dies(void)
{
    cap_index memory = make(OBJECT_UNTYPED, 12), inner = copy_about_to_die(), page = new_slot();

    EXPECT(BAD_CAP, SYS_UNTYPED_RETYPE, memory, OBJECT_ENDPOINT, 0, RETYPE_NEXT, inner, NEW_SLOT);
    EXPECT(BAD_CAP, SYS_CAP_INFO, OWN, inner);
    EXPECT(OK, SYS_UNTYPED_RETYPE, memory, OBJECT_FRAME, 12, 0, OWN, page); /* all of it is there */
}

/* ---- calls ----------------------------------------------------------------------------------- */

struct partner {
    struct test_thread thread;
    struct call_regs regs;
    volatile bool done;
};
static struct partner client, server, middle;

static void partner_body(abi_word which)
{
    struct partner *self = (struct partner *)which;

    raw_call(&self->regs);
    self->done = true;
    thread_stop(&self->thread);
}

static bool partner_start(struct partner *p, enum syscall number, abi_word a0, abi_word a6)
{
    p->regs = (struct call_regs){ .r = { a0, 0, 0, 0, 0, 0, a6, (abi_word)number } };
    p->done = false;
    return thread_spawn(&p->thread, partner_body, (abi_word)p, MORE, 0);
}

static void a_queued_call_needs_its_capability(void)
{
    cap_index endpoint = make(OBJECT_ENDPOINT, 0), part = copy_of(endpoint, RIGHTS_ALL, 0);
    cap_index badged = copy_of(part, RIGHT_WRITE, 7), reply = make(OBJECT_REPLY, 0);

    CHECK(partner_start(&client, SYS_CALL, badged, 0) && !client.done);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, part);
    CHECK(partner_start(&server, SYS_RECEIVE, endpoint, reply) && !server.done);
    CHECK(client.done && client.regs.r[0] == STATUS_REVOKED);
    EXPECT(NOT_BOUND, SYS_REPLY, reply);
    EXPECT(OK, SYS_CAP_DELETE, OWN, part);
    EXPECT(OK, SYS_CAP_DELETE, OWN, endpoint);
    CHECK(server.done && server.regs.r[0] == STATUS_REVOKED);
}

/* ---- time ------------------------------------------------------------------------------------ */

static cap_index endpoint_1, endpoint_2, reply_1, reply_2;

static void middle_body(abi_word unused)
{
    (void)unused;
    kcall(SYS_RECEIVE, endpoint_1, 0, 0, 0, 0, 0, reply_1);
    kcall(SYS_CALL, endpoint_2, 0, 0, 0, 0, 0, 0);
    middle.done = true;
    kcall(SYS_REPLY_RECEIVE, endpoint_1, 0, 0, 0, 0, 0, reply_1);
}

static void lent_on_is_busy(void)
{
    endpoint_1 = make(OBJECT_ENDPOINT, 0);
    endpoint_2 = make(OBJECT_ENDPOINT, 0);
    reply_1 = make(OBJECT_REPLY, 0);
    reply_2 = make(OBJECT_REPLY, 0);
    CHECK(thread_spawn(&middle.thread, middle_body, 0, MORE, 0));
    EXPECT(OK, SYS_SCHED_UNBIND, middle.thread.sched);
    CHECK(partner_start(&server, SYS_RECEIVE, endpoint_2, reply_2));
    EXPECT(OK, SYS_SCHED_UNBIND, server.thread.sched);
    CHECK(partner_start(&client, SYS_CALL, endpoint_1, 0) && server.done && !middle.done);
    EXPECT(BUSY, SYS_SCHED_BIND, middle.thread.sched, middle.thread.thread);
    EXPECT(OK, SYS_REPLY, reply_2);
    CHECK(middle.done && client.done && client.regs.r[0] == STATUS_OK);
}

/* It is destroyed while a server that has stopped runs on it: the answer does not bring it back. */
static void a_destroyed_context_does_not_come_back(void)
{
    endpoint_1 = make(OBJECT_ENDPOINT, 0);
    reply_1 = make(OBJECT_REPLY, 0);
    CHECK(partner_start(&server, SYS_RECEIVE, endpoint_1, reply_1));
    EXPECT(OK, SYS_SCHED_UNBIND, server.thread.sched);
    CHECK(partner_start(&client, SYS_CALL, endpoint_1, 0) && server.done && !client.done);
    EXPECT(OK, SYS_CAP_DELETE, OWN, client.thread.sched);
    EXPECT(OK, SYS_REPLY, reply_1);
    CHECK(!client.done);
    EXPECT(OK, SYS_SCHED_BIND, server.thread.sched, client.thread.thread);
    CHECK(client.done && client.regs.r[0] == STATUS_OK);
}

static void a_notification_needs_time(void)
{
    cap_index notification = make(OBJECT_NOTIFICATION, 0);

    EXPECT(NOT_BOUND, SYS_THREAD_BIND, f.thread, notification);
    EXPECT(OK, SYS_THREAD_BIND, own_thread(), notification);
    EXPECT(BUSY, SYS_SCHED_UNBIND, own_sched());
    EXPECT(OK, SYS_CAP_DELETE, OWN, notification);
}

/* Timers in slots one after the other, armed for one moment: each at the end of the list. */
static void fire_all(cap_index first, unsigned count)
{
    const uint64_t at = now_ticks() + boot_information()->counter_hz / 100;

    for (unsigned i = 0; i < count; i++) {
        kstatus(SYS_TIMER_SET, first + i, (uint32_t)at, (abi_word)(at >> 32), 0, 0, 0, 0);
    }
    while (now_ticks() <= at) {
    }
}

static void the_timeline_has_a_limit(void)
{
    enum { LIMIT = 128 };
    cap_index notification = make(OBJECT_NOTIFICATION, 0);
    cap_index sched = make(OBJECT_SCHED, 0), timer = make(OBJECT_TIMER, 0), first = timer;
    unsigned bound = 0;

    while (kstatus(SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, timer, notification, 0, 0, 0, 0) ==
               STATUS_OK &&
           bound < LIMIT) {
        bound++;
        timer = make(OBJECT_TIMER, 0);
    }
    CHECK(bound > LIMIT / 2 && bound < LIMIT);
    fire_all(first, bound);
    EXPECT(OK, SYS_POLL, notification);
    EXPECT(NO_MEMORY, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, timer, notification);
    EXPECT(NO_MEMORY, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, sched, 100, 1000);
    EXPECT(OK, SYS_CAP_DELETE, OWN, first);
    EXPECT(OK, SYS_SCHED_CONFIGURE, ROOT_SLOT_SCHED_CONTROL, sched, 100, 1000);
}

/* 32,768 cache lines: the bench counts how long this stays without a look at the interrupt line. */
static void a_block_of_code_is_mapped(void)
{
    enum { BLOCK_VA = 0x00800000 };
    cap_index table = make(OBJECT_TABLE, 0);

    EXPECT(OK, SYS_SPACE_MAP_TABLE, f.space, table, BLOCK_VA, 2);
    EXPECT(OK, SYS_SPACE_MAP, f.space, f.big_frame, BLOCK_VA, MAP_READ | MAP_EXEC);
    EXPECT(OK, SYS_SPACE_UNMAP, f.big_frame);
}

static void spaces_run_out(void)
{
    unsigned made = 0;

    while (make(OBJECT_SPACE, SPACE_NATIVE) != 0) {
        made++;
    }
    CHECK(made > 200 && made < 255);
    EXPECT(NO_MEMORY, SYS_UNTYPED_RETYPE, arena_untyped(), OBJECT_SPACE, SPACE_NATIVE, RETYPE_NEXT,
           OWN, new_slot());
}

/* ---- priorities ------------------------------------------------------------------------------ */

static void a_ceiling_only_sinks(void)
{
    cap_index thread = make(OBJECT_THREAD, 0), low = copy_of(thread, RIGHTS_ALL, LESS);

    EXPECT(BAD_RIGHTS, SYS_THREAD_CONFIGURE, low, OWN, ROOT_SLOT_SPACE, 0, 0, 0, LESS + 1);
    EXPECT(BAD_ARGUMENT, SYS_CAP_COPY, OWN, new_slot(), OWN, low, RIGHTS_ALL, LESS + 1);
    EXPECT(OK, SYS_THREAD_CONFIGURE, low, OWN, ROOT_SLOT_SPACE, 0, 0, 0, LESS);
    CHECK(kcall(SYS_CAP_INFO, OWN, low, 0, 0, 0, 0, 0).r[2] == LESS);
    CHECK(kcall(SYS_CAP_INFO, OWN, thread, 0, 0, 0, 0, 0).r[2] == PRIORITIES - 1);
}

void test_lifetimes(void)
{
    nothing_is_made_in_what_dies();
    a_queued_call_needs_its_capability();
    lent_on_is_busy();
    a_destroyed_context_does_not_come_back();
    a_notification_needs_time();
    the_timeline_has_a_limit();
    a_block_of_code_is_mapped();
    spaces_run_out();
    a_ceiling_only_sinks();
}
