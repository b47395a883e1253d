/* SPDX-License-Identifier: BSD-2-Clause */
/* The contract of arch.h on the host: memory, page tables and interrupts that a test can look into.
 */
#include "fake_arch.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "abi/boot.h"
#include "kernel/objects.h"

struct fake fake;
unsigned char *fake_ram;
jmp_buf fake_end;
bool fake_end_is_set;

void fake_reset(void)
{
    if (fake_ram == NULL) {
        fake_ram = aligned_alloc(1u << ARCH_BLOCK_SHIFT, FAKE_RAM_BYTES);
    }
    memset(fake_ram, 0xa5, FAKE_RAM_BYTES);
    fake = (struct fake){ .large_regions = 1, .now = 1000, .timer = ~(ticks)0 };
    for (unsigned i = 0; i < FAKE_INTERRUPTS; i++) {
        fake.is_masked[i] = true;
    }
}

struct arch_cpu *arch_cpu_local(void)
{
    return &cpu_areas[0].cpu.arch;
}

/* ---- memory: kernel data that is not RAM gets a physical address of no RAM ------------------- */

void *arch_memory(phys_addr pa)
{
    if (pa.value - FAKE_RAM_BASE >= FAKE_RAM_BYTES) {
        return NULL; /* device memory: computed, never used */
    }
    return fake_ram + (pa.value - FAKE_RAM_BASE);
}

phys_addr arch_physical(const void *kernel_pointer)
{
    const uintptr_t offset = (uintptr_t)kernel_pointer - (uintptr_t)fake_ram;

    return (phys_addr){ offset < FAKE_RAM_BYTES ? FAKE_RAM_BASE + (uint64_t)offset : 0x1000 };
}

void arch_cache_clean(const void *start, size_t bytes)
{
    (void)start;
    (void)bytes;
}

void arch_cache_sync_code(const void *start, size_t bytes)
{
    (void)start;
    (void)bytes;
    fake.code_syncs++;
}

void arch_tlb_invalidate_page(uint8_t vmid, ipa_addr ipa)
{
    (void)vmid;
    (void)ipa;
    fake.tlb_pages++;
}

void arch_tlb_invalidate_space(uint8_t vmid)
{
    (void)vmid;
    fake.tlb_spaces++;
}

/* ---- threads --------------------------------------------------------------------------------- */

void arch_context_start(struct arch_context *context, abi_word pc, abi_word sp, abi_word argument)
{
    *context = (struct arch_context){ .x = { argument }, .pc = pc, .sp = sp };
}

void arch_context_forget(struct arch_context *context)
{
    (void)context;
    fake.contexts_forgotten++;
}

void arch_context_step(struct arch_context *context, int instructions)
{
    if (instructions > 0) {
        context->pc += FAKE_FAULT_SKIP_BYTES;
    } else {
        fake.has_restarted = true;
    }
}

abi_word arch_context_pc(const struct arch_context *context)
{
    return context->pc;
}

uint64_t arch_space_register(phys_addr root, uint8_t vmid)
{
    return root.value | (uint64_t)vmid << 48;
}

uint64_t arch_space_none(void)
{
    return arch_space_register((phys_addr){ 0 }, 0);
}

void arch_space_activate(uint64_t space_register)
{
    fake.active_space = space_register;
}

/* ---- vCPU ------------------------------------------------------------------------------------ */

void arch_vcpu_init(struct arch_vcpu *vcpu, struct vcpu_page *page, uint64_t space_register)
{
    *vcpu = (struct arch_vcpu){ .page = page, .space = space_register };
}

void arch_vcpu_reset(struct arch_vcpu *vcpu)
{
    (void)vcpu;
    fake.vcpu_resets++;
}

void arch_vcpu_enter(struct arch_cpu *cpu, struct arch_vcpu *vcpu)
{
    if (fake.vcpu_refuses) {
        kernel_vcpu_exit(cpu, VCPU_EXIT_INVALID);
        return;
    }
    vcpu->entry.is_loaded = true;
    cpu->guest = vcpu;
    fake.vcpu_enters++;
}

void arch_vcpu_leave(struct arch_cpu *cpu, uint64_t space_register)
{
    cpu->guest->entry.is_loaded = false;
    cpu->guest = NULL;
    fake.active_space = space_register;
    fake.vcpu_leaves++;
}

bool arch_vcpu_interrupt_pending(const struct arch_vcpu *vcpu)
{
    (void)vcpu;
    return fake.vcpu_has_interrupt;
}

bool arch_vcpu_timer_deadline(const struct arch_vcpu *vcpu, ticks *deadline_out)
{
    (void)vcpu;
    *deadline_out = fake.vcpu_deadline;
    return fake.vcpu_has_deadline;
}

void arch_vcpu_destroy(struct arch_vcpu *vcpu)
{
    vcpu->page = NULL;
}

/* ---- interrupts and time --------------------------------------------------------------------- */

bool arch_interrupt_available(uint32_t id)
{
    return id < FAKE_INTERRUPTS && id != FAKE_INTERRUPT_KERNEL;
}

void arch_interrupt_mask(uint32_t id)
{
    fake.is_masked[id] = true;
}

void arch_interrupt_unmask(uint32_t id)
{
    fake.is_masked[id] = false;
}

bool arch_interrupt_pending(void)
{
    fake.pending_checks++;
    return fake.is_pending;
}

ticks arch_timer_now(void)
{
    return fake.now;
}

uint32_t arch_timer_hz(void)
{
    return FAKE_HZ;
}

void arch_timer_program(ticks deadline)
{
    fake.timer = deadline;
}

/* ---- the machine ----------------------------------------------------------------------------- */

void arch_cpu_idle(void)
{
}

_Noreturn void arch_cpu_start(void)
{
    fake.started++;
    longjmp(fake_end, 1);
}

void arch_console_write(const char *text, size_t bytes)
{
    if (fake.console_bytes + bytes < sizeof(fake.console)) {
        memcpy(fake.console + fake.console_bytes, text, bytes);
        fake.console_bytes += bytes;
    }
}

void arch_panic_screen(void)
{
    fake.panic_screens++;
}

static _Noreturn void end(void)
{
    if (!fake_end_is_set) {
        fwrite(fake.console, 1, fake.console_bytes, stderr);
        abort();
    }
    longjmp(fake_end, 1);
}

_Noreturn void arch_machine_end(enum shutdown how)
{
    fake.machine_off += how == SHUTDOWN_OFF ? 1 : 0;
    fake.machine_reset += how == SHUTDOWN_RESET ? 1 : 0;
    end();
}

/* ---- what the page tables say ---------------------------------------------------------------- */

/* DDI 0487 "Attribute fields in stage 2 VMSAv8-64 Block and Page descriptors". */
unsigned fake_attributes(void *root, ipa_addr ipa)
{
    const uint64_t *table = root;
    uint64_t entry = 0;
    unsigned memory;

    for (unsigned shift = 30; shift >= 12; shift -= 9) {
        entry = table[ipa.value >> shift & 511];
        if ((entry & 1) == 0) {
            return 0;
        }
        if (shift == 12 || (entry & 2) == 0) {
            break;
        }
        table = arch_memory((phys_addr){ entry & 0xfffffff000 });
    }
    memory = (unsigned)(entry >> 2 & 0xf);
    return (entry >> 6 & 1 ? MAP_READ : 0u) | (entry >> 7 & 1 ? MAP_WRITE : 0u) |
           (entry >> 54 & 1 ? 0u : MAP_EXEC) | (memory == 1 ? MAP_DEVICE : 0u) |
           (memory == 5 ? MAP_UNCACHED : 0u);
}

/* ---- the board ------------------------------------------------------------------------------- */

const struct arch_boot *fake_board(void)
{
    static const struct boot_untyped all[] = {
        { .base = FAKE_RAM_BASE, .size_shift = 25, .kind = UNTYPED_RAM },
        { .base = FAKE_RAM_BASE + (32u << 20), .size_shift = 24, .kind = UNTYPED_RAM },
        { .base = FAKE_BUNDLE, .size_shift = 21, .kind = UNTYPED_IMAGE },
        { .base = FAKE_DEVICE, .size_shift = 13, .kind = UNTYPED_DEVICE },
        { .base = FAKE_RAM_BASE + (48u << 20), .size_shift = 12, .kind = UNTYPED_RAM },
    };
    static struct arch_boot board = { .board = "fake",
                                      .bundle = { FAKE_BUNDLE },
                                      .entry = 0x100000002 };

    board.regions = fake.large_regions != 0 ? all : all + 2; /* without: image and device only */
    board.region_count = fake.large_regions != 0 ? 5 : 2;
    return &board;
}
