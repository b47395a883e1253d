/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Four kinds of interrupts: the kernel's timer, the running guest's virtual timer
 * (which stays active until the guest deactivates it through its list register),
 * the list registers' maintenance interrupt, and those of devices.
 */
#include "interrupt.h"

#include "arch/arch.h"
#include "board.h"
#include "gicv2.h"
#include "timer.h"
#include "vgic.h"
#include "vcpu.h"

void interrupt_init(void)
{
    gic_init();
    vgic_init();
    gic_unmask(board.timer.hypervisor_irq);
    gic_unmask(board.timer.virtual_irq);
    gic_unmask(board.gic.maintenance_irq);
}

uint32_t arch_interrupt_count(void)
{
    return gic_interrupt_count();
}

bool arch_interrupt_available(uint32_t id)
{
    return id < gic_interrupt_count() && id != board.timer.hypervisor_irq &&
           id != board.timer.virtual_irq && id != board.gic.maintenance_irq;
}

void arch_interrupt_mask(uint32_t id)
{
    gic_mask(id);
}

void arch_interrupt_unmask(uint32_t id)
{
    gic_unmask(id);
}

static void take_timer(uint32_t acknowledged)
{
    timer_stop(); /* its line is level: low before it is deactivated */
    gic_drop(acknowledged);
    gic_deactivate(acknowledged);
    kernel_timer();
}

static void take_virtual_timer(uint32_t acknowledged)
{
    gic_drop(acknowledged);
    if (!vcpu_take_virtual_timer()) {
        gic_deactivate(acknowledged);
    }
}

static void take_maintenance(uint32_t acknowledged)
{
    vcpu_acknowledge_drained(); /* level, too */
    gic_drop(acknowledged);
    gic_deactivate(acknowledged);
    vcpu_exit_drained();
}

static void take_device(uint32_t id, uint32_t acknowledged)
{
    gic_mask(id);
    gic_drop(acknowledged);
    gic_deactivate(acknowledged);
    kernel_interrupt(id);
}

void interrupt_take(void)
{
    uint32_t acknowledged = gic_acknowledge();
    uint32_t id = acknowledged & GIC_ID_MASK;
    if (id >= GIC_SPURIOUS) {
        return;
    }
    if (id == board.timer.hypervisor_irq) {
        take_timer(acknowledged);
    } else if (id == board.timer.virtual_irq) {
        take_virtual_timer(acknowledged);
    } else if (id == board.gic.maintenance_irq) {
        take_maintenance(acknowledged);
    } else {
        take_device(id, acknowledged);
    }
}
