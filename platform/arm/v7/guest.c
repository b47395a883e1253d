/* SPDX-License-Identifier: BSD-2-Clause */
/* A guest's processor state, and its synchronous traps. */
#include "cpu_area.h"
#include "platform.h"
#include "sysreg.h"

/* vectors.S; HCPTR is open */
void fp_save(struct fp_state *state);
void fp_load(const struct fp_state *state);

/* SPSR (DDI 0406): what a guest may choose: NZCVQ, IT, GE, E, AIF, T, M; not J. */
#define PSTATE_GUEST UINT32_C(0xfe0fffff)

enum vector_offset { VECTOR_UNDEFINED = 0x04, VECTOR_PREFETCH = 0x0c, VECTOR_DATA = 0x10 };
#define VECTORS_HIGH UINT32_C(0xffff0000)
#define SCTLR_V (UINT32_C(1) << 13)
#define SCTLR_EE (UINT32_C(1) << 25)
#define SCTLR_TE (UINT32_C(1) << 30)
#define TTBCR_EAE (UINT32_C(1) << 31)

/* DFSR and IFSR as the kernel makes them: a synchronous external abort in either format. */
enum { FSR_LONG = 1 << 9 | 0x10, FSR_SHORT = 0x08, FSR_WRITE = 1 << 11, HSR_WRITE = 1 << 6 };

/* ITSTATE in a PSR: bits [1:0] at 25, [7:2] at 10 (DDI 0406 "ITSTATE"). */
enum { IT_LOW_SHIFT = 25, IT_HIGH_SHIFT = 10 };
#define PSR_IT (UINT32_C(3) << IT_LOW_SHIFT | UINT32_C(0x3f) << IT_HIGH_SHIFT)

void guest_reset(struct arch_vcpu *vcpu)
{
    vcpu->entry = (struct guest_entry){
        .pstate = MODE_SVC | PSR_A | PSR_I | PSR_F,
        .sctlr = SCTLR_NATIVE /* the reset value, too */, .cptr = HCPTR_NATIVE,
    };
    vcpu->el1 = (struct el1_state){ 0 };
    vcpu->fp = (struct fp_state){ .fpscr = 0 };
}

void guest_save(struct arch_vcpu *vcpu)
{
#define SAVE(name, type) vcpu->el1.name = sysreg_read(name);
    EL1_REGISTERS(SAVE)
}

void guest_load(const struct arch_vcpu *vcpu)
{
#define LOAD(name, type) sysreg_write(name, vcpu->el1.name);
    EL1_REGISTERS(LOAD)
}

void guest_enter(const struct arch_vcpu *vcpu)
{
    sysreg_write(sctlr, vcpu->entry.sctlr);
    sysreg_write(cpacr, vcpu->entry.cpacr);
    sysreg_write(cntkctl, vcpu->entry.cntkctl);
    sysreg_write(hcptr, vcpu->entry.cptr);
    sysreg_write(cnthctl, CNTHCTL_GUEST);
    sysreg_write(VTTBR, vcpu->space);
    sysreg_write(hcr, HCR_GUEST);
}

void guest_leave(struct arch_vcpu *vcpu, uint64_t native_space)
{
    vcpu->entry.tpidrurw = sysreg_read(tpidrurw);
    vcpu->entry.tpidruro = sysreg_read(tpidruro);
    vcpu->entry.sctlr = sysreg_read(sctlr);
    vcpu->entry.cpacr = sysreg_read(cpacr);
    vcpu->entry.cntkctl = sysreg_read(cntkctl);
    sysreg_write(sctlr, SCTLR_NATIVE);
    sysreg_write(cpacr, CPACR_NATIVE);
    sysreg_write(cntkctl, CNTKCTL_NATIVE);
    sysreg_write(tpidruro, 0);
    sysreg_write(hcptr, HCPTR_NATIVE);
    sysreg_write(cnthctl, CNTHCTL_NATIVE);
    sysreg_write(VTTBR, native_space);
    sysreg_write(hcr, HCR_NATIVE);
}

/*
 * What a mode has in place of a User mode register: kept in the hardware, not in the page. User and
 * System mode have none.
 */
#define BANKED_REGISTERS(each)                                                                 \
    each(MODE_SVC, 13, sp_svc) each(MODE_SVC, 14, lr_svc) each(MODE_ABT, 13, sp_abt)           \
    each(MODE_ABT, 14, lr_abt) each(MODE_UND, 13, sp_und) each(MODE_UND, 14, lr_und)           \
    each(MODE_IRQ, 13, sp_irq) each(MODE_IRQ, 14, lr_irq) each(MODE_FIQ, 8, r8_fiq)            \
    each(MODE_FIQ, 9, r9_fiq) each(MODE_FIQ, 10, r10_fiq) each(MODE_FIQ, 11, r11_fiq)          \
    each(MODE_FIQ, 12, r12_fiq) each(MODE_FIQ, 13, sp_fiq) each(MODE_FIQ, 14, lr_fiq)
#define BANK(mode, reg) ((unsigned)(mode) << 4 | (reg))
enum { REGISTER_PC = 15 };

uint64_t guest_get_register(const struct arch_vcpu *vcpu, unsigned reg)
{
#define READ_BANKED(mode, number, name) case BANK(mode, number): return sysreg_read(name);
    switch (BANK(vcpu->entry.pstate & MODE_MASK, reg)) {
        BANKED_REGISTERS(READ_BANKED)
    default: return reg < REGISTER_PC ? (uint32_t)vcpu->page->regs.gpr[reg] : 0;
    }
}

static void set_unbanked(struct arch_vcpu *vcpu, unsigned reg, uint64_t value)
{
    if (reg < REGISTER_PC) {
        vcpu->page->regs.gpr[reg] = (uint32_t)value;
    }
}

void guest_set_register(struct arch_vcpu *vcpu, unsigned reg, uint64_t value)
{
#define WRITE_BANKED(mode, number, name) case BANK(mode, number): sysreg_write(name, value); break;
    switch (BANK(vcpu->entry.pstate & MODE_MASK, reg)) {
        BANKED_REGISTERS(WRITE_BANKED)
    default: set_unbanked(vcpu, reg, value); break;
    }
}

/* 40 bits of address in a register of 32. */
uint64_t guest_fault_page(void)
{
    return (uint64_t)(sysreg_read(hpfar) & ~UINT32_C(0xf)) << 8;
}

/* ATS1CPR answers in the 64-bit format: executed in Hyp mode. */
uint64_t guest_translate(uint64_t va)
{
    uint64_t saved = sysreg_read(par);
    __asm__ volatile("mcr p15, 0, %0, c7, c8, 0" : : "r"((uint32_t)va));
    barrier_context();
    uint64_t answer = sysreg_read(par);
    sysreg_write(par, saved);
    return answer;
}

bool guest_check_pstate(struct arch_vcpu *vcpu, uint64_t pstate)
{
    switch (pstate & MODE_MASK) {
    case MODE_USR: case MODE_FIQ: case MODE_IRQ: case MODE_SVC: case MODE_ABT: case MODE_UND:
    case MODE_SYS:
        vcpu->entry.pstate = pstate & PSTATE_GUEST;
        return true;
    default: return false;
    }
}

/* ITAdvance(): the instruction that is stepped over may stand in an IT block. */
static uint32_t advance_it(uint32_t pstate)
{
    uint32_t it = (pstate >> IT_LOW_SHIFT & 3) | (pstate >> IT_HIGH_SHIFT & 0x3f) << 2;
    it = (it & 7) == 0 ? 0 : (it & 0xe0) | (it << 1 & 0x1f);
    return (pstate & ~PSR_IT) | (it & 3) << IT_LOW_SHIFT | (it >> 2) << IT_HIGH_SHIFT;
}

void guest_skip_instruction(struct arch_vcpu *vcpu)
{
    vcpu->entry.pc += (vcpu->trap.syndrome & HSR_IL) != 0 ? 4 : 2;
    if ((vcpu->entry.pstate & PSR_T) != 0) {
        vcpu->entry.pstate = advance_it((uint32_t)vcpu->entry.pstate);
    }
}

static uint32_t guest_sctlr(const struct arch_vcpu *vcpu)
{
    return arch_cpu_this()->guest == vcpu ? sysreg_read(sctlr) : vcpu->entry.sctlr;
}

/* "Exception entry" (DDI 0406): mode, masks, state and address. */
static void take_exception(struct arch_vcpu *vcpu, enum psr_mode mode, enum vector_offset vector)
{
    uint32_t sctlr = guest_sctlr(vcpu);
    uint32_t pstate = (uint32_t)vcpu->entry.pstate;
    pstate &= ~((uint32_t)MODE_MASK | PSR_IT | PSR_T | PSR_E);
    pstate |= (uint32_t)mode | PSR_I | (mode == MODE_UND ? 0u : PSR_A);
    pstate |= (sctlr & SCTLR_TE) != 0 ? PSR_T : 0u;
    pstate |= (sctlr & SCTLR_EE) != 0 ? PSR_E : 0u;
    vcpu->entry.pstate = pstate;
    vcpu->entry.pc =
        ((sctlr & SCTLR_V) != 0 ? VECTORS_HIGH : sysreg_read(vbar)) + (uint32_t)vector;
}

static uint32_t external_abort(void)
{
    return (sysreg_read(ttbcr) & TTBCR_EAE) != 0 ? FSR_LONG : FSR_SHORT;
}

__attribute__((noinline)) void guest_inject_abort(struct arch_vcpu *vcpu)
{
    bool is_fetch = vcpu->trap.syndrome >> HSR_EC_SHIFT == EC_PREFETCH_ABORT;
    uint32_t address = (uint32_t)vcpu->trap.virtual_address;
    sysreg_write(spsr_abt, vcpu->entry.pstate);
    if (is_fetch) {
        sysreg_write(ifar, address);
        sysreg_write(ifsr, external_abort());
        sysreg_write(lr_abt, vcpu->entry.pc + 4);
        take_exception(vcpu, MODE_ABT, VECTOR_PREFETCH);
    } else {
        bool is_write = (vcpu->trap.syndrome & HSR_WRITE) != 0;
        sysreg_write(dfar, address);
        sysreg_write(dfsr, external_abort() | (is_write ? FSR_WRITE : 0u));
        sysreg_write(lr_abt, vcpu->entry.pc + 8);
        take_exception(vcpu, MODE_ABT, VECTOR_DATA);
    }
}

__attribute__((noinline)) void guest_inject_undefined(struct arch_vcpu *vcpu)
{
    uint32_t pstate = (uint32_t)vcpu->entry.pstate;
    sysreg_write(spsr_und, pstate);
    sysreg_write(lr_und, vcpu->entry.pc + ((pstate & PSR_T) != 0 ? 2 : 4));
    take_exception(vcpu, MODE_UND, VECTOR_UNDEFINED);
}

/* ---- traps ---------------------------------------------------------------------------------- */

/*
 * A guest's synchronous traps. What the kernel answers itself, without waking the
 * VMM: FP use, a WFI with something pending, debug and performance registers (read
 * as zero), cache maintenance by set and way, and registers that the machine does
 * not have (undefined).
 */

/* FP and SIMD registers are guests' only, exchanged at a guest's first use (HCPTR). */
static void give_fp(struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    sysreg_write(hcptr, HCPTR_FP_OPEN);
    barrier_context();
    if (local->fp_owner != NULL) {
        fp_save(&local->fp_owner->fp);
        local->fp_owner->entry.cptr = HCPTR_NATIVE;
    }
    fp_load(&vcpu->fp);
    local->fp_owner = vcpu;
    vcpu->entry.cptr = HCPTR_FP_OPEN;
}

/* A trapped MCR or MRC (DDI 0406 "ISS encoding", EC 0x03 and 0x05). */
#define ACCESS(opc1, crn, crm, opc2) ((opc2) << 17 | (opc1) << 14 | (crn) << 10 | (crm) << 1)
enum { ACCESS_IS_READ = 1, ACCESS_REGISTER_SHIFT = 5, ALL = 15 };

/* CP15 registers that read as zero, writes ignored. All of CP14 does: debug, ThumbEE, Jazelle. */
static const struct {
    uint32_t mask, value;
} ignored[] = {
    { ACCESS(7, ALL, 14, 0), ACCESS(0, 9, 12, 0) },    /* performance monitors: CRm 12, 13 */
    { ACCESS(7, ALL, ALL, 0), ACCESS(0, 9, 14, 0) },   /* ... 14 */
    { ACCESS(7, ALL, ALL, 7), ACCESS(0, 1, 0, 1) },    /* ACTLR */
    { ACCESS(7, ALL, 0, 7), ACCESS(0, 7, 0, 2) },      /* DCISW, DCCSW, DCCISW: HARDWARE.md */
};

static bool is_ignored(uint32_t class, uint32_t access)
{
    for (unsigned i = 0; i < sizeof ignored / sizeof ignored[0]; i++) {
        if ((access & ignored[i].mask) == ignored[i].value) {
            return true;
        }
    }
    return class == EC_CP14;
}

static void take_system_access(struct arch_vcpu *vcpu, uint32_t class)
{
    uint32_t access = vcpu->trap.syndrome;
    unsigned target = access >> ACCESS_REGISTER_SHIFT & 15;
    if (!is_ignored(class, access)) {
        guest_inject_undefined(vcpu);
        return;
    }
    if ((access & ACCESS_IS_READ) != 0) {
        guest_set_register(vcpu, target, 0);
    }
    vcpu->page->trapped_accesses++;
    guest_skip_instruction(vcpu);
}

static __attribute__((noinline)) void take_other(struct arch_vcpu *vcpu, uint32_t class)
{
    if (class == EC_WFX || class == EC_SMC) { /* unlike HVC, a trapped SMC is not stepped over */
        guest_skip_instruction(vcpu);
    }
    switch (class) {
    case EC_PREFETCH_ABORT: vcpu_take_abort(vcpu, false); break;
    case EC_HVC: case EC_SMC: vcpu_exit_call(vcpu); break;
    case EC_WFX: vcpu_wait(vcpu); break;
    case EC_FP: case EC_CP10_ID: give_fp(vcpu); break;
    case EC_CP14: case EC_CP15: take_system_access(vcpu, class); break;
    default: guest_inject_undefined(vcpu); break;
    }
}

void trap_guest(uint32_t syndrome, uint64_t address)
{
    struct arch_vcpu *vcpu = arch_cpu_this()->guest;
    uint32_t class = syndrome >> HSR_EC_SHIFT;
    vcpu->trap = (struct guest_trap){ .syndrome = syndrome, .virtual_address = address };
    if (class == EC_DATA_ABORT) { /* by far the most frequent */
        vcpu_take_abort(vcpu, true);
    } else {
        take_other(vcpu, class);
    }
}
