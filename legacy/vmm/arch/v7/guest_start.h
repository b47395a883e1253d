/* SPDX-License-Identifier: BSD-2-Clause */
/* How Linux is entered (Documentation/arm/booting.rst, "Calling the kernel image"). */
#pragma once

#include "abi/vcpu.h"

enum { CPSR_SVC_MASKED = 0x1d3 };
#define NO_MACHINE_TYPE UINT32_C(0xffffffff)

static inline struct vcpu_regs guest_start(uint64_t entry, uint64_t device_tree)
{
    return (struct vcpu_regs){
        .pc = entry,
        .pstate = CPSR_SVC_MASKED,
        .gpr = { 0, NO_MACHINE_TYPE, device_tree },
    };
}
