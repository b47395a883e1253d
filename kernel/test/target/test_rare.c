/* SPDX-License-Identifier: BSD-2-Clause */
/* Statuses that need a situation first: derivations at the limit, full tables, objects in use. */
#include "abi/vcpu.h"
#include "ktest.h"

enum { OWN = ROOT_SLOT_CNODE, LESS = 20, MORE = 40, FREE_IRQ = 101 };

/* A copy of a copy … of `source` that may have no child. */
static cap_index deepest(cap_index source)
{
    cap_index last = source;
    for (unsigned i = 0; i <= DERIVATION_DEPTH; i++) {
        cap_index next = copy_of(last, RIGHTS_ALL, 0);
        if (next == 0) {
            break;
        }
        last = next;
    }
    return last;
}

static void too_deep(void)
{
    cap_index page, to = new_slot(), irq = new_slot();
    CHECK(map_new_page(&page) != NULL);
    cap_index notification = deepest(f.notification), space = deepest(f.guest_space);
    cap_index untyped = f.untyped;
    enum status s = STATUS_OK;
    for (unsigned i = 0; i <= DERIVATION_DEPTH && s == STATUS_OK; i++) {
        cap_index next = new_slot();
        s = kstatus(SYS_UNTYPED_RETYPE, untyped, OBJECT_UNTYPED, 12, RETYPE_NEXT, OWN, next, 0);
        untyped = next;
    }
    check("SYS_UNTYPED_RETYPE is TOO_DEEP", s == STATUS_TOO_DEEP);
    EXPECT(TOO_DEEP, SYS_CAP_COPY, OWN, to, OWN, notification, RIGHTS_ALL, 0);
    EXPECT(TOO_DEEP, SYS_THREAD_CONFIGURE, f.thread, OWN, deepest(f.space), page, 0, 0, LESS);
    EXPECT(TOO_DEEP, SYS_THREAD_BIND, f.thread, notification);
    EXPECT(TOO_DEEP, SYS_TIMER_BIND, ROOT_SLOT_SCHED_CONTROL, f.timer, notification);
    EXPECT(TOO_DEEP, SYS_VCPU_CONFIGURE, f.vcpu, space, page);
    EXPECT(OK, SYS_IRQ_GET, ROOT_SLOT_IRQ_CONTROL, FREE_IRQ, OWN, irq);
    EXPECT(TOO_DEEP, SYS_IRQ_BIND, irq, notification);
    EXPECT(TOO_DEEP, SYS_IRQ_GET, deepest(ROOT_SLOT_IRQ_CONTROL), FREE_IRQ + 1, OWN, to);
    EXPECT(OK, SYS_CAP_DELETE, OWN, irq);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, ROOT_SLOT_IRQ_CONTROL);
}

static void slots_and_threads_in_use(void)
{
    cap_index copy = copy_of(f.endpoint, RIGHTS_ALL, 0);
    EXPECT(BAD_ARGUMENT, SYS_CAP_MOVE, OWN, 0, OWN, copy);
    EXPECT(BAD_ARGUMENT, SYS_CAP_COPY, OWN, 0, OWN, copy, RIGHTS_ALL, 0);
    EXPECT(BUSY, SYS_THREAD_CONFIGURE, own_thread(), OWN, ROOT_SLOT_SPACE, 0, 0, 0, LESS);
    EXPECT(BUSY, SYS_THREAD_START, own_thread(), 0, 0, 0);
}

/* ---- two at one thing ------------------------------------------------------------------------ */

static struct {
    struct test_thread thread;
    struct call_regs regs;
    volatile bool done;
} other;

static void other_body(abi_word unused)
{
    (void)unused;
    raw_call(&other.regs);
    other.done = true;
    thread_stop(&other.thread);
}

static bool other_start_at(unsigned priority, struct call_regs regs)
{
    other.regs = regs;
    other.done = false;
    return thread_spawn(&other.thread, other_body, 0, priority, 0);
}

static bool other_start(enum syscall number, abi_word a0, abi_word a6)
{
    return other_start_at(MORE,
                          (struct call_regs){ .r = { a0, 0, 0, 0, 0, 0, a6, (abi_word)number } });
}

static void waiting_is_for_one(void)
{
    cap_index notification = make(OBJECT_NOTIFICATION, 0);
    CHECK(other_start(SYS_WAIT, notification, 0) && !other.done);
    EXPECT(BUSY, SYS_WAIT, notification);
    EXPECT(OK, SYS_SIGNAL, notification);
    CHECK(other.done && other.regs.r[0] == STATUS_OK);
    EXPECT(OK, SYS_SIGNAL, notification);
    EXPECT(OK, SYS_POLL, notification);
    EXPECT(OK, SYS_SIGNAL, notification);
    EXPECT(OK, SYS_WAIT, notification);
}

static void receiver_is_revoked(void)
{
    cap_index endpoint = make(OBJECT_ENDPOINT, 0), reply = make(OBJECT_REPLY, 0);
    CHECK(other_start(SYS_RECEIVE, endpoint, reply) && !other.done);
    EXPECT(BUSY, SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, reply);
    EXPECT(OK, SYS_CAP_DELETE, OWN, endpoint);
    CHECK(other.done && other.regs.r[0] == STATUS_REVOKED);
}

static void without_a_message_buffer(void)
{
    cap_index reply = make(OBJECT_REPLY, 0), endpoint = make(OBJECT_ENDPOINT, 0);
    CHECK(other_start(SYS_RECEIVE, endpoint, reply));
    EXPECT(OK, SYS_CAP_REVOKE, OWN, other.thread.message_frame);
    EXPECT(TOO_LONG, SYS_CALL, endpoint, MESSAGE_WORDS);
    CHECK(!other.done);
}

/* A less urgent thread loses its buffer before it can send five words. */
static void sender_without_a_message_buffer(void)
{
    cap_index endpoint = make(OBJECT_ENDPOINT, 0);
    CHECK(
        other_start_at(LESS, (struct call_regs){ .r = { endpoint, 5, 0, 0, 0, 0, 0, SYS_CALL } }));
    EXPECT(OK, SYS_CAP_REVOKE, OWN, other.thread.message_frame);
    while (!other.done) {
        kstatus(SYS_YIELD, 0, 0, 0, 0, 0, 0, 0);
    }
    CHECK(other.regs.r[0] == STATUS_NOT_BOUND);
}

static cap_index lent_endpoint, lent_reply, lent_wake;

static void slow_server_body(abi_word unused)
{
    (void)unused;
    kcall(SYS_RECEIVE, lent_endpoint, 0, 0, 0, 0, 0, lent_reply);
    kstatus(SYS_WAIT, lent_wake, 0, 0, 0, 0, 0, 0);
    kcall(SYS_REPLY_RECEIVE, lent_endpoint, 0, 0, 0, 0, 0, lent_reply);
}

/* A server without time of its own runs on its caller's, which cannot be taken away meanwhile. */
static void lent_time_is_busy(void)
{
    struct test_thread server;
    lent_endpoint = make(OBJECT_ENDPOINT, 0);
    lent_reply = make(OBJECT_REPLY, 0);
    lent_wake = make(OBJECT_NOTIFICATION, 0);
    CHECK(thread_spawn(&server, slow_server_body, 0, MORE, 0));
    EXPECT(OK, SYS_SCHED_UNBIND, server.sched);
    CHECK(other_start(SYS_CALL, lent_endpoint, 0) && !other.done);
    EXPECT(BUSY, SYS_SCHED_UNBIND, other.thread.sched);
    EXPECT(BUSY, SYS_SCHED_BIND, other.thread.sched, f.thread);
    EXPECT(OK, SYS_SIGNAL, lent_wake);
    CHECK(other.done && other.regs.r[0] == STATUS_OK);
    EXPECT(OK, SYS_SCHED_UNBIND, other.thread.sched);
}

static void caller_is_busy(void)
{
    cap_index endpoint = make(OBJECT_ENDPOINT, 0), reply = make(OBJECT_REPLY, 0);
    CHECK(other_start(SYS_CALL, endpoint, 0) && !other.done);
    struct call_regs got = kcall(SYS_RECEIVE, endpoint, 0, 0, 0, 0, 0, reply);
    CHECK(got.r[0] == STATUS_OK);
    EXPECT(BUSY, SYS_THREAD_CONFIGURE, other.thread.thread, OWN, ROOT_SLOT_SPACE, 0, 0, 0, LESS);
    EXPECT(OK, SYS_REPLY, reply);
    CHECK(other.done);
}

static void vcpu_in_use(void)
{
    cap_index page, vcpu = make(OBJECT_VCPU, 0);
    struct vcpu_page *state = map_new_page(&page);
    CHECK(state != NULL);
    EXPECT(OK, SYS_VCPU_CONFIGURE, vcpu, f.guest_space, page);
    EXPECT(OK, SYS_VCPU_RESET, vcpu);
    state->regs.pstate = KTEST_GUEST_PSTATE;
    struct call_regs got = kcall(SYS_VCPU_RUN, vcpu, 0, 0, 0, 0, 0, 0);
    CHECK(got.r[0] == STATUS_OK && got.r[1] == VCPU_EXIT_ABORT); /* nothing is mapped at 0 */
    EXPECT(OK, SYS_CAP_REVOKE, OWN, page);
    struct call_regs gone = kcall(SYS_VCPU_RUN, vcpu, 0, 0, 0, 0, 0, 0);
    check("SYS_VCPU_RUN is NOT_BOUND without its page", gone.r[0] == STATUS_NOT_BOUND);
}

void test_rare(void)
{
    too_deep();
    slots_and_threads_in_use();
    waiting_is_for_one();
    receiver_is_revoked();
    without_a_message_buffer();
    sender_without_a_message_buffer();
    lent_time_is_busy();
    caller_is_busy();
    vcpu_in_use();
}
