/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts as objects: each is bound to a notification and stays masked until it is acknowledged.
 */
#include "kernel/objects.h"

static struct irq irq_table[IRQ_MAX];

static uint32_t irq_id(const struct irq *irq)
{
    return (uint32_t)(irq - irq_table);
}

void kernel_interrupt(struct arch_cpu *arch, uint32_t id)
{
    if (id < IRQ_MAX) {
        notification_signal_binding(&irq_table[id].signal_binding);
    }
    run_next(cpu_of(arch));
}

void irq_destroy(const struct cap *cap)
{
    arch_interrupt_mask(irq_id(cap->irq));
}

bool irq_reap(struct dying *dying)
{
    struct irq *irq = CONTAINER_OF(dying, struct irq, dying);

    cap_unbind(&irq->signal_binding);
    irq->is_taken = 0;
    return true;
}

enum status sys_irq_get(const struct call *call)
{
    const abi_word id = call_arg(call, 1);

    if (id >= IRQ_MAX || !arch_interrupt_available((uint32_t)id)) {
        return STATUS_BAD_ARGUMENT;
    }
    if (irq_table[id].is_taken) {
        return STATUS_BUSY;
    }
    cap_init_child(call->cap[1], call->cap[0], OBJECT_IRQ);
    call->cap[1]->irq = &irq_table[id];
    call->cap[1]->irq->is_taken = 1;
    return STATUS_OK;
}

/* From now on it is signalled: bound interrupts are unmasked. */
enum status sys_irq_bind(const struct call *call)
{
    cap_bind(&call->cap[0]->irq->signal_binding, call->cap[1], BINDING_SIGNAL);
    arch_interrupt_unmask(irq_id(call->cap[0]->irq));
    return STATUS_OK;
}

enum status sys_irq_ack(const struct call *call)
{
    if (cap_is_empty(&call->cap[0]->irq->signal_binding)) {
        return STATUS_NOT_BOUND;
    }
    arch_interrupt_unmask(irq_id(call->cap[0]->irq));
    return STATUS_OK;
}
