/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A booted kernel on the fake machine, with root as the current thread. Tests make system calls
 * as whoever is current; after each, all invariants of the kernel's headers are checked.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "abi/boot.h"
#include "abi/message.h"
#include "abi/syscall.h"
#include "fake_arch.h"
#include "kernel/objects.h"

/* Slots in root's CNode that fixture_objects() fills; the weak ones are copies without rights. */
enum test_slot {
    RAM = ROOT_SLOT_FIRST_UNTYPED, /* 32 MiB, root's beginnings at its front */
    RAM_2,                         /* 16 MiB */
    IMAGE,                         /* 2 MiB, the bundle */
    DEVICE,                        /* 8 KiB */
    RAM_SMALL,                     /* 4 KiB */
    ENDPOINT = 100,
    REPLY,
    NOTE,
    THREAD, /* not configured */
    SCHED,  /* not configured */
    SPACE,
    GUEST_SPACE,
    TABLE,
    FRAME,
    VCPU, /* not configured */
    TIMER,
    CNODE, /* 16 slots */
    LARGE_FRAME,
    IRQ,
    DEVICE_FRAME,
    OBJECTS_END,
    WEAK = 100, /* weak copy of slot s: s + WEAK */
    EMPTY = 300,
    FREE = 400, /* tests use what follows */
};

enum { IRQ_ID = 40 };

int fixture_boot(void **state);
int fixture_objects(void **state);
/* Destroys everything and checks that nothing is left behind. */
int fixture_end(void **state);

/* As the current thread. What comes back in register 0; if it blocked, the number of the call
 * that it left there is overwritten only when it goes on. */
abi_word sys_words(unsigned number, const abi_word *arguments);
/* For a state that a test has forged: no invariant is looked at afterwards. */
abi_word sys_words_unchecked(unsigned number, const abi_word *arguments);
#define SYS(number, ...) sys_words(number, (const abi_word[7]){ __VA_ARGS__ })
#define OK(number, ...) assert_int_equal(SYS(number, __VA_ARGS__), STATUS_OK)
#define FAILS(expected, number, ...) assert_int_equal(SYS(number, __VA_ARGS__), expected)

extern unsigned fixture_restarts; /* of the last call */
/* Result register of the thread that made the last call. */
abi_word result(unsigned reg);
abi_word result_of(const struct thread *thread, unsigned reg);

struct cpu *cpu(void);
struct thread *current(void);
struct thread *root(void);
struct cap *slot(unsigned index);
void retype(unsigned untyped, enum object_type type, abi_word parameter, unsigned to);
void copy(unsigned from, unsigned to, unsigned rights, abi_word badge);
/* A copy of `from` at the greatest depth; the ones between are in CNODE_DEEP. */
void copy_deep(unsigned from, unsigned to);
/* A thread with root's CNode and space. sched 0: passive. It runs at once if it is urgent. */
struct thread *make_thread(unsigned thread, unsigned sched, unsigned priority);
void budget(unsigned sched, unsigned budget_us, unsigned period_us);
/* Time passes; the timer fires as it is due. */
void pass(ticks us);
void check_invariants(void);

#define TEST(f) cmocka_unit_test_setup_teardown(f, fixture_objects, fixture_end)

int cap_tests(void);
int memory_tests(void);
int error_tests(void);
int ipc_tests(void);
int thread_tests(void);
int sched_tests(void);
int device_tests(void);
int boot_tests(void);
int random_tests(void);
int guards_tests(void);
int guards_ipc_tests(void);
int lifetime_tests(void);
int bounds_tests(void);
