/* SPDX-License-Identifier: BSD-2-Clause */
/* Virtual CPUs: entered by a thread's system call, left when the VMM is needed. */
#pragma once

#include "kernel/cpu.h"
#include "kernel/object.h"

struct vcpu {
    struct arch_vcpu arch;
    struct thread *runner; /* in vcpu_run; runner->vcpu == this */
    struct dying dying;
    struct cap space_binding;
    struct cap page_binding;
};

static inline enum status vcpu_run_check(const struct vcpu *vcpu)
{
    if (cap_is_empty(&vcpu->space_binding) || cap_is_empty(&vcpu->page_binding)) {
        return STATUS_NOT_BOUND;
    }
    return vcpu->runner != NULL ? STATUS_BUSY : STATUS_OK;
}

/* vcpu_run of this thread ends. */
void vcpu_finish(struct thread *runner, enum status status, enum vcpu_exit reason, abi_word bits);
void vcpu_binding_removed(struct vcpu *vcpu);
