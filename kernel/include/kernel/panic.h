/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The end: cause, registers, build and last events on the console, "stopped" on the panel, then
 * the machine is reset (which hangs the modem up). kernel_panic() is declared in "arch/arch.h".
 */
#pragma once

#include "arch/arch.h"

extern const char kernel_build_id[17]; /* 16 hexadecimal digits */

/* Our own invariants only: never what a user can reach. */
#define KERNEL_ASSERT(condition) \
    ((condition) ? (void)0 : kernel_panic("kernel invariant broken: " #condition, 0, 0))
