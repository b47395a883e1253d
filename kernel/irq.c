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

static enum status get_check(const struct thread *caller, struct cap **control_out,
                             struct cap **slot_out)
{
    const abi_word id = thread_arg(caller, 1);
    enum status status = cap_lookup(caller, thread_arg(caller, 0), OBJECT_IRQ_CONTROL,
                                    RIGHT_MANAGE, control_out);

    if (status != STATUS_OK) {
        return status;
    }
    if (id >= IRQ_MAX || id >= arch_interrupt_count() || !arch_interrupt_available((uint32_t)id)) {
        return STATUS_BAD_ARGUMENT;
    }
    status = cnode_destination(caller, thread_arg(caller, 2), thread_arg(caller, 3), slot_out);
    if (status != STATUS_OK) {
        return status;
    }
    if ((*control_out)->depth >= DERIVATION_DEPTH) {
        return STATUS_TOO_DEEP;
    }
    return irq_table[id].is_taken ? STATUS_BUSY : STATUS_OK;
}

enum status sys_irq_get(struct thread *caller)
{
    struct cap *control;
    struct cap *slot;
    enum status status;

    if (!reaper_drain()) {
        return syscall_restart(caller); /* it may be about to become free */
    }
    status = get_check(caller, &control, &slot);
    if (status == STATUS_OK) {
        cap_init_child(slot, control, OBJECT_IRQ);
        slot->irq = &irq_table[thread_arg(caller, 1)];
        slot->irq->is_taken = 1;
    }
    return status;
}

static enum status irq_lookup(const struct thread *caller, unsigned rights, struct irq **irq_out)
{
    struct cap *cap;
    const enum status status =
        cap_lookup(caller, thread_arg(caller, 0), OBJECT_IRQ, rights, &cap);

    if (status == STATUS_OK) {
        *irq_out = cap->irq;
    }
    return status;
}

/* From now on it is signalled: bound interrupts are unmasked. */
enum status sys_irq_bind(struct thread *caller)
{
    struct irq *irq;
    struct cap *notification;
    enum status status = irq_lookup(caller, RIGHT_MANAGE, &irq);

    if (status == STATUS_OK) {
        status = cap_lookup(caller, thread_arg(caller, 1), OBJECT_NOTIFICATION, RIGHT_WRITE,
                            &notification);
    }
    if (status != STATUS_OK) {
        return status;
    }
    if (notification->depth >= DERIVATION_DEPTH) {
        return STATUS_TOO_DEEP;
    }
    cap_bind(&irq->signal_binding, notification, BINDING_SIGNAL);
    arch_interrupt_unmask(irq_id(irq));
    return STATUS_OK;
}

enum status sys_irq_ack(struct thread *caller)
{
    struct irq *irq;
    const enum status status = irq_lookup(caller, RIGHT_WRITE, &irq);

    if (status != STATUS_OK) {
        return status;
    }
    if (cap_is_empty(&irq->signal_binding)) {
        return STATUS_NOT_BOUND;
    }
    arch_interrupt_unmask(irq_id(irq));
    return STATUS_OK;
}
