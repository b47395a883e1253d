/* SPDX-License-Identifier: BSD-2-Clause */
#include "fp.h"

#include "barrier.h"
#include "cpu_area.h"
#include "sysreg.h"

void fp_reset(struct fp_state *state)
{
    *state = (struct fp_state){ .fpscr = 0 };
}

void fp_give(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    write_hcptr(HCPTR_FP_OPEN);
    barrier_context();
    if (local->fp_owner != NULL) {
        fp_save(&local->fp_owner->fp);
        local->fp_owner->entry.cptr = HCPTR_NATIVE;
    }
    fp_load(&vcpu->fp);
    local->fp_owner = vcpu;
    vcpu->entry.cptr = HCPTR_FP_OPEN;
}
