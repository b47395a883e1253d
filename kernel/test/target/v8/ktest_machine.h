/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "abi/types.h"

/* One instruction that native code may not execute: "fmov s0, wzr". */
#define KTEST_FLOATING_POINT_INSTRUCTION() __asm__ volatile(".inst 0x1e2703e0")
/* EL1h, all interrupts masked. */
#define KTEST_GUEST_PSTATE 0x3c5u
/* What the guest loads into */
#define KTEST_GUEST_REGISTER 3
#define KTEST_GUEST_WIDTH 2
/* Where vtest_guest.S finds what to do before it looks at its registers: enum guest_task */
#define KTEST_TASK_REGISTER 25
/* native_fp.S */
enum { KTEST_FP_ATTEMPTS = 6 };
abi_word native_fp_attempts(abi_word unchanged);
