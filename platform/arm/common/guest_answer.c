/* SPDX-License-Identifier: BSD-2-Clause */
/* What the VMM answers to an exit: its wishes for the guest's next entry. */
#include "abort.h"
#include "platform.h"

/* The register gets what the load that exited wanted: so many bytes, extended as it said. */
static void complete_load(struct arch_vcpu *vcpu)
{
    uint32_t syndrome = vcpu->trap.syndrome;
    abi_word mask = abort_mask(syndrome);
    abi_word value = (abi_word)vcpu->page->load_value & mask;
    if ((syndrome & ABORT_SSE) != 0) {
        abi_word sign = mask ^ mask >> 1;
        value = (value ^ sign) - sign;
        value = (syndrome & ABORT_SF) != 0 ? value : (uint32_t)value;
    }
    guest_set_register(vcpu, abort_register(syndrome), value);
}

static __attribute__((noinline)) void apply_rare(struct arch_vcpu *vcpu, uint32_t flags)
{
    unsigned reg = abort_register(vcpu->trap.syndrome);
    if (vgic_timer_apply(vcpu->page, flags, vtimer_is_high(&vcpu->timer))) {
        guest_set_register(vcpu, reg,
                           guest_get_register(vcpu, reg) | (abi_word)1 << VCPU_TIMER_BIT);
    }
    if (vcpu_wants(flags, VCPU_INJECT_ABORT)) {
        guest_inject_abort(vcpu);
    }
}

/* In the order in which the VMM's wishes make sense together. */
void guest_apply(struct arch_vcpu *vcpu, uint32_t flags)
{
    if ((flags & VCPU_COMPLETE_LOAD) != 0) {
        complete_load(vcpu);
    }
    if ((flags & VCPU_SKIP) != 0) {
        guest_skip_instruction(vcpu);
    }
    if ((flags & VCPU_RARE) != 0) {
        apply_rare(vcpu, flags);
    }
}
