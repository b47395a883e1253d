/* SPDX-License-Identifier: BSD-2-Clause */
/* What a guest sees of its traps, and what it may ask for. */
#include "identification.h"
#include "platform.h"
#include "psr.h"
#include "sysreg.h"

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

/*
 * What a mode has in place of a User mode register: kept in the hardware, not in the page. User and
 * System mode have none.
 */
#define BANKED_REGISTERS(each)                                                                 \
    each(MODE_SVC, 13, sp_svc) each(MODE_SVC, 14, lr_svc) each(MODE_ABT, 13, sp_abt)           \
        each(MODE_ABT, 14, lr_abt) each(MODE_UND, 13, sp_und) each(MODE_UND, 14, lr_und)       \
            each(MODE_IRQ, 13, sp_irq) each(MODE_IRQ, 14, lr_irq) each(MODE_FIQ, 13, sp_fiq)   \
                each(MODE_FIQ, 14, lr_fiq) each(MODE_FIQ, 8, r8_fiq) each(MODE_FIQ, 9, r9_fiq) \
                    each(MODE_FIQ, 10, r10_fiq) each(MODE_FIQ, 11, r11_fiq)                    \
                        each(MODE_FIQ, 12, r12_fiq)
#define BANK(mode, reg) ((unsigned)(mode) << 4 | (reg))
enum { FIRST_BANKED = 8, FIRST_BANKED_ALWAYS = 13, REGISTER_PC = 15 };

static unsigned bank(const struct arch_vcpu *vcpu, unsigned reg)
{
    return reg < FIRST_BANKED ? 0 : BANK(vcpu->entry.pstate & MODE_MASK, reg);
}

abi_word guest_get_register(const struct arch_vcpu *vcpu, unsigned reg)
{
#define READ_BANKED(mode, number, name) \
    case BANK(mode, number):            \
        return el1_read(name);
    switch (bank(vcpu, reg)) {
        BANKED_REGISTERS(READ_BANKED)
    default:
        return reg < REGISTER_PC ? (abi_word)vcpu->page->regs.gpr[reg] : 0;
    }
}

void guest_set_register(struct arch_vcpu *vcpu, unsigned reg, abi_word value)
{
#define WRITE_BANKED(mode, number, name) \
    case BANK(mode, number):             \
        el1_write(name, value);          \
        break;
    switch (bank(vcpu, reg)) {
        BANKED_REGISTERS(WRITE_BANKED)
    default:
        if (reg < REGISTER_PC) {
            vcpu->page->regs.gpr[reg] = value;
        }
    }
}

bool guest_access_is_plain(const struct arch_vcpu *vcpu, unsigned reg)
{
    return (vcpu->entry.pstate & (PSR_T | PSR_E)) == 0 &&
           (reg < FIRST_BANKED ||
            (reg < FIRST_BANKED_ALWAYS && (vcpu->entry.pstate & MODE_MASK) != MODE_FIQ));
}

bool guest_is_big_endian(const struct arch_vcpu *vcpu)
{
    return (vcpu->entry.pstate & PSR_E) != 0;
}

bool guest_check_pstate(struct arch_vcpu *vcpu, abi_word pstate)
{
    switch (pstate & MODE_MASK) {
    case MODE_USR:
    case MODE_FIQ:
    case MODE_IRQ:
    case MODE_SVC:
    case MODE_ABT:
    case MODE_UND:
    case MODE_SYS:
        vcpu->entry.pstate = pstate & PSTATE_GUEST;
        return true;
    default:
        return false;
    }
}

void guest_skip_instruction(struct arch_vcpu *vcpu)
{
    vcpu->entry.pc += (vcpu->trap.syndrome & ESR_IL) != 0 ? 4 : 2;
    if ((vcpu->entry.pstate & PSR_T) != 0) {
        vcpu->entry.pstate = psr_advance_it(vcpu->entry.pstate);
    }
}

/* "Exception entry" (DDI 0406): mode, masks, state and address. */
static void take_exception(struct arch_vcpu *vcpu, enum psr_mode mode, enum vector_offset vector)
{
    uint32_t sctlr = arch_cpu_local()->guest == vcpu ? el1_read(sctlr) : vcpu->entry.sctlr;
    uint32_t pstate = vcpu->entry.pstate;
    pstate &= ~((uint32_t)MODE_MASK | PSR_IT | PSR_T | PSR_E);
    pstate |= (uint32_t)mode | PSR_I | (mode == MODE_UND ? 0u : PSR_A);
    pstate |= (sctlr & SCTLR_TE) != 0 ? PSR_T : 0u;
    pstate |= (sctlr & SCTLR_EE) != 0 ? PSR_E : 0u;
    vcpu->entry.pstate = pstate;
    vcpu->entry.pc = ((sctlr & SCTLR_V) != 0 ? VECTORS_HIGH : el1_read(vbar)) + (uint32_t)vector;
}

static uint32_t external_abort(void)
{
    return (el1_read(ttbcr) & TTBCR_EAE) != 0 ? FSR_LONG : FSR_SHORT;
}

__attribute__((noinline)) void guest_inject_abort(struct arch_vcpu *vcpu)
{
    bool is_fetch = vcpu->trap.syndrome >> ESR_EC_SHIFT == EC_INSTRUCTION_ABORT;
    uint32_t address = vcpu->trap.virtual_address;
    el1_write(spsr_abt, vcpu->entry.pstate);
    if (is_fetch) {
        el1_write(ifar, address);
        el1_write(ifsr, external_abort());
        el1_write(lr_abt, vcpu->entry.pc + 4);
        take_exception(vcpu, MODE_ABT, VECTOR_PREFETCH);
    } else {
        bool is_write = (vcpu->trap.syndrome & HSR_WRITE) != 0;
        el1_write(dfar, address);
        el1_write(dfsr, external_abort() | (is_write ? FSR_WRITE : 0u));
        el1_write(lr_abt, vcpu->entry.pc + 8);
        take_exception(vcpu, MODE_ABT, VECTOR_DATA);
    }
}

__attribute__((noinline)) void guest_inject_undefined(struct arch_vcpu *vcpu)
{
    uint32_t pstate = vcpu->entry.pstate;
    el1_write(spsr_und, pstate);
    el1_write(lr_und, vcpu->entry.pc + ((pstate & PSR_T) != 0 ? 2 : 4));
    take_exception(vcpu, MODE_UND, VECTOR_UNDEFINED);
}

/* A trapped MCR or MRC (DDI 0406 "ISS encoding", EC 0x03 and 0x05). */
#define CLASS(class) ((uint32_t)(class) << ESR_EC_SHIFT)
#define ACCESS(opc1, crn, crm, opc2) \
    (CLASS(EC_ACCESS) | (opc2) << 17 | (opc1) << 14 | (crn) << 10 | (crm) << 1)
#define MASK(opc1, crn, crm, opc2) (ACCESS(opc1, crn, crm, opc2) | CLASS(0x3f))
enum { ALL = 15, OPC2_SHIFT = 17, OPC1_SHIFT = 14, CRM_SHIFT = 1, IS_READ = 1 };

/*
 * HSTR.T0 traps all of c0. (HCR.TID3 would trap less of it, but QEMU 7.2 has that for ARMv8 only.)
 * CSSELR alone is written; c1 to c7 without a name are reserved and zero (DDI 0406 "CP15 c0
 * registers, Processor identification"). Whether PL0's accesses are undefined at once or trapped
 * before that is the implementation's choice (DDI 0406 "HSTR"): they are undefined.
 */
bool guest_identify(uint32_t syndrome, abi_word *value_out)
{
    unsigned opc1 = syndrome >> OPC1_SHIFT & 7;
    unsigned crm = syndrome >> CRM_SHIFT & ALL;
    unsigned opc2 = syndrome >> OPC2_SHIFT & 7;
    if ((syndrome & MASK(0, ALL, 8, 0)) != ACCESS(0, 0, 0, 0) || opc1 > 2 ||
        (arch_cpu_local()->guest->entry.pstate & MODE_MASK) == MODE_USR) {
        return false;
    }
    if ((syndrome & IS_READ) != 0) {
        return identification_show(opc1, crm, opc2, value_out) || (opc1 == 0 && crm != 0);
    }
    if (opc1 != 2 || (crm | opc2) != 0) {
        return false;
    }
    el1_write(csselr, *value_out);
    return true;
}

const struct guest_access guest_ignored_accesses[] = {
    { MASK(7, 0, 0, 0), CLASS(EC_CP14) }, /* debug; ThumbEE (opc1 6) is not there */
    { MASK(7, 0, 0, 0), CLASS(EC_CP14) | 7u << OPC1_SHIFT }, /* Jazelle: trivial, as always */
    { MASK(7, ALL, 14, 0), ACCESS(0, 9, 12, 0) },            /* performance monitors: CRm 12, 13 */
    { MASK(7, ALL, ALL, 0), ACCESS(0, 9, 14, 0) },           /* ... 14 */
    { MASK(7, ALL, ALL, 7), ACCESS(0, 1, 0, 1) },            /* ACTLR */
    { MASK(7, ALL, 0, 7), ACCESS(0, 7, 0, 2) },              /* DCISW, DCCSW, DCCISW: HARDWARE.md */
    { 0 },
};
