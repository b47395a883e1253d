/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/irq.h"

#include "arch/arch.h"
#include "kernel/cnode.h"
#include "kernel/cpu.h"
#include "kernel/notification.h"
#include "kernel/sched.h"
#include "kernel/syscall.h"
#include "kernel/thread.h"

static struct irq irq_table[IRQ_MAX];

static uint32_t irq_id(const struct irq *irq)
{
    return (uint32_t)(irq - irq_table);
}

void kernel_interrupt(uint32_t id)
{
    if (id < IRQ_MAX) {
        notification_signal_binding(&irq_table[id].signal_binding);
    }
    sched_run_next(cpu_this());
}

void irq_destroy(struct irq *irq)
{
    arch_interrupt_mask(irq_id(irq));
    reaper_add(&irq->dying, OBJECT_IRQ);
}

void irq_reap(struct irq *irq)
{
    cap_unbind(&irq->signal_binding);
    irq->is_taken = 0;
}

enum status sys_irq_get(struct thread *caller, struct cap *const *cap)
{
    const abi_word id = thread_arg(caller, 1);

    if (id >= IRQ_MAX || id >= arch_interrupt_count() || !arch_interrupt_available((uint32_t)id)) {
        return STATUS_BAD_ARGUMENT;
    }
    if (!cap_can_bind(cap[0])) {
        return STATUS_TOO_DEEP;
    }
    if (!reaper_drain()) {
        return syscall_restart(caller); /* it may be about to become free */
    }
    if (irq_table[id].is_taken) {
        return STATUS_BUSY;
    }
    cap_init_child(cap[1], cap[0], OBJECT_IRQ);
    cap[1]->irq = &irq_table[id];
    cap[1]->irq->is_taken = 1;
    return STATUS_OK;
}

/* From now on it is signalled: bound interrupts are unmasked. */
enum status sys_irq_bind(struct thread *caller, struct cap *const *cap)
{
    (void)caller;
    if (!cap_can_bind(cap[1])) {
        return STATUS_TOO_DEEP;
    }
    cap_bind(&cap[0]->irq->signal_binding, cap[1], BINDING_SIGNAL);
    arch_interrupt_unmask(irq_id(cap[0]->irq));
    return STATUS_OK;
}

enum status sys_irq_ack(struct thread *caller, struct cap *const *cap)
{
    (void)caller;
    if (cap_is_empty(&cap[0]->irq->signal_binding)) {
        return STATUS_NOT_BOUND;
    }
    arch_interrupt_unmask(irq_id(cap[0]->irq));
    return STATUS_OK;
}
