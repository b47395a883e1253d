/* SPDX-License-Identifier: BSD-2-Clause */
#include "guest.h"

#include "barrier.h"
#include "cpu_area.h"
#include "fp.h"
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

/* ITSTATE in a PSR: bits [1:0] at 25, [7:2] at 10 (DDI 0406 "ITSTATE"). */
enum { IT_LOW_SHIFT = 25, IT_HIGH_SHIFT = 10 };
#define PSR_IT (UINT32_C(3) << IT_LOW_SHIFT | UINT32_C(0x3f) << IT_HIGH_SHIFT)

void guest_reset(struct arch_vcpu *vcpu)
{
    vcpu->entry = (struct guest_entry){
        .trapped = { .pstate = MODE_SVC | PSR_A | PSR_I | PSR_F },
        .sctlr = SCTLR_NATIVE /* the reset value, too */,
        .cptr = HCPTR_NATIVE,
    };
    vcpu->el1 = (struct el1_state){ 0 };
    fp_reset(&vcpu->fp);
}

static void save_banked(struct el1_state *el1)
{
    el1->svc = (struct banked_registers){ read_sp_svc(), read_lr_svc(), read_spsr_svc() };
    el1->abt = (struct banked_registers){ read_sp_abt(), read_lr_abt(), read_spsr_abt() };
    el1->und = (struct banked_registers){ read_sp_und(), read_lr_und(), read_spsr_und() };
    el1->irq = (struct banked_registers){ read_sp_irq(), read_lr_irq(), read_spsr_irq() };
    el1->fiq = (struct banked_registers){ read_sp_fiq(), read_lr_fiq(), read_spsr_fiq() };
    el1->fiq_r8_to_r12[0] = read_r8_fiq();
    el1->fiq_r8_to_r12[1] = read_r9_fiq();
    el1->fiq_r8_to_r12[2] = read_r10_fiq();
    el1->fiq_r8_to_r12[3] = read_r11_fiq();
    el1->fiq_r8_to_r12[4] = read_r12_fiq();
}

#define LOAD_MODE(mode, from)         \
    do {                              \
        write_sp_##mode((from).sp);   \
        write_lr_##mode((from).lr);   \
        write_spsr_##mode((from).spsr); \
    } while (0)

static void load_banked(const struct el1_state *el1)
{
    LOAD_MODE(svc, el1->svc);
    LOAD_MODE(abt, el1->abt);
    LOAD_MODE(und, el1->und);
    LOAD_MODE(irq, el1->irq);
    LOAD_MODE(fiq, el1->fiq);
    write_r8_fiq(el1->fiq_r8_to_r12[0]);
    write_r9_fiq(el1->fiq_r8_to_r12[1]);
    write_r10_fiq(el1->fiq_r8_to_r12[2]);
    write_r11_fiq(el1->fiq_r8_to_r12[3]);
    write_r12_fiq(el1->fiq_r8_to_r12[4]);
}

void guest_save(struct arch_vcpu *vcpu)
{
    vcpu->el1 = (struct el1_state){
        .ttbr0 = read_ttbr0(), .ttbr1 = read_ttbr1(), .par = read_par(),
        .ttbcr = read_ttbcr(), .dacr = read_dacr(), .mair0 = read_mair0(), .mair1 = read_mair1(),
        .amair0 = read_amair0(), .amair1 = read_amair1(), .contextidr = read_contextidr(),
        .vbar = read_vbar(), .dfsr = read_dfsr(), .ifsr = read_ifsr(), .adfsr = read_adfsr(),
        .aifsr = read_aifsr(), .dfar = read_dfar(), .ifar = read_ifar(),
        .tpidrprw = read_tpidrprw(), .csselr = read_csselr(),
    };
    save_banked(&vcpu->el1);
}

void guest_load(const struct arch_vcpu *vcpu)
{
    const struct el1_state *el1 = &vcpu->el1;
    write_ttbcr(el1->ttbcr); /* first: it says which half of the TTBRs there is */
    write_ttbr0(el1->ttbr0);
    write_ttbr1(el1->ttbr1);
    write_par(el1->par);
    write_dacr(el1->dacr);
    write_mair0(el1->mair0);
    write_mair1(el1->mair1);
    write_amair0(el1->amair0);
    write_amair1(el1->amair1);
    write_contextidr(el1->contextidr);
    write_vbar(el1->vbar);
    write_dfsr(el1->dfsr);
    write_ifsr(el1->ifsr);
    write_adfsr(el1->adfsr);
    write_aifsr(el1->aifsr);
    write_dfar(el1->dfar);
    write_ifar(el1->ifar);
    write_tpidrprw(el1->tpidrprw);
    write_csselr(el1->csselr);
    load_banked(el1);
}

static bool is_guest_mode(uint32_t mode)
{
    return mode == MODE_USR || mode == MODE_FIQ || mode == MODE_IRQ || mode == MODE_SVC ||
           mode == MODE_ABT || mode == MODE_UND || mode == MODE_SYS;
}

bool guest_check_pstate(struct arch_vcpu *vcpu, uint64_t pstate)
{
    if (!is_guest_mode((uint32_t)pstate & MODE_MASK)) {
        return false;
    }
    vcpu->entry.trapped.pstate = (uint32_t)pstate & PSTATE_GUEST;
    return true;
}

void guest_forget_fp(const struct arch_vcpu *vcpu)
{
    struct arch_cpu *local = arch_cpu_this();
    if (local->fp_owner == vcpu) {
        local->fp_owner = NULL;
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
    struct arch_context *entry = &vcpu->entry.trapped;
    entry->pc += (vcpu->trap.syndrome & HSR_IL) != 0 ? 4 : 2;
    if ((entry->pstate & PSR_T) != 0) {
        entry->pstate = advance_it(entry->pstate);
    }
}

static uint32_t guest_sctlr(const struct arch_vcpu *vcpu)
{
    return arch_cpu_this()->guest == vcpu ? read_sctlr() : vcpu->entry.sctlr;
}

/* "Exception entry" (DDI 0406): mode, masks, state and address. */
static void take_exception(struct arch_vcpu *vcpu, enum psr_mode mode, enum vector_offset vector)
{
    uint32_t sctlr = guest_sctlr(vcpu);
    uint32_t pstate = vcpu->entry.trapped.pstate;
    pstate &= ~((uint32_t)MODE_MASK | PSR_IT | PSR_T | PSR_E);
    pstate |= (uint32_t)mode | PSR_I | (mode == MODE_UND ? 0u : PSR_A);
    pstate |= (sctlr & SCTLR_TE) != 0 ? PSR_T : 0u;
    pstate |= (sctlr & SCTLR_EE) != 0 ? PSR_E : 0u;
    vcpu->entry.trapped.pstate = pstate;
    vcpu->entry.trapped.pc =
        ((sctlr & SCTLR_V) != 0 ? VECTORS_HIGH : read_vbar()) + (uint32_t)vector;
}

static uint32_t external_abort(void)
{
    return (read_ttbcr() & TTBCR_EAE) != 0 ? FSR_LONG : FSR_SHORT;
}

__attribute__((noinline)) void guest_inject_abort(struct arch_vcpu *vcpu)
{
    bool is_fetch = vcpu->trap.syndrome >> HSR_EC_SHIFT == EC_PREFETCH_ABORT;
    uint32_t address = (uint32_t)vcpu->trap.virtual_address;
    write_spsr_abt(vcpu->entry.trapped.pstate);
    if (is_fetch) {
        write_ifar(address);
        write_ifsr(external_abort());
        write_lr_abt(vcpu->entry.trapped.pc + 4);
        take_exception(vcpu, MODE_ABT, VECTOR_PREFETCH);
    } else {
        bool is_write = (vcpu->trap.syndrome & HSR_WRITE) != 0;
        write_dfar(address);
        write_dfsr(external_abort() | (is_write ? FSR_WRITE : 0u));
        write_lr_abt(vcpu->entry.trapped.pc + 8);
        take_exception(vcpu, MODE_ABT, VECTOR_DATA);
    }
}

__attribute__((noinline)) void guest_inject_undefined(struct arch_vcpu *vcpu)
{
    uint32_t pstate = vcpu->entry.trapped.pstate;
    write_spsr_und(pstate);
    write_lr_und(vcpu->entry.trapped.pc + ((pstate & PSR_T) != 0 ? 2 : 4));
    take_exception(vcpu, MODE_UND, VECTOR_UNDEFINED);
}
