/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

#include "abi/types.h"

/* One instruction that native code may not execute: "vmov s0, r0". */
#define KTEST_FLOATING_POINT_INSTRUCTION() __asm__ volatile(".inst 0xee000a10")
/* SVC mode, all interrupts masked. */
#define KTEST_GUEST_PSTATE 0x1d3u
/* What the guest loads into: LR of SVC mode, which is in no page */
#define KTEST_GUEST_REGISTER 14 /* LR: banked */
#define KTEST_GUEST_WIDTH 4
/* Where vtest_guest.S finds what to do before it looks at its registers: enum guest_task */
#define KTEST_TASK_REGISTER 10
/* native_fp.S */
enum { KTEST_FP_ATTEMPTS = 6 };
abi_word native_fp_attempts(abi_word unchanged);
