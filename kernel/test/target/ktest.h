/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The kernel's test task: a root on the shipped kernel that makes every system
 * call succeed once and fail once with each status that docs/syscalls.md lists.
 */
#pragma once

#include "ktest_machine.h"
#include "support.h"

/* One of each object, and a copy of each without any right, made anew for every group. */
struct fixture {
    cap_index empty; /* a slot that holds nothing */
    cap_index untyped, cnode, endpoint, notification, reply, thread, sched, space, guest_space;
    cap_index table, frame, big_frame, vcpu, timer;
    cap_index weak_cnode, weak_endpoint, weak_notification, weak_thread, weak_sched;
    cap_index weak_space, weak_frame, weak_vcpu, weak_timer;
};
extern struct fixture f;

void check(const char *name, bool holds);
void expect(const char *name, enum status wanted, enum syscall number, struct call_regs *regs);

/* A call that must answer `status`; arguments are registers 0..6. */
#define EXPECT(status, number, ...)                                          \
    expect(#number " " #__VA_ARGS__ " is " #status, STATUS_##status, number, \
           &(struct call_regs){ .r = { __VA_ARGS__ } })
extern const unsigned char guest_stub_start[], guest_stub_end[];
#define CHECK(condition) check(#condition, (condition))

/* The groups, each in its own file. */
void test_capabilities(void);
void test_derivation(void);
void test_untyped(void);
void test_memory(void);
void test_ipc(void);
void test_ipc_transfer(void);
void test_notifications(void);
void test_faults(void);
void test_threads(void);
void test_time(void);
void test_interrupts(void);
void test_vcpus(void);
void test_rare(void);
void test_lifetimes(void);
void test_atomics(void);
