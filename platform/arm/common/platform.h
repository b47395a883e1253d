/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of this folder offer each other; all of it exists for each word size. */
#pragma once

#include "arch/arch.h"
#include "arch/guest.h"
#include "interrupt_controller.h"

enum { PANIC_STACK_BYTES = 4096 };

/* Have the next return look at everything anew. Not NULL, which is the context of an idle CPU. */
static inline void cpu_expect_change(struct arch_cpu *cpu)
{
    cpu->expected = cpu;
}

/* ---- boot, in this order --------------------------------------------------------------------- */

_Noreturn void arch_start(ticks now); /* from entry.S, MMU off; when it was entered */
/* The kernel's own tables, built with the MMU off: the root's physical address. */
uint64_t kernel_map_build(void);
/* AttrIndx 0 Device-nGnRE, 1 Normal write-back (MAIR_EL2 / HMAIR0). */
enum { KERNEL_MAP_MAIR = 0xff04 };
void cpu_enable_mmu(uint64_t root);
void cpu_init(void);
void memory_refuse_probe(
    void);              /* in a trap: ends the machine if the cause is memory that is not there */
void screen_init(void); /* on and dark, if the board has one */

/*
 * Long-descriptor translation tables (DDI 0487 "VMSAv8-64 translation table format
 * descriptors", DDI 0406 "Long-descriptor translation table format"): one walker
 * for both word sizes and both stages. Word sizes differ in the width of the input address
 * (ARCH_PT_INPUT_BITS); stages in the descriptor that is made. pt_map() is arch_pt_map() for a
 * descriptor's attribute bits; address and type are put in here.
 */
#define PT_SHAREABLE_INNER (UINT64_C(3) << 8)
#define PT_ACCESSED (UINT64_C(1) << 10)
#define PT_EXECUTE_NEVER (UINT64_C(1) << 54)
enum status pt_map(void *root, ipa_addr ipa, phys_addr pa, unsigned shift, uint64_t leaf);

/* ---- traps: the C ends of vectors.S ---------------------------------------------------------- */

/* Syndrome and virtual address: ESR_EL2 and FAR_EL2; HSR and HDFAR or HIFAR. */
void trap_native(struct arch_cpu *cpu, uint32_t syndrome, abi_word address); /* not an SVC */
/* Synchronous, from the guest that runs. */
void trap_guest(struct arch_cpu *cpu, uint32_t syndrome, abi_word address);
/* The most urgent pending one goes to whom it concerns. */
void interrupt_take(struct arch_cpu *cpu);
void trap_idle(struct arch_cpu *cpu); /* the kernel found nothing to run */
_Noreturn void trap_unexpected(uint64_t vector);
enum { VECTORS = 16 };
extern const char *const vector_cause[VECTORS]; /* why each must not be used */
void firmware_call(uint32_t function);          /* SMC: the kernel is above no hypervisor */

/* ---- the guest that runs on this CPU --------------------------------------------------------- */

bool vcpu_take_virtual_timer(
    const struct arch_cpu *cpu); /* it has fired; true: the guest deactivates it */
/* No list register is pending any more: stop asking, then tell the VMM. */
void vcpu_acknowledge_drained(struct arch_cpu *cpu);
void vcpu_exit_drained(struct arch_cpu *cpu);
/*
 * An SError or a FIQ came while a guest or native code ran. It is put down to the guest whose state
 * is in the hardware: that one is left, or cannot be entered again until its VMM resets it. False:
 * there is none.
 */
bool vcpu_take_error(struct arch_cpu *cpu, unsigned is_fiq);
enum {
    PSTATE_NEVER = 0x1a
}; /* Hyp mode, and no mode of AArch64: guest_check_pstate() refuses it */
/*
 * A guest's traps (guest_trap.c), and what of them depends on the word size (guest.c).
 */
void guest_apply(struct arch_vcpu *vcpu, uint32_t flags); /* enum vcpu_flags */
/* Into entry.pstate, as far as a guest may have it; false, and nothing changed, when it may not.
 * So entry.pstate is at all times one that a guest had or may have. */
bool guest_check_pstate(struct arch_vcpu *vcpu, abi_word pstate);
/* On the registers taken from the page, the vCPU loaded: */
/* Number `reg` as the guest's mode has it; out of range: zero, nothing. */
abi_word guest_get_register(const struct arch_vcpu *vcpu, unsigned reg);
void guest_set_register(struct arch_vcpu *vcpu, unsigned reg, abi_word value);
void guest_skip_instruction(struct arch_vcpu *vcpu);
/* The VMM finds this register in the page, and there is more to its instruction than four bytes to
 * be stepped over neither in PSTATE nor in the order of bytes. */
bool guest_access_is_plain(const struct arch_vcpu *vcpu, unsigned reg);
/* Of the access that trapped: its bytes are in the other order than the devices'. */
bool guest_is_big_endian(const struct arch_vcpu *vcpu);
void guest_inject_abort(struct arch_vcpu *vcpu);
void guest_inject_undefined(struct arch_vcpu *vcpu);
/* A trapped access to an identification register: what a guest reads; *value_out is what it writes
 * to the one that may be written. False: it is an access to another one, or undefined. */
bool guest_identify(uint32_t syndrome, abi_word *value_out);
/* Accesses to registers that read as zero, writes ignored, by syndrome; the last one's mask is 0.
 */
extern const struct guest_access {
    uint32_t mask, value;
} guest_ignored_accesses[];

/*
 * The virtual timer runs in the hardware while the guest does; its interrupt comes to the
 * kernel and goes on by vgic_inject_timer(). While native code runs it is off, and the
 * kernel's own timer stands in (arch_vcpu_timer_deadline).
 */
void vtimer_save(struct vtimer_state *state);
void vtimer_load(const struct vtimer_state *state);
/* Whether the guest has enabled its interrupt. */
void vtimer_forward(struct vtimer_state *state, uint8_t is_enabled);
void vtimer_enter(const struct vtimer_state *state);
void vtimer_leave(struct vtimer_state *state);
/* The timer's output, of the vCPU that is loaded and does not run. */
bool vtimer_is_high(const struct vtimer_state *state);
/* Of the vCPU that has just been left, in CNTPCT's time; false when it cannot fire. */
bool vtimer_deadline(const struct vtimer_state *state, ticks *deadline_out);
