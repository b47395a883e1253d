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

/* A trapped MCR or MRC (DDI 0406 "ISS encoding", EC 0x03 and 0x05). */
struct system_access {
    unsigned opc1, crn, crm, opc2, reg;
    bool is_read;
};

static struct system_access decode(uint32_t syndrome)
{
    return (struct system_access){
        .opc2 = syndrome >> 17 & 7, .opc1 = syndrome >> 14 & 7, .crn = syndrome >> 10 & 15,
        .reg = syndrome >> 5 & 15, .crm = syndrome >> 1 & 15, .is_read = (syndrome & 1) != 0,
    };
}

static bool is_performance_monitor(const struct system_access *access)
{
    return access->crn == 9 && access->crm >= 12 && access->crm <= 14;
}

/* ACTLR; with opc1 = 1 the L2 registers of the Cortex-A15, which Linux reads. */
static bool is_auxiliary_control(const struct system_access *access)
{
    return access->crn == 1 && access->crm == 0 && access->opc1 == 0 && access->opc2 == 1;
}

/* DCISW, DCCSW, DCCISW. Memory is coherent for the guest anyhow; see HARDWARE.md. */
static bool is_set_way(const struct system_access *access)
{
    return access->crn == 7 && access->opc1 == 0 && access->opc2 == 2;
}

static bool is_read_as_zero(uint32_t class, const struct system_access *access)
{
    return class == EC_CP14 || is_performance_monitor(access) || is_auxiliary_control(access) ||
           is_set_way(access);
}

static void take_system_access(struct arch_vcpu *vcpu, uint32_t class)
{
    struct system_access access = decode(vcpu->trap.syndrome);
    if (!is_read_as_zero(class, &access)) {
        guest_inject_undefined(vcpu);
        return;
    }
    if (access.is_read && access.reg < 15) {
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
    case EC_PREFETCH_ABORT:
        vcpu->trap.virtual_address = read_hifar();
        vcpu_take_abort(vcpu, false);
        break;
    case EC_HVC: vcpu_exit_call(vcpu); break;
    case EC_SMC: take_secure_call(vcpu); break;
    case EC_WFX: take_wait(vcpu); break;
    case EC_FP: fp_give(vcpu); break;
    case EC_CP10_ID: fp_give(vcpu); break;
    case EC_CP14: take_system_access(vcpu, class); break;
    case EC_CP15: take_system_access(vcpu, class); break;
    default: guest_inject_undefined(vcpu); break;
    }
}

void trap_guest(void)
{
    struct arch_vcpu *vcpu = arch_cpu_this()->guest;
    uint32_t class;
    vcpu->trap.syndrome = read_hsr();
    vcpu->trap.virtual_address = read_hdfar();
    class = vcpu->trap.syndrome >> HSR_EC_SHIFT;
    if (class == EC_DATA_ABORT) { /* by far the most frequent */
        vcpu_take_abort(vcpu, true);
    } else {
        take_other(vcpu, class);
    }
}
