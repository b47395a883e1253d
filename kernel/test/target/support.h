/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the kernel's test task and the bench share: objects, threads and
 * address spaces made from one untyped that is revoked after each use.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/boot.h"
#include "raw_call.h"

/* ---- output ---------------------------------------------------------------------------------- */
void print(const char *text);
void print_number(uint64_t value);
_Noreturn void power_off(void);

/* ---- system calls ---------------------------------------------------------------------------- */
struct call_regs kcall(enum syscall number, abi_word a0, abi_word a1, abi_word a2, abi_word a3,
                       abi_word a4, abi_word a5, abi_word a6);
/* Only the status, for calls whose results do not matter. */
enum status kstatus(enum syscall number, abi_word a0, abi_word a1, abi_word a2, abi_word a3,
                    abi_word a4, abi_word a5, abi_word a6);
uint64_t now_ticks(void);

/* ---- objects --------------------------------------------------------------------------------- */
/* Runs `body` on a thread of middle priority, so that others can be more or less urgent; never
 * returns. Root's own thread sleeps meanwhile. */
_Noreturn void support_run(void (*body)(abi_word));
cap_index own_thread(void);
cap_index own_sched(void);
void arena_begin(void); /* a fresh 16 MiB untyped, slot numbers start again */
void arena_end(void);   /* revokes it: every object made in between is gone */
cap_index arena_untyped(void);
cap_index new_slot(void);
cap_index make(enum object_type type, abi_word parameter); /* 0 when it failed */
cap_index copy_of(cap_index source, abi_word rights, abi_word badge);
/* A frame mapped read-write at the address returned; its capability in *frame_out. */
void *map_new_page(cap_index *frame_out);

/* ---- threads --------------------------------------------------------------------------------- */
struct test_thread {
    cap_index thread, sched, message_frame;
    struct message_buffer *message;
};
/* A thread in the test task's own space and CNode. Body must end in thread_stop(). */
bool thread_spawn(struct test_thread *t, void (*body)(abi_word), abi_word argument,
                  unsigned priority, cap_index fault_endpoint);
void thread_stop(const struct test_thread *self); /* suspends itself; returns only if resumed */
/* A thread in a new space of its own, running a position-independent stub. `with_sched`
 * false makes it a passive server that runs on its callers' scheduling contexts. */
struct stub_setup {
    const unsigned char *start, *end;
    abi_word argument;
    unsigned priority;
    bool with_sched;
    cap_index fault_endpoint;
    cap_index space; /* out */
};
bool stub_spawn(struct test_thread *t, struct stub_setup *setup);
const struct boot_info *boot_information(void);
struct message_buffer *own_message(void);
