/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The contract between the kernel and the architecture. Everything the generic
 * kernel needs from the processor is declared here, and nothing else under
 * platform/ is visible to it. On the host the same contract is kept by a fake
 * (kernel/test/fake_arch.c), so that the kernel's objects run under sanitizers.
 *
 * Types that depend on the word size come from "arch/machine.h" (one such file
 * in v8/include, v7/include and kernel/test/include):
 *   struct arch_context      a native thread's registers; x[0..7] are message and arguments
 *   struct guest_entry, el1_state, fp_state   what struct arch_vcpu is made of
 *   arch_cpu_local()         struct arch_cpu *: of this CPU (static inline, one register
 *   read)
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "abi/boot.h"
#include "abi/syscall.h"
#include "abi/vcpu.h"

/* Addresses are distinct types: a physical one never passes for a guest's. */
typedef struct {
    uint64_t value;
} phys_addr; /* machine physical address */
typedef struct {
    uint64_t value;
} ipa_addr;             /* input address of stage 2: what EL0 or a guest uses */
typedef uint64_t ticks; /* CNTPCT */

#include "arch/cpu.h"
#include "arch/machine.h"

/* A guest's state that the kernel keeps. */
struct arch_vcpu {
    struct vcpu_page *page;
    uint64_t space; /* VTTBR */
    struct guest_entry entry;
    struct guest_trap trap;
    struct vgic_state vgic;
    struct vtimer_state timer;
    struct el1_state el1;
    struct fp_state fp;
};

/* ---- memory ---------------------------------------------------------------------------------- */

/* The kernel sees all RAM; never used for device memory. */
void *arch_memory(phys_addr pa);
phys_addr arch_physical(const void *kernel_pointer);
/* Clean and invalidate to the point of coherency (a guest with MMU off, a device). */
void arch_cache_clean(const void *start, size_t bytes);
/* Make freshly written code visible to instruction fetch: clean to PoU, invalidate I-cache. */
void arch_cache_sync_code(const void *start, size_t bytes);

/* ---- stage-2 translation: one format for protection domains and guests ----------------------- */

enum { ARCH_TABLE_BYTES = 4096, ARCH_PAGE_SHIFT = 12, ARCH_BLOCK_SHIFT = 21 };

/*
 * The walker (platform/arm/common/page_table.c) is pure: it reads and writes
 * table memory through arch_memory() only. `root` is an ARCH_TABLE_BYTES table, zero at first.
 * level: 2 = a table of 2 MiB entries, 3 = a table of 4 KiB entries.
 * attributes: enum map_attribute; shift: ARCH_PAGE_SHIFT or ARCH_BLOCK_SHIFT.
 * Answers: OK, NO_TABLE, MAPPED, BAD_ARGUMENT.
 */
bool arch_pt_ipa_valid(ipa_addr ipa, unsigned shift);
enum status arch_pt_insert_table(void *root, ipa_addr ipa, unsigned level, phys_addr table);
void arch_pt_remove_table(void *root, ipa_addr ipa, unsigned level); /* no entry: nothing happens */
enum status arch_pt_map(void *root, ipa_addr ipa, phys_addr pa, unsigned shift,
                        unsigned attributes);
void arch_pt_unmap(void *root, ipa_addr ipa, unsigned shift);
bool arch_pt_lookup(void *root, ipa_addr ipa, phys_addr *pa_out);

/* VMIDs are 8 bit: 1..255. The kernel hands them out; these invalidate stage 2 and the
 * combined stage 1 + 2 entries of one VMID on all CPUs. */
void arch_tlb_invalidate_page(uint8_t vmid, ipa_addr ipa);
void arch_tlb_invalidate_space(uint8_t vmid);

/* ---- native threads -------------------------------------------------------------------------- */

void arch_context_start(struct arch_context *context, abi_word pc, abi_word sp, abi_word argument);
/* Over the faulting instruction: 1; back onto the SVC: -1. */
void arch_context_step(struct arch_context *context, int instructions);
/* The thread goes away: nothing of it that is still in the hardware may be stored back later. */
void arch_context_forget(struct arch_context *context);
abi_word arch_context_pc(const struct arch_context *context);
/* What names a space to the hardware; and one with nothing in it. */
uint64_t arch_space_register(phys_addr root, uint8_t vmid);
uint64_t arch_space_none(void);
/* Make it the space that native code runs in, from the exception return on. */
void arch_space_activate(uint64_t space_register);

/* ---- vCPU ------------------------------------------------------------------------------------ */

void arch_vcpu_init(struct arch_vcpu *vcpu, struct vcpu_page *page, uint64_t space_register);
void arch_vcpu_reset(struct arch_vcpu *vcpu);
/*
 * The guest's turn: applies page->flags, loads list registers and EL1 state, and arranges that the
 * return to user space enters the guest: cpu->guest is set. Where the page cannot be entered it is
 * not, and kernel_vcpu_exit(VCPU_EXIT_INVALID) says so. The way back is kernel_vcpu_exit().
 */
void arch_vcpu_enter(struct arch_cpu *cpu, struct arch_vcpu *vcpu);
/* Back to native code in this space, from cpu->guest, which is NULL then: saves what the guest had,
 * writes list register states to the page. */
void arch_vcpu_leave(struct arch_cpu *cpu, uint64_t space_register);
/* Both of the guest that this CPU has left last: */
/* It has a pending, enabled interrupt (virtual timer included): WFI would not wait. */
bool arch_vcpu_interrupt_pending(const struct arch_vcpu *vcpu);
/* When its virtual timer will fire: true and *deadline_out, or false when it is off or masked. */
bool arch_vcpu_timer_deadline(const struct arch_vcpu *vcpu, ticks *deadline_out);
/* The object goes away: forget FP state and whatever else is still loaded. */
void arch_vcpu_destroy(struct arch_vcpu *vcpu);

/* ---- interrupts and time --------------------------------------------------------------------- */

bool arch_interrupt_available(uint32_t id); /* it exists, and the kernel itself does not use it */
void arch_interrupt_mask(uint32_t id);
void arch_interrupt_unmask(uint32_t id);
bool arch_interrupt_pending(void); /* preemption point: something waits */
ticks arch_timer_now(void);
uint32_t arch_timer_hz(void);
void arch_timer_program(ticks deadline); /* the one-shot timer; ~0 = none */

/* ---- the CPU and the machine ----------------------------------------------------------------- */

void arch_cpu_idle(void); /* wait for an interrupt, with interrupts masked */
void arch_console_write(const char *text, size_t bytes);
/* A panic: "stopped" on the panel, if there is one, whatever state the machine is in; waits until
 * it can have been read. Never fails, returns. */
void arch_panic_screen(void);
_Noreturn void arch_machine_end(enum shutdown how);

/* What the kernel is told of the board; the regions leave its own image out. */
struct arch_boot {
    const char *board;
    phys_addr bundle;
    ticks entry; /* when the first instruction ran */
    const struct boot_untyped *regions;
    unsigned region_count;
};

/* ---- what the kernel gives the architecture (called from the trap path) ---------------------- */

struct arch_fault {
    uint32_t kind;     /* enum fault_kind */
    uint32_t syndrome; /* ESR_EL2 or HSR */
    uint64_t address;
};

struct panic_register {
    const char *name;
    uint64_t value;
};

/* Ends the machine. Registers may be none (NULL, 0). */
_Noreturn void kernel_panic(const char *cause, const struct panic_register *registers,
                            unsigned count);

/* The end of kernel_main(): go on with cpu->context, or wait for an interrupt if NULL. */
_Noreturn void arch_cpu_start(void);

_Noreturn void
kernel_main(const struct arch_boot *arch); /* on the boot CPU, EL2, MMU on, interrupts masked */
/*
 * Each of these is entered with the registers of cpu->context saved, on the CPU's one kernel stack,
 * interrupts masked; it returns with cpu->context being what to go on with (a native context, or,
 * when cpu->guest is set, that guest). When cpu->context is NULL nothing can run: the trap path
 * calls arch_cpu_idle() on the empty stack and takes the interrupt that ends it as if from user
 * space, with no registers to save.
 * kernel_vcpu_exit and kernel_vcpu_wait call arch_vcpu_leave themselves; kernel_interrupt and
 * kernel_timer may leave the guest loaded and return to it.
 */
void kernel_syscall(struct arch_cpu *cpu);
/* A device interrupt; already masked and completed. */
void kernel_interrupt(struct arch_cpu *cpu, uint32_t id);
void kernel_timer(struct arch_cpu *cpu); /* the one-shot timer has fired */
void kernel_fault(struct arch_cpu *cpu, const struct arch_fault *fault);
/* The guest stopped for the VMM; page->exit is filled. Not for WFI. */
void kernel_vcpu_exit(struct arch_cpu *cpu, enum vcpu_exit reason);
void kernel_vcpu_wait(struct arch_cpu *cpu); /* WFI or WFE */
