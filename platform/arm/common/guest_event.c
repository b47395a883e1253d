/* SPDX-License-Identifier: BSD-2-Clause */
/* Interrupts and errors that come while a guest runs, or that are put down to it. */
#include "platform.h"

bool vcpu_take_virtual_timer(const struct arch_cpu *cpu)
{
    const struct arch_vcpu *guest = cpu->guest;
    if (guest == NULL) {
        return false;
    }
    vgic_inject_timer(guest->page->timer_priority);
    return true;
}

void vcpu_acknowledge_drained(struct arch_cpu *cpu)
{
    struct arch_vcpu *loaded = cpu->loaded;
    if (loaded != NULL) {
        vgic_write_control(&loaded->vgic, VGIC_CONTROL_ENABLE);
    }
}

void vcpu_exit_drained(struct arch_cpu *cpu)
{
    if (cpu->guest != NULL) {
        kernel_vcpu_exit(cpu, VCPU_EXIT_INTERRUPTS);
    }
}

bool vcpu_take_error(struct arch_cpu *cpu, unsigned is_fiq)
{
    if (cpu->loaded == NULL) {
        return false;
    }
    if (cpu->guest != NULL) {
        kernel_vcpu_exit(cpu, VCPU_EXIT_INVALID);
    } else { /* an SError is late: a store of the guest's may have caused it */
        cpu->loaded->page->regs.pstate = PSTATE_NEVER;
    }
    if (is_fiq != 0) {
        interrupt_take(cpu);
    }
    return true;
}
