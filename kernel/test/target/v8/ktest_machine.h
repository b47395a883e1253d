/* SPDX-License-Identifier: BSD-2-Clause */
#pragma once

/* One instruction that native code may not execute: "fmov s0, wzr". */
#define KTEST_FLOATING_POINT_INSTRUCTION() __asm__ volatile(".inst 0x1e2703e0")
/* EL1h, all interrupts masked. */
#define KTEST_GUEST_PSTATE 0x3c5u
/* What the guest loads into */
#define KTEST_GUEST_REGISTER 3
