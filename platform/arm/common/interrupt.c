/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Four kinds of interrupts: the kernel's timer, the running guest's virtual timer (which stays
 * active until the guest deactivates it through its list register), the list registers' maintenance
 * interrupt, and those of devices. The controller is a driver's (interrupt_controller.h).
 */
#include "board.h"
#include "platform.h"

static void complete(uint32_t acknowledged)
{
    interrupt_drop(acknowledged); /* lets others of its priority in; it stays active */
    interrupt_deactivate(acknowledged);
}

/* The kernel's own interrupts are level-triggered: each line is lowered before its interrupt is
 * deactivated. */
void interrupt_take(struct arch_cpu *cpu)
{
    const uint32_t acknowledged = interrupt_acknowledge();
    const uint32_t id = interrupt_id(acknowledged);

    if (id == INTERRUPT_NONE) {
        return;
    }
    if (id == board.timer.hypervisor_irq) {
        arch_timer_program(~(ticks)0);
        complete(acknowledged);
        kernel_timer(cpu);
    } else if (id == board.timer.virtual_irq) {
        interrupt_drop(acknowledged);
        if (!vcpu_take_virtual_timer(cpu)) {
            interrupt_deactivate(acknowledged);
        }
    } else if (id == board.gic.maintenance_irq) {
        vcpu_acknowledge_drained(cpu);
        complete(acknowledged);
        vcpu_exit_drained(cpu);
    } else {
        arch_interrupt_mask(id);
        complete(acknowledged);
        kernel_interrupt(cpu, id);
    }
}
