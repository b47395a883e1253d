/* SPDX-License-Identifier: BSD-2-Clause */
/* Device interrupts. Each signals a notification and stays masked until acknowledged. */
#pragma once

#include "kernel/object.h"

struct irq {
    struct dying dying;
    struct cap signal_binding;
    uint32_t is_taken; /* a capability to it exists */
};

enum { IRQ_MAX = 320 };
