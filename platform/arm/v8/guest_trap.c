/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest's synchronous traps. What the kernel answers itself, without waking the
 * VMM: FP use, a WFI with something pending, debug and performance registers (read
 * as zero), cache maintenance by set and way, and registers that the machine does
 * not have (undefined).
 */
#include "guest.h"
#include "platform.h"

/* A trapped MSR, MRS or SYS (DDI 0487 "ISS encoding for an exception from MSR, MRS, or System
 * instruction execution in AArch64 state"). */
#define ACCESS(op0, op1, crn, crm, op2) \
    ((op0) << 20 | (op2) << 17 | (op1) << 14 | (crn) << 10 | (crm) << 1)
enum { ACCESS_IS_READ = 1, ACCESS_REGISTER_SHIFT = 5, ALL = 15 };

/* Read as zero, writes ignored. */
static const struct {
    uint32_t mask, value;
} ignored[] = {
    { ACCESS(3, 0, 0, 0, 0), ACCESS(2, 0, 0, 0, 0) },        /* debug */
    { ACCESS(3, 0, ALL, 14, 0), ACCESS(3, 0, 9, 12, 0) },    /* performance monitors: CRm 12, 13 */
    { ACCESS(3, 0, ALL, ALL, 0), ACCESS(3, 0, 9, 14, 0) },   /* ... 14 */
    { ACCESS(3, 7, ALL, 8, 0), ACCESS(3, 3, 14, 8, 0) },     /* their counters: CRm 8 to 15 */
    { ACCESS(3, 7, ALL, ALL, 7), ACCESS(3, 0, 1, 0, 1) },    /* ACTLR_EL1 */
    { ACCESS(3, 7, ALL, 0, 7), ACCESS(1, 0, 7, 0, 2) },      /* DC ISW, CSW, CISW: HARDWARE.md */
};

static void take_system_access(struct arch_vcpu *vcpu)
{
    uint32_t access = vcpu->trap.syndrome;
    unsigned target = access >> ACCESS_REGISTER_SHIFT & 31;
    for (unsigned i = 0; i < sizeof ignored / sizeof ignored[0]; i++) {
        if ((access & ignored[i].mask) == ignored[i].value) {
            if ((access & ACCESS_IS_READ) != 0 && target < VCPU_GPRS) {
                vcpu->page->regs.gpr[target] = 0;
            }
            vcpu->page->trapped_accesses++;
            guest_skip_instruction(vcpu);
            return;
        }
    }
    guest_inject_undefined(vcpu);
}

static __attribute__((noinline)) void take_other(struct arch_vcpu *vcpu, uint32_t class)
{
    if (class == EC_WFX || class == EC_SMC64) { /* unlike HVC, a trapped SMC is not stepped over */
        guest_skip_instruction(vcpu);
    }
    switch (class) {
    case EC_INSTRUCTION_ABORT: vcpu_take_abort(vcpu, false); break;
    case EC_HVC64: case EC_SMC64: vcpu_exit_call(vcpu); break;
    case EC_WFX: vcpu_wait(vcpu); break;
    case EC_FP: guest_give_fp(vcpu); break;
    case EC_SYSREG: take_system_access(vcpu); break;
    default: guest_inject_undefined(vcpu); break;
    }
}

void trap_guest(uint32_t syndrome, uint64_t address)
{
    struct arch_vcpu *vcpu = arch_cpu_this()->guest;
    uint32_t class = syndrome >> ESR_EC_SHIFT;
    vcpu->trap = (struct guest_trap){ .syndrome = syndrome, .virtual_address = address };
    if (class == EC_DATA_ABORT) { /* by far the most frequent */
        vcpu_take_abort(vcpu, true);
    } else {
        take_other(vcpu, class);
    }
}
