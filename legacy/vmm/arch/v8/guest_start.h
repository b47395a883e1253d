/* SPDX-License-Identifier: BSD-2-Clause */
/* How Linux is entered (Documentation/arm64/booting.rst, "Call the kernel image"). */
#pragma once

#include "abi/vcpu.h"

enum { PSTATE_EL1H_MASKED = 0x3c5 };

static inline struct vcpu_regs guest_start(uint64_t entry, uint64_t device_tree)
{
    return (struct vcpu_regs){ .pc = entry, .pstate = PSTATE_EL1H_MASKED, .gpr = { device_tree } };
}
