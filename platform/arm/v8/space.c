/* SPDX-License-Identifier: BSD-2-Clause */
/* Which stage 2 is in force, and what the TLBs keep of it. */
#include "barrier.h"
#include "cpu_area.h"
#include "platform.h"
#include "sysreg.h"

enum { VMID_SHIFT = 48 };

/* Never written: stands in for the tables of a VMID whose entries are invalidated. */
static struct {
    _Alignas(ARCH_TABLE_BYTES) uint8_t bytes[ARCH_TABLE_BYTES];
} empty_root;

uint64_t space_register(phys_addr root, uint8_t vmid)
{
    return root.value | (uint64_t)vmid << VMID_SHIFT;
}

void arch_space_activate(phys_addr root, uint8_t vmid)
{
    struct arch_cpu *local = arch_cpu_this();
    uint64_t space = space_register(root, vmid);
    if (local->native_space != space) {
        local->native_space = space;
        if (local->guest == NULL) {
            sysreg_write(vttbr_el2, space); /* takes effect by the exception return */
        }
    }
}

/* TLBI works on the current VMID; walks ahead of it must find nothing of another's. */
static uint64_t borrow_vmid(uint8_t vmid)
{
    uint64_t saved = sysreg_read(vttbr_el2);
    barrier_table_write();
    sysreg_write(vttbr_el2, space_register(arch_physical(&empty_root), vmid));
    barrier_context();
    return saved;
}

static void give_back(uint64_t saved)
{
    __asm__ volatile("dsb ish" : : : "memory");
    sysreg_write(vttbr_el2, saved);
    barrier_context();
}

/* Stage 2 first, then what combines it with stage 1 (DDI 0487 "TLB maintenance instructions"). */
void arch_tlb_invalidate_page(uint8_t vmid, ipa_addr ipa)
{
    uint64_t saved = borrow_vmid(vmid);
    uint64_t page = ipa.value >> ARCH_PAGE_SHIFT;
    __asm__ volatile("tlbi ipas2e1is, %0\n\tdsb ish\n\ttlbi vmalle1is" : : "r"(page) : "memory");
    give_back(saved);
}

void arch_tlb_invalidate_space(uint8_t vmid)
{
    uint64_t saved = borrow_vmid(vmid);
    __asm__ volatile("tlbi vmalls12e1is" : : : "memory");
    give_back(saved);
}
