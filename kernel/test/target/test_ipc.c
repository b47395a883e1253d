/* SPDX-License-Identifier: BSD-2-Clause */
/* Call, receive, reply, capability transfer, notifications, faults. */
#include "ktest.h"

enum { OWN = ROOT_SLOT_CNODE, CLIENT_PRIORITY = 20, HIGHER = 50 };

/* One client thread that makes one call with what is put here, and keeps the answer. */
static struct {
    struct test_thread thread;
    struct call_regs regs;
    volatile bool done;
} client;

static void client_body(abi_word unused)
{
    (void)unused;
    raw_call(&client.regs);
    client.done = true;
    thread_stop(&client.thread);
}

static bool client_start(struct call_regs regs, enum syscall number)
{
    client.regs = regs;
    client.regs.r[7] = (abi_word)number;
    client.done = false;
    return thread_spawn(&client.thread, client_body, 0, CLIENT_PRIORITY, 0);
}

/* The client is less urgent: give it time until it is done or 20 ms have passed. */
static void client_wait(void)
{
    uint64_t until = now_ticks() + boot_information()->counter_hz / 50;
    while (!client.done && now_ticks() < until) {
        kstatus(SYS_YIELD, 0, 0, 0, 0, 0, 0, 0);
    }
}

static void ipc_errors(void)
{
    cap_index receive_only = copy_of(f.endpoint, RIGHT_READ, 0);
    cap_index send_only = copy_of(f.endpoint, RIGHT_WRITE, 0);
    EXPECT(BAD_CAP, SYS_CALL, f.empty);
    EXPECT(BAD_TYPE, SYS_CALL, f.notification);
    EXPECT(BAD_RIGHTS, SYS_CALL, receive_only);
    EXPECT(BAD_ARGUMENT, SYS_CALL, f.endpoint, 1 << 12);
    EXPECT(BAD_ARGUMENT, SYS_CALL, f.endpoint, MESSAGE_WORDS + 1);
    EXPECT(BAD_RIGHTS, SYS_CALL, send_only, MESSAGE_INFO_CAP);
    EXPECT(BAD_CAP, SYS_RECEIVE, f.empty, 0, 0, 0, 0, 0, f.reply);
    EXPECT(BAD_CAP, SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.empty);
    EXPECT(BAD_TYPE, SYS_RECEIVE, f.notification, 0, 0, 0, 0, 0, f.reply);
    EXPECT(BAD_TYPE, SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_RECEIVE, send_only, 0, 0, 0, 0, 0, f.reply);
    EXPECT(BAD_CAP, SYS_REPLY, f.empty);
    EXPECT(BAD_TYPE, SYS_REPLY, f.endpoint);
    EXPECT(NOT_BOUND, SYS_REPLY, f.reply);
    EXPECT(BAD_CAP, SYS_REPLY_RECEIVE, f.empty, 0, 0, 0, 0, 0, f.reply);
    EXPECT(BAD_TYPE, SYS_REPLY_RECEIVE, f.notification, 0, 0, 0, 0, 0, f.reply);
    EXPECT(BAD_RIGHTS, SYS_REPLY_RECEIVE, send_only, 0, 0, 0, 0, 0, f.reply);
}

static void call_and_reply(void)
{
    cap_index badged = copy_of(f.endpoint, RIGHT_WRITE, 0x77);
    CHECK(client_start((struct call_regs){ .r = { badged, 4, 1, 2, 3, 4 } }, SYS_CALL));
    struct call_regs got = kcall(SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.reply);
    CHECK(got.r[0] == STATUS_OK && got.r[1] == 4 && got.r[6] == 0x77);
    CHECK(got.r[2] == 1 && got.r[3] == 2 && got.r[4] == 3 && got.r[5] == 4);
    EXPECT(BUSY, SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.reply);
    EXPECT(BAD_ARGUMENT, SYS_REPLY, f.reply, 1 << 12);
    EXPECT(BAD_ARGUMENT, SYS_REPLY_RECEIVE, f.endpoint, 1 << 12, 0, 0, 0, 0, f.reply);
    EXPECT(OK, SYS_REPLY, f.reply, 2, 9, 8);
    client_wait();
    CHECK(client.done && client.regs.r[0] == STATUS_OK && client.regs.r[1] == 2);
    CHECK(client.regs.r[2] == 9 && client.regs.r[3] == 8 && client.regs.r[6] == 0);
    EXPECT(NOT_BOUND, SYS_REPLY, f.reply);
}

static void call_ends_when_revoked(void)
{
    cap_index endpoint = make(OBJECT_ENDPOINT, 0);
    cap_index reply = make(OBJECT_REPLY, 0);
    CHECK(client_start((struct call_regs){ .r = { endpoint } }, SYS_CALL));
    kcall(SYS_RECEIVE, endpoint, 0, 0, 0, 0, 0, reply);
    EXPECT(OK, SYS_CAP_DELETE, OWN, reply);
    client_wait();
    CHECK(client.done && client.regs.r[0] == STATUS_REVOKED);
    CHECK(client_start((struct call_regs){ .r = { endpoint } }, SYS_CALL));
    client_wait();
    CHECK(!client.done);
    EXPECT(OK, SYS_CAP_DELETE, OWN, endpoint);
    client_wait();
    CHECK(client.done && client.regs.r[0] == STATUS_REVOKED);
}

void test_ipc(void)
{
    ipc_errors();
    call_and_reply();
    call_ends_when_revoked();
}

/* ---- long messages and capabilities ---------------------------------------------------------- */

static struct call_regs long_regs;

static void long_body(abi_word words)
{
    for (abi_word i = MESSAGE_REGISTERS; i < words; i++) {
        client.thread.message->words[i] = 100 + i;
    }
    long_regs.r[1] = words;
    client.regs = long_regs;
    client_body(0);
}

static void long_message(void)
{
    long_regs = (struct call_regs){ .r = { f.endpoint, 0, 100, 101, 102, 103, 0, SYS_CALL } };
    client.done = false;
    CHECK(thread_spawn(&client.thread, long_body, MESSAGE_WORDS, CLIENT_PRIORITY, 0));
    struct call_regs got = kcall(SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.reply);
    CHECK(got.r[0] == STATUS_OK && got.r[1] == MESSAGE_WORDS && got.r[5] == 103);
    CHECK(own_message()->words[4] == 104 && own_message()->words[MESSAGE_WORDS - 1] == 163);
    own_message()->words[19] = 1919;
    EXPECT(OK, SYS_REPLY, f.reply, 20, 0, 0, 0, 0);
    client_wait();
    CHECK(client.done && client.regs.r[1] == 20 && client.thread.message->words[19] == 1919);
}

static cap_index gift;

static void giving_body(abi_word unused)
{
    client.thread.message->send_cap = gift;
    client_body(unused);
}

static struct call_regs give(cap_index landing)
{
    client.regs =
        (struct call_regs){ .r = { f.endpoint, MESSAGE_INFO_CAP, 0, 0, 0, 0, 0, SYS_CALL } };
    client.done = false;
    own_message()->receive_slot = landing;
    CHECK(thread_spawn(&client.thread, giving_body, 0, CLIENT_PRIORITY, 0));
    struct call_regs got = kcall(SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.reply);
    own_message()->receive_slot = 0;
    return got;
}

static void capability_travels(void)
{
    gift = copy_of(f.notification, RIGHT_WRITE, 0x10);
    cap_index landing = new_slot();
    struct call_regs got = give(landing);
    CHECK(got.r[0] == STATUS_OK && (got.r[1] & MESSAGE_INFO_CAP) != 0);
    EXPECT(OK, SYS_SIGNAL, landing);
    struct call_regs bits = kcall(SYS_POLL, f.notification, 0, 0, 0, 0, 0, 0);
    CHECK(bits.r[0] == STATUS_OK && bits.r[1] == 0x10);
    EXPECT(OK, SYS_REPLY, f.reply);
    client_wait();
    EXPECT(OK, SYS_CAP_REVOKE, OWN, gift);
    EXPECT(BAD_CAP, SYS_SIGNAL, landing);
}

static void capability_without_a_slot(void)
{
    gift = copy_of(f.notification, RIGHT_WRITE, 0x10);
    struct call_regs got = give(0);
    CHECK(got.r[0] == STATUS_OK && (got.r[1] & MESSAGE_INFO_CAP) == 0);
    EXPECT(OK, SYS_REPLY, f.reply);
    client_wait();
}

void test_ipc_transfer(void)
{
    long_message();
    capability_travels();
    capability_without_a_slot();
}

/* ---- notifications --------------------------------------------------------------------------- */

static void notification_errors(void)
{
    EXPECT(BAD_CAP, SYS_SIGNAL, f.empty);
    EXPECT(BAD_TYPE, SYS_SIGNAL, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_SIGNAL, f.weak_notification);
    EXPECT(BAD_CAP, SYS_WAIT, f.empty);
    EXPECT(BAD_TYPE, SYS_WAIT, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_WAIT, f.weak_notification);
    EXPECT(BAD_CAP, SYS_POLL, f.empty);
    EXPECT(BAD_TYPE, SYS_POLL, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_POLL, f.weak_notification);
    EXPECT(WOULD_BLOCK, SYS_POLL, f.notification);
}

static void bits_add_up(void)
{
    cap_index one = copy_of(f.notification, RIGHT_WRITE, 1);
    cap_index four = copy_of(f.notification, RIGHT_WRITE, 4);
    EXPECT(OK, SYS_SIGNAL, one);
    EXPECT(OK, SYS_SIGNAL, four);
    struct call_regs bits = kcall(SYS_WAIT, f.notification, 0, 0, 0, 0, 0, 0);
    CHECK(bits.r[0] == STATUS_OK && bits.r[1] == 5);
    EXPECT(WOULD_BLOCK, SYS_POLL, f.notification);
}

static void waiter_wakes_or_is_revoked(void)
{
    cap_index notification = make(OBJECT_NOTIFICATION, 0);
    cap_index eight = copy_of(notification, RIGHT_WRITE, 8);
    CHECK(client_start((struct call_regs){ .r = { notification } }, SYS_WAIT));
    client_wait();
    CHECK(!client.done);
    EXPECT(OK, SYS_SIGNAL, eight);
    client_wait();
    CHECK(client.done && client.regs.r[0] == STATUS_OK && client.regs.r[1] == 8);
    CHECK(client_start((struct call_regs){ .r = { notification } }, SYS_WAIT));
    client_wait();
    EXPECT(OK, SYS_CAP_REVOKE, OWN, notification);
    EXPECT(OK, SYS_CAP_DELETE, OWN, notification);
    client_wait();
    CHECK(client.done && client.regs.r[0] == STATUS_REVOKED);
}

static void bound_notification_ends_receive(void)
{
    cap_index two = copy_of(f.notification, RIGHT_WRITE, 2);
    EXPECT(BAD_CAP, SYS_THREAD_BIND, f.empty, f.notification);
    EXPECT(BAD_CAP, SYS_THREAD_BIND, f.thread, f.empty);
    EXPECT(BAD_TYPE, SYS_THREAD_BIND, f.endpoint, f.notification);
    EXPECT(BAD_TYPE, SYS_THREAD_BIND, f.thread, f.endpoint);
    EXPECT(BAD_RIGHTS, SYS_THREAD_BIND, f.weak_thread, f.notification);
    EXPECT(BAD_RIGHTS, SYS_THREAD_BIND, f.thread, f.weak_notification);
    EXPECT(OK, SYS_THREAD_BIND, own_thread(), f.notification);
    EXPECT(BUSY, SYS_THREAD_BIND, f.thread, f.notification);
    EXPECT(OK, SYS_SIGNAL, two);
    struct call_regs got = kcall(SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.reply);
    CHECK(got.r[0] == STATUS_OK && got.r[1] == MESSAGE_INFO_SIGNAL && got.r[2] == 2);
}

void test_notifications(void)
{
    notification_errors();
    bits_add_up();
    waiter_wakes_or_is_revoked();
    bound_notification_ends_receive();
}

/* ---- faults ---------------------------------------------------------------------------------- */

static volatile abi_word after_fault;

static void touching_body(abi_word address)
{
    after_fault = *(volatile uint32_t *)address;
    client.done = true;
    thread_stop(&client.thread);
}

static void memory_fault_is_a_message(void)
{
    client.done = false;
    CHECK(thread_spawn(&client.thread, touching_body, 0x7f000000, CLIENT_PRIORITY, f.endpoint));
    struct call_regs got = kcall(SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.reply);
    CHECK(got.r[0] == STATUS_OK && got.r[1] == FAULT_WORDS);
    CHECK(got.r[2] == FAULT_MEMORY && got.r[3] == 0x7f000000);
    EXPECT(OK, SYS_REPLY, f.reply, 1, FAULT_REPLY_SKIP);
    client_wait();
    CHECK(client.done);
}

static void undefined_body(abi_word unused)
{
    (void)unused;
    KTEST_FLOATING_POINT_INSTRUCTION();
    client.done = true;
    thread_stop(&client.thread);
}

static void floating_point_is_a_fault(void)
{
    client.done = false;
    CHECK(thread_spawn(&client.thread, undefined_body, 0, CLIENT_PRIORITY, f.endpoint));
    struct call_regs got = kcall(SYS_RECEIVE, f.endpoint, 0, 0, 0, 0, 0, f.reply);
    CHECK(got.r[0] == STATUS_OK && got.r[2] == FAULT_INSTRUCTION);
    EXPECT(OK, SYS_REPLY, f.reply, 1, 77); /* neither resume nor skip: it stays stopped */
    client_wait();
    CHECK(!client.done);
}

static void without_a_handler_it_stops(void)
{
    client.done = false;
    CHECK(thread_spawn(&client.thread, touching_body, 0x7f000000, CLIENT_PRIORITY, 0));
    client_wait();
    CHECK(!client.done);
}

void test_faults(void)
{
    memory_fault_is_a_message();
    floating_point_is_a_fault();
    without_a_handler_it_stops();
}
