/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest's synchronous traps. What the kernel answers itself, without waking the
 * VMM: FP use, a WFI with something pending, debug and performance registers (read
 * as zero), cache maintenance by set and way, and registers that the machine does
 * not have (undefined).
 */
#include "cpu_area.h"
#include "fp.h"
#include "guest.h"
#include "sysreg.h"
#include "trap.h"
#include "vcpu.h"

/* A trapped MSR, MRS or SYS (ISS for EC 0x18). */
struct system_access {
    unsigned op0, op1, crn, crm, op2, reg;
    bool is_read;
};

static struct system_access decode(uint32_t syndrome)
{
    return (struct system_access){
        .op0 = syndrome >> 20 & 3, .op2 = syndrome >> 17 & 7, .op1 = syndrome >> 14 & 7,
        .crn = syndrome >> 10 & 15, .reg = syndrome >> 5 & 31, .crm = syndrome >> 1 & 15,
        .is_read = (syndrome & 1) != 0,
    };
}

static bool is_debug(const struct system_access *access)
{
    return access->op0 == 2;
}

static bool is_performance_monitor(const struct system_access *access)
{
    bool is_control = access->crn == 9 && access->crm >= 12 && access->crm <= 14;
    bool is_counter = access->crn == 14 && access->crm >= 8 && access->op1 == 3;
    return access->op0 == 3 && (is_control || is_counter);
}

static bool is_auxiliary_control(const struct system_access *access)
{
    return access->op0 == 3 && access->op1 == 0 && access->crn == 1 && access->crm == 0 &&
           access->op2 == 1;
}

/* DC ISW, CSW, CISW. Memory is coherent for the guest anyhow; see HARDWARE.md. */
static bool is_set_way(const struct system_access *access)
{
    return access->op0 == 1 && access->op1 == 0 && access->crn == 7 && access->op2 == 2;
}

static void take_system_access(struct arch_vcpu *vcpu)
{
    struct system_access access = decode(vcpu->trap.syndrome);
    if (!is_debug(&access) && !is_performance_monitor(&access) && !is_auxiliary_control(&access) &&
        !is_set_way(&access)) {
        guest_inject_undefined(vcpu);
        return;
    }
    if (access.is_read && access.reg < VCPU_GPRS) {
        vcpu->page->regs.gpr[access.reg] = 0;
    }
    vcpu->page->trapped_accesses++;
    guest_skip_instruction(vcpu);
}

static void take_wait(struct arch_vcpu *vcpu)
{
    guest_skip_instruction(vcpu);
    vcpu_wait(vcpu);
}

static void take_secure_call(struct arch_vcpu *vcpu)
{
    guest_skip_instruction(vcpu); /* unlike HVC, a trapped SMC is not stepped over */
    vcpu_exit_call(vcpu);
}

static __attribute__((noinline)) void take_other(struct arch_vcpu *vcpu, uint32_t class)
{
    switch (class) {
    case EC_INSTRUCTION_ABORT: vcpu_take_abort(vcpu, false); break;
    case EC_HVC64: vcpu_exit_call(vcpu); break;
    case EC_SMC64: take_secure_call(vcpu); break;
    case EC_WFX: take_wait(vcpu); break;
    case EC_FP: fp_give(vcpu); break;
    case EC_SYSREG: take_system_access(vcpu); break;
    default: guest_inject_undefined(vcpu); break;
    }
}

void trap_guest(void)
{
    struct arch_vcpu *vcpu = arch_cpu_this()->guest;
    uint32_t class;
    vcpu->trap.syndrome = (uint32_t)read_esr_el2();
    vcpu->trap.virtual_address = read_far_el2();
    class = vcpu->trap.syndrome >> ESR_EC_SHIFT;
    if (class == EC_DATA_ABORT) { /* by far the most frequent */
        vcpu_take_abort(vcpu, true);
    } else {
        take_other(vcpu, class);
    }
}
