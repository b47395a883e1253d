/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest's processor state: what common/vcpu.c asks of the architecture. "Load"
 * and "save" move what stays in the hardware while native code runs; "enter" and
 * "leave" what must not.
 */
#ifndef GUEST_H
#define GUEST_H

#include "arch/arch.h"

void guest_reset(struct arch_vcpu *vcpu);
void guest_save(struct arch_vcpu *vcpu);
void guest_load(const struct arch_vcpu *vcpu);

/* pc and pstate from the page: false when no guest may run with this pstate. */
bool guest_take_registers(struct arch_vcpu *vcpu);
void guest_give_registers(const struct arch_vcpu *vcpu);

void guest_enter(struct arch_vcpu *vcpu);
void guest_leave(struct arch_vcpu *vcpu);
void guest_forget_fp(const struct arch_vcpu *vcpu);

/* On the registers taken from the page, the vCPU loaded: */
void guest_skip_instruction(struct arch_vcpu *vcpu);
void guest_inject_abort(struct arch_vcpu *vcpu);
void guest_inject_undefined(struct arch_vcpu *vcpu);

#endif
