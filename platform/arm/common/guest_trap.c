/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A guest's synchronous traps. What the kernel answers itself, without waking the
 * VMM: FP use, debug and performance registers (read
 * as zero), cache maintenance by set and way, and registers that the machine does
 * not have (undefined).
 */
#include "abort.h"
#include "platform.h"
#include "sysreg.h"

/* vectors.S; the trap of CPTR is open */
void fp_save(struct fp_state *state);
void fp_load(const struct fp_state *state);

enum { CALL_IMMEDIATE = 0xffff };

/* ---- what the VMM is told -------------------------------------------------------------------- */

static void describe_access(const struct arch_vcpu *vcpu, struct vcpu_exit_info *exit,
                            uint32_t syndrome)
{
    unsigned size = abort_size(syndrome);
    unsigned reg = abort_register(syndrome);
    bool is_write = (syndrome & ABORT_WNR) != 0;
    exit->width_bytes = (uint8_t)(1u << size);
    exit->is_write = is_write;
    exit->reg = (uint8_t)reg;
    if (is_write) {
        exit->value = guest_get_register(vcpu, reg) & abort_mask(syndrome);
    }
}

/* The guest's own stage 1 translates; bit 0 of the answer is PAR_EL1.F. */
static uint64_t translate(abi_word va)
{
    uint64_t saved = el1_read(par);
    translate_as_guest(va);
    uint64_t answer = el1_read(par);
    el1_write(par, saved);
    return answer;
}

/* Most accesses: 32 bits, not extended, by an instruction of four bytes. */
static bool is_word(const struct arch_vcpu *vcpu, uint32_t syndrome)
{
    return (syndrome >> ABORT_WORD_SHIFT & ABORT_WORD_FIELDS) == ABORT_WORD &&
           (syndrome & ABORT_S1PTW) == 0 && guest_access_is_plain(vcpu, abort_register(syndrome));
}

/* A big-endian access of more than a byte is refused: no device of this machine is meant by it. */
static bool is_described(const struct arch_vcpu *vcpu, uint32_t syndrome)
{
    return (syndrome & (ABORT_ISV | ABORT_S1PTW)) == ABORT_ISV &&
           (abort_size(syndrome) == 0 || !guest_is_big_endian(vcpu));
}

/*
 * HPFAR is unknown after a permission fault that is not of a table walk (DDI 0487
 * "HPFAR_EL2"): then ask stage 1. When that fails it has changed meanwhile, and the
 * guest does its access again.
 */
static void take_abort(struct arch_cpu *cpu, struct arch_vcpu *vcpu, uint32_t syndrome, abi_word va)
{
    struct vcpu_exit_info *exit = &vcpu->page->exit;
    uint64_t page = (uint64_t)hyp_read(hpfar) << HPFAR_SHIFT;

    if ((syndrome & (ABORT_DFSC_KIND | ABORT_S1PTW)) == DFSC_PERMISSION) {
        page = translate(va);
        if ((page & 1) != 0) {
            return;
        }
    }
    exit->address = (page & ABORT_PAGE) | (va & ABORT_OFFSET);
    if (is_word(vcpu, syndrome)) {
        exit->reg = (uint8_t)abort_register(syndrome);
        kernel_vcpu_exit(cpu, (enum vcpu_exit)(VCPU_EXIT_LOAD_WORD + (syndrome >> WNR_SHIFT & 1)));
        return;
    }
    describe_access(vcpu, exit, syndrome);
    kernel_vcpu_exit(cpu, is_described(vcpu, syndrome) ? VCPU_EXIT_MMIO : VCPU_EXIT_ABORT);
}

/* ---- what the kernel answers ----------------------------------------------------------------- */

/* FP and SIMD registers are guests' only, exchanged at a guest's first use (CPTR). */
static void give_fp(struct arch_cpu *cpu, struct arch_vcpu *vcpu)
{
    hyp_write(cptr, CPTR_FP_OPEN);
    barrier_context();
    if (cpu->fp_owner != NULL) {
        fp_save(&cpu->fp_owner->fp);
        cpu->fp_owner->entry.cptr = CPTR_NATIVE;
    }
    fp_load(&vcpu->fp);
    cpu->fp_owner = vcpu;
    vcpu->entry.cptr = CPTR_FP_OPEN;
}

static bool is_ignored(uint32_t syndrome)
{
    const struct guest_access *access = guest_ignored_accesses;
    while (access->mask != 0 && (syndrome & access->mask) != access->value) {
        access++;
    }
    return access->mask != 0;
}

/* MSR and MRS, MCR and MRC: their syndromes have Rt and the direction in the same place. */
static void take_access(struct arch_vcpu *vcpu)
{
    enum { IS_READ = 1, REGISTER_SHIFT = 5, REGISTER_MASK = 31 };
    uint32_t syndrome = vcpu->trap.syndrome;
    unsigned reg = syndrome >> REGISTER_SHIFT & REGISTER_MASK;
    bool is_read = (syndrome & IS_READ) != 0;
    abi_word value = is_read ? 0 : guest_get_register(vcpu, reg);
    if (!guest_identify(syndrome, &value) && !is_ignored(syndrome)) {
        guest_inject_undefined(vcpu);
        return;
    }
    if (is_read) {
        guest_set_register(vcpu, reg, value);
    }
    vcpu->page->trapped_accesses++;
    guest_skip_instruction(vcpu);
}

static __attribute__((noinline)) void take_other(struct arch_cpu *cpu, uint32_t class)
{
    struct arch_vcpu *vcpu = cpu->guest;

    if (class == EC_WFX || class == EC_SMC) { /* unlike HVC, a trapped SMC is not stepped over */
        guest_skip_instruction(vcpu);
    }
    switch (TREATED_LIKE(class)) {
    case EC_INSTRUCTION_ABORT: /* which has no more to say */
        take_abort(cpu, vcpu, vcpu->trap.syndrome & ABORT_OF_FETCH, vcpu->trap.virtual_address);
        break;
    case EC_HVC:
    case EC_SMC:
        vcpu->page->exit.immediate = vcpu->trap.syndrome & CALL_IMMEDIATE;
        kernel_vcpu_exit(cpu, VCPU_EXIT_HVC);
        break;
    case EC_WFX:
        kernel_vcpu_wait(cpu);
        break;
    case EC_FP:
        give_fp(cpu, vcpu);
        break;
    case EC_ACCESS:
        take_access(vcpu);
        break;
    default:
        guest_inject_undefined(vcpu);
        break;
    }
}

void trap_guest(struct arch_cpu *cpu, uint32_t syndrome, abi_word address)
{
    struct arch_vcpu *vcpu = cpu->guest;
    uint32_t class = syndrome >> ESR_EC_SHIFT;
    vcpu->trap = (struct guest_trap){ .syndrome = syndrome, .virtual_address = address };
    if (class == EC_DATA_ABORT) { /* by far the most frequent */
        take_abort(cpu, vcpu, syndrome, address);
    } else {
        take_other(cpu, class);
    }
}
