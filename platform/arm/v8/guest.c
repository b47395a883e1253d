/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest's processor state, and its synchronous traps. */
#include "cpu_area.h"
#include "platform.h"
#include "sysreg.h"

/* vectors.S; CPTR_EL2 is open */
void fp_save(struct fp_state *state);
void fp_load(const struct fp_state *state);

/* SPSR_EL2 (DDI 0487): what a guest may choose. IL, SS and all modes above EL1 are not among it. */
enum pstate_mode {
    MODE_MASK = 0x1f, MODE_EL0T = 0x0, MODE_EL1T = 0x4, MODE_EL1H = 0x5, MODE_AARCH32_USER = 0x10,
};
enum { PSTATE_AARCH32 = 1 << 4, PSTATE_EL1 = 1 << 2, PSTATE_SP = 1 << 0 };
#define PSTATE_GUEST_64 UINT64_C(0xf00003df) /* NZCV, DAIF, M */
#define PSTATE_GUEST_32 UINT64_C(0xfe0fffff) /* NZCVQ, IT, GE, E, AIF, T, M */

/* ESR_EL1 as the kernel makes it. */
enum { DFSC_SYNCHRONOUS_EXTERNAL = 0x10, ISS_WRITE = 1 << 6 };
enum vector_offset {
    VECTOR_EL1_SP0 = 0x000, VECTOR_EL1_SP1 = 0x200, VECTOR_EL0_64 = 0x400, VECTOR_EL0_32 = 0x600,
};

void guest_reset(struct arch_vcpu *vcpu)
{
    vcpu->entry = (struct guest_entry){
        .pstate = PSTATE_EL1H_MASKED, .sctlr = SCTLR_EL1_NATIVE /* the reset value, too */,
        .cptr = CPTR_NATIVE,
    };
    vcpu->el1 = (struct el1_state){ 0 };
    vcpu->fp = (struct fp_state){ .fpcr = 0 };
}

void guest_save(struct arch_vcpu *vcpu)
{
#define SAVE(name) vcpu->el1.name = sysreg_read(name##_el1);
    EL1_REGISTERS(SAVE)
}

void guest_load(const struct arch_vcpu *vcpu)
{
#define LOAD(name) sysreg_write(name##_el1, vcpu->el1.name);
    EL1_REGISTERS(LOAD)
}

void guest_enter(const struct arch_vcpu *vcpu)
{
    sysreg_write(sctlr_el1, vcpu->entry.sctlr);
    sysreg_write(cpacr_el1, vcpu->entry.cpacr);
    sysreg_write(cntkctl_el1, vcpu->entry.cntkctl);
    sysreg_write(cptr_el2, vcpu->entry.cptr);
    sysreg_write(cnthctl_el2, CNTHCTL_GUEST);
    sysreg_write(vttbr_el2, vcpu->space);
    sysreg_write(hcr_el2, HCR_GUEST);
}

void guest_leave(struct arch_vcpu *vcpu, uint64_t native_space)
{
    vcpu->entry.sp_el0 = sysreg_read(sp_el0);
    vcpu->entry.tpidr_el0 = sysreg_read(tpidr_el0);
    vcpu->entry.tpidrro_el0 = sysreg_read(tpidrro_el0);
    vcpu->entry.sctlr = sysreg_read(sctlr_el1);
    vcpu->entry.cpacr = sysreg_read(cpacr_el1);
    vcpu->entry.cntkctl = sysreg_read(cntkctl_el1);
    sysreg_write(sctlr_el1, SCTLR_EL1_NATIVE);
    sysreg_write(cpacr_el1, CPACR_EL1_NATIVE);
    sysreg_write(cntkctl_el1, CNTKCTL_EL1_NATIVE);
    sysreg_write(tpidrro_el0, 0);
    sysreg_write(cptr_el2, CPTR_NATIVE);
    sysreg_write(cnthctl_el2, CNTHCTL_NATIVE);
    sysreg_write(vttbr_el2, native_space);
    sysreg_write(hcr_el2, HCR_NATIVE);
}

uint64_t guest_get_register(const struct arch_vcpu *vcpu, unsigned reg)
{
    return reg < VCPU_GPRS ? vcpu->page->regs.gpr[reg] : 0;
}

void guest_set_register(struct arch_vcpu *vcpu, unsigned reg, uint64_t value)
{
    if (reg < VCPU_GPRS) {
        vcpu->page->regs.gpr[reg] = value;
    }
}

void guest_skip_instruction(struct arch_vcpu *vcpu)
{
    vcpu->entry.pc += (vcpu->trap.syndrome & ESR_IL) != 0 ? 4 : 2;
}

uint64_t guest_fault_page(void)
{
    return sysreg_read(hpfar_el2) << 8;
}

uint64_t guest_translate(uint64_t va)
{
    uint64_t saved = sysreg_read(par_el1);
    __asm__ volatile("at s1e1r, %0" : : "r"(va));
    barrier_context();
    uint64_t answer = sysreg_read(par_el1);
    sysreg_write(par_el1, saved);
    return answer;
}

bool guest_check_pstate(struct arch_vcpu *vcpu, uint64_t pstate)
{
    switch (pstate & MODE_MASK) {
    case MODE_EL0T: case MODE_EL1T: case MODE_EL1H:
        vcpu->entry.pstate = pstate & PSTATE_GUEST_64;
        return true;
    case MODE_AARCH32_USER:
        vcpu->entry.pstate = pstate & PSTATE_GUEST_32;
        return true;
    default: return false;
    }
}

static uint64_t vector_offset(uint64_t pstate)
{
    if ((pstate & PSTATE_AARCH32) != 0) {
        return VECTOR_EL0_32;
    }
    if ((pstate & PSTATE_EL1) == 0) {
        return VECTOR_EL0_64;
    }
    return (pstate & PSTATE_SP) != 0 ? VECTOR_EL1_SP1 : VECTOR_EL1_SP0;
}

/* AArch64.TakeException to EL1 (DDI 0487 "Exception entry"). */
static void inject(struct arch_vcpu *vcpu, uint64_t syndrome)
{
    struct guest_entry *entry = &vcpu->entry;
    sysreg_write(esr_el1, syndrome);
    sysreg_write(elr_el1, entry->pc);
    sysreg_write(spsr_el1, entry->pstate);
    entry->pc = sysreg_read(vbar_el1) + vector_offset(entry->pstate);
    entry->pstate = PSTATE_EL1H_MASKED;
}

__attribute__((noinline)) void guest_inject_abort(struct arch_vcpu *vcpu)
{
    uint32_t syndrome = vcpu->trap.syndrome;
    bool is_fetch = syndrome >> ESR_EC_SHIFT == EC_INSTRUCTION_ABORT;
    bool is_same_level = (vcpu->entry.pstate & PSTATE_EL1) != 0;
    uint64_t class = (is_fetch ? EC_INSTRUCTION_ABORT : EC_DATA_ABORT) + (is_same_level ? 1u : 0u);
    uint64_t iss = DFSC_SYNCHRONOUS_EXTERNAL | (is_fetch ? 0 : syndrome & ISS_WRITE);
    sysreg_write(far_el1, vcpu->trap.virtual_address);
    inject(vcpu, class << ESR_EC_SHIFT | (syndrome & ESR_IL) | iss);
}

__attribute__((noinline)) void guest_inject_undefined(struct arch_vcpu *vcpu)
{
    inject(vcpu, (uint64_t)EC_UNKNOWN << ESR_EC_SHIFT | ESR_IL);
}

/* ---- traps ---------------------------------------------------------------------------------- */

/*
 * A guest's synchronous traps. What the kernel answers itself, without waking the
 * VMM: FP use, a WFI with something pending, debug and performance registers (read
 * as zero), cache maintenance by set and way, and registers that the machine does
 * not have (undefined).
 */

/* FP and SIMD registers are guests' only, exchanged at a guest's first use (CPTR_EL2.TFP). */
static void give_fp(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    sysreg_write(cptr_el2, CPTR_FP_OPEN);
    barrier_context();
    if (local->fp_owner != NULL) {
        fp_save(&local->fp_owner->fp);
        local->fp_owner->entry.cptr = CPTR_NATIVE;
    }
    fp_load(&vcpu->fp);
    local->fp_owner = vcpu;
    vcpu->entry.cptr = CPTR_FP_OPEN;
}

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
    case EC_FP: give_fp(vcpu); break;
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
