/* SPDX-License-Identifier: BSD-2-Clause */
/* Device interrupts: each signals a notification and stays masked until acknowledged. */
#ifndef KERNEL_IRQ_H
#define KERNEL_IRQ_H

#include "kernel/cap.h"
#include "kernel/object.h"

struct irq {
    struct dying dying;
    struct cap signal_binding;
    uint32_t is_taken; /* a capability to it exists */
};

enum { IRQ_MAX = 320 };

void irq_destroy(const struct cap *cap);
bool irq_reap(struct dying *dying);

syscall_operation sys_irq_get, sys_irq_bind, sys_irq_ack;

#endif
