/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

/* One instruction that native code may not execute: "vmov s0, r0". */
#define KTEST_FLOATING_POINT_INSTRUCTION() __asm__ volatile(".inst 0xee000a10")
/* SVC mode, all interrupts masked. */
#define KTEST_GUEST_PSTATE 0x1d3u
/* What the guest loads into: LR of SVC mode, which is in no page */
#define KTEST_GUEST_REGISTER 14
