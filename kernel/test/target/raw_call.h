/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * System calls as bare registers: tests and measurements must be able to make
 * every call that a program could, well formed or not.
 */
#pragma once

#include "abi/message.h"
#include "abi/syscall.h"
#include "abi/types.h"

struct call_regs {
    abi_word r[8]; /* 0..6 arguments and results, 7 the number */
};

/* In: regs->r loaded into registers 0..7. Out: registers 0..7 stored back. */
void raw_call(struct call_regs *regs);

/* `count` times the same call with the same registers 0..7; for measuring. */
void raw_call_loop(const struct call_regs *regs, abi_word count);
/* The same loop without the trap. */
void raw_empty_loop(const struct call_regs *regs, abi_word count);

/* Position-independent thread bodies, copied into other address spaces.
 * At entry register 0 = endpoint or notification | reply << 16. */
extern const unsigned char stub_echo_start[], stub_echo_end[]; /* answers every call with nothing */
extern const unsigned char stub_wait_start[],
    stub_wait_end[]; /* waits on a notification for ever */
extern const unsigned char stub_fault_start[], stub_fault_end[]; /* touches address 0 for ever */
extern const unsigned char stub_resume_start[],
    stub_resume_end[]; /* fault handler: resume by skipping */
