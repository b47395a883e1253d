/* SPDX-License-Identifier: BSD-2-Clause */
/* Copy, move, delete, revoke, information; the derivation tree's promises. */
#include "ktest.h"

enum { OWN = ROOT_SLOT_CNODE, BEYOND = 1 << ROOT_CNODE_BITS, FIXTURE_CNODE_SLOTS = 32 };

static void copy_errors(void)
{
    EXPECT(BAD_CAP, SYS_CAP_COPY, f.empty, 1, OWN, f.endpoint, RIGHTS_ALL, 0);
    EXPECT(BAD_CAP, SYS_CAP_COPY, f.cnode, 1, OWN, f.empty, RIGHTS_ALL, 0);
    EXPECT(BAD_CAP, SYS_CAP_COPY, f.cnode, 1, BEYOND, f.endpoint, RIGHTS_ALL, 0);
    EXPECT(BAD_TYPE, SYS_CAP_COPY, f.endpoint, 1, OWN, f.endpoint, RIGHTS_ALL, 0);
    EXPECT(BAD_TYPE, SYS_CAP_COPY, f.cnode, 1, f.endpoint, 1, RIGHTS_ALL, 0);
    EXPECT(BAD_RIGHTS, SYS_CAP_COPY, f.weak_cnode, 1, OWN, f.endpoint, RIGHTS_ALL, 0);
    EXPECT(BAD_CAP, SYS_CAP_COPY, f.cnode, FIXTURE_CNODE_SLOTS, OWN, f.endpoint, RIGHTS_ALL, 0);
    EXPECT(BAD_ARGUMENT, SYS_CAP_COPY, f.cnode, 1, OWN, f.frame, RIGHTS_ALL, 7);
    EXPECT(SLOT_IN_USE, SYS_CAP_COPY, OWN, f.frame, OWN, f.endpoint, RIGHTS_ALL, 0);
    EXPECT(OK, SYS_CAP_COPY, f.cnode, 1, OWN, f.endpoint, RIGHTS_ALL, 7);
    EXPECT(BAD_ARGUMENT, SYS_CAP_COPY, f.cnode, 2, f.cnode, 1, RIGHTS_ALL, 8);
    EXPECT(BAD_ARGUMENT, SYS_CAP_COPY, f.cnode, 2, OWN, f.endpoint, RIGHTS_ALL + 1, 0);
}

static void copy_shrinks_rights(void)
{
    cap_index reader = copy_of(f.notification, RIGHT_READ, 0);
    cap_index wider = copy_of(reader, RIGHTS_ALL, 0);
    EXPECT(BAD_RIGHTS, SYS_SIGNAL, wider);
    EXPECT(WOULD_BLOCK, SYS_POLL, wider);
    struct call_regs info = kcall(SYS_CAP_INFO, OWN, wider, 0, 0, 0, 0, 0);
    CHECK((info.r[1] & 0xff) == OBJECT_NOTIFICATION);
    CHECK(((info.r[1] >> 8) & 0xff) == RIGHT_READ);
}

static void copy_too_deep(void)
{
    cap_index last = f.endpoint;
    enum status s = STATUS_OK;
    for (unsigned i = 0; i <= DERIVATION_DEPTH && s == STATUS_OK; i++) {
        cap_index next = new_slot();
        s = kstatus(SYS_CAP_COPY, OWN, next, OWN, last, RIGHTS_ALL, 0, 0);
        last = next;
    }
    CHECK(s == STATUS_TOO_DEEP);
}

static void move_and_delete(void)
{
    cap_index copy = copy_of(f.endpoint, RIGHTS_ALL, 0);
    EXPECT(BAD_CAP, SYS_CAP_MOVE, OWN, f.empty, f.empty, copy);
    EXPECT(BAD_CAP, SYS_CAP_MOVE, f.cnode, 3, OWN, f.empty);
    EXPECT(BAD_TYPE, SYS_CAP_MOVE, f.endpoint, 3, OWN, copy);
    EXPECT(BAD_RIGHTS, SYS_CAP_MOVE, f.weak_cnode, 3, OWN, copy);
    EXPECT(BAD_CAP, SYS_CAP_MOVE, f.cnode, FIXTURE_CNODE_SLOTS, OWN, copy);
    EXPECT(SLOT_IN_USE, SYS_CAP_MOVE, OWN, f.frame, OWN, copy);
    EXPECT(OK, SYS_CAP_MOVE, f.cnode, 3, OWN, copy);
    EXPECT(BAD_CAP, SYS_CAP_MOVE, f.cnode, 4, OWN, copy);
    EXPECT(BAD_CAP, SYS_CAP_DELETE, f.empty, 3);
    EXPECT(BAD_TYPE, SYS_CAP_DELETE, f.endpoint, 3);
    EXPECT(BAD_RIGHTS, SYS_CAP_DELETE, f.weak_cnode, 3);
    EXPECT(BAD_CAP, SYS_CAP_DELETE, f.cnode, FIXTURE_CNODE_SLOTS);
    EXPECT(OK, SYS_CAP_DELETE, f.cnode, 3);
    EXPECT(BAD_CAP, SYS_CAP_DELETE, f.cnode, 3);
}

static void info_errors(void)
{
    EXPECT(BAD_CAP, SYS_CAP_INFO, f.empty, 1);
    EXPECT(BAD_CAP, SYS_CAP_INFO, OWN, f.empty);
    EXPECT(BAD_TYPE, SYS_CAP_INFO, f.endpoint, 1);
    EXPECT(BAD_RIGHTS, SYS_CAP_INFO, f.weak_cnode, 1);
    EXPECT(BAD_CAP, SYS_CAP_INFO, f.cnode, FIXTURE_CNODE_SLOTS);
    struct call_regs a = kcall(SYS_CAP_INFO, OWN, f.endpoint, 0, 0, 0, 0, 0);
    struct call_regs b = kcall(SYS_CAP_INFO, OWN, f.weak_endpoint, 0, 0, 0, 0, 0);
    CHECK(a.r[0] == STATUS_OK && b.r[0] == STATUS_OK && a.r[3] == b.r[3]);
}

void test_capabilities(void)
{
    copy_errors();
    copy_shrinks_rights();
    copy_too_deep();
    move_and_delete();
    info_errors();
    struct call_regs unknown = { .r = { 0 } };
    expect("an unknown number is BAD_CALL", STATUS_BAD_CALL, (enum syscall)(SYS_SHUTDOWN + 1),
           &unknown);
    expect("a huge number is BAD_CALL", STATUS_BAD_CALL, (enum syscall)0x7fffffff, &unknown);
}

/* ---- the tree -------------------------------------------------------------------------------- */

static void revoke_errors(void)
{
    EXPECT(BAD_CAP, SYS_CAP_REVOKE, f.empty, 1);
    EXPECT(BAD_CAP, SYS_CAP_REVOKE, OWN, f.empty);
    EXPECT(BAD_TYPE, SYS_CAP_REVOKE, f.endpoint, 1);
    EXPECT(BAD_RIGHTS, SYS_CAP_REVOKE, f.weak_cnode, 1);
    EXPECT(BAD_CAP, SYS_CAP_REVOKE, f.cnode, FIXTURE_CNODE_SLOTS);
}

static void tombstone_keeps_slot(void)
{
    cap_index parent = copy_of(f.notification, RIGHTS_ALL, 1);
    cap_index child = copy_of(parent, RIGHTS_ALL, 0);
    EXPECT(OK, SYS_CAP_DELETE, OWN, parent);
    EXPECT(BAD_CAP, SYS_SIGNAL, parent);
    EXPECT(SLOT_IN_USE, SYS_CAP_COPY, OWN, parent, OWN, f.endpoint, RIGHTS_ALL, 0);
    EXPECT(OK, SYS_SIGNAL, child);
    EXPECT(OK, SYS_CAP_DELETE, OWN, child);
    EXPECT(OK, SYS_CAP_COPY, OWN, parent, OWN, f.endpoint, RIGHTS_ALL, 0);
}

static void revoke_takes_descendants_only(void)
{
    cap_index parent = copy_of(f.notification, RIGHTS_ALL, 1);
    cap_index sibling = copy_of(f.notification, RIGHTS_ALL, 2);
    cap_index child = copy_of(parent, RIGHTS_ALL, 0);
    cap_index grandchild = copy_of(child, RIGHTS_ALL, 0);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, parent);
    EXPECT(BAD_CAP, SYS_SIGNAL, child);
    EXPECT(BAD_CAP, SYS_SIGNAL, grandchild);
    EXPECT(OK, SYS_SIGNAL, parent);
    EXPECT(OK, SYS_SIGNAL, sibling);
}

/* A thread that polls until it may not any more: the busy descendant. */
static volatile abi_word busy_status;
static struct test_thread busy;
static cap_index busy_cap;

static void busy_body(abi_word unused)
{
    (void)unused;
    do {
        busy_status = kstatus(SYS_POLL, busy_cap, 0, 0, 0, 0, 0, 0);
    } while (busy_status == STATUS_WOULD_BLOCK);
    thread_stop(&busy);
}

static void revoke_under_a_busy_descendant(void)
{
    cap_index parent = copy_of(make(OBJECT_NOTIFICATION, 0), RIGHTS_ALL, 4);
    busy_cap = copy_of(parent, RIGHTS_ALL, 0);
    busy_status = STATUS_WOULD_BLOCK;
    CHECK(thread_spawn(&busy, busy_body, 0, 20, 0));
    uint64_t until = now_ticks() + boot_information()->counter_hz / 500;
    while (now_ticks() < until) {
        kstatus(SYS_YIELD, 0, 0, 0, 0, 0, 0, 0);
    }
    CHECK(busy_status == STATUS_WOULD_BLOCK);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, parent);
    kstatus(SYS_THREAD_SUSPEND, busy.thread, 0, 0, 0, 0, 0, 0);
    EXPECT(BAD_CAP, SYS_POLL, busy_cap);
}

/* 10,000 descendants in three CNodes: a high-priority thread's timer must not wait for them. */
enum { MANY = 10000, MANY_BITS = 12, MANY_USED = (1 << MANY_BITS) - 1 };

static void revoke_ten_thousand(void)
{
    cap_index root = copy_of(f.endpoint, RIGHTS_ALL, 0);
    cap_index nodes[3] = { make(OBJECT_CNODE, MANY_BITS), make(OBJECT_CNODE, MANY_BITS),
                           make(OBJECT_CNODE, MANY_BITS) };
    unsigned made = 0;
    for (unsigned i = 0; i < MANY; i++) {
        made += kstatus(SYS_CAP_COPY, nodes[i / MANY_USED], 1 + i % MANY_USED, OWN, root,
                        RIGHTS_ALL, 0, 0) == STATUS_OK;
    }
    CHECK(made == MANY);
    EXPECT(OK, SYS_CAP_REVOKE, OWN, root);
    unsigned left = 0;
    for (unsigned i = 0; i < MANY; i++) {
        left += kstatus(SYS_CAP_INFO, nodes[i / MANY_USED], 1 + i % MANY_USED, 0, 0, 0, 0, 0) !=
                STATUS_BAD_CAP;
    }
    CHECK(left == 0);
    EXPECT(OK, SYS_CAP_DELETE, OWN, root);
}

void test_derivation(void)
{
    revoke_errors();
    tombstone_keeps_slot();
    revoke_takes_descendants_only();
    revoke_under_a_busy_descendant();
    revoke_ten_thousand();
}
