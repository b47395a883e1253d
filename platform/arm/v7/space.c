/* SPDX-License-Identifier: BSD-2-Clause */
/* Which stage 2 is in force, and what the TLBs keep of it. */
#include "space.h"

#include "arch/arch.h"
#include "barrier.h"
#include "cpu_area.h"
#include "sysreg.h"

enum { VMID_SHIFT = 48 };

/* Never written: stands in for the tables of a VMID whose entries are invalidated. */
static struct {
    _Alignas(ARCH_TABLE_BYTES) uint64_t entry[ARCH_TABLE_BYTES / sizeof(uint64_t)];
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
            write_vttbr(space); /* takes effect by the exception return */
        }
    }
}

/* TLBIALLIS works on the current VMID; walks ahead of it must find nothing of another's. */
void arch_tlb_invalidate_space(uint8_t vmid)
{
    __asm__ volatile("dsb ishst" : : : "memory");
    uint64_t saved = read_vttbr();
    write_vttbr(space_register(arch_physical(&empty_root), vmid));
    barrier_context();
    __asm__ volatile("mcr p15, 0, %0, c8, c3, 0\n\tdsb ish" : : "r"(0) : "memory");
    write_vttbr(saved);
    barrier_context();
}

/* ARMv7 has no invalidation by intermediate physical address (DDI 0406 "TLB maintenance
 * operations"): all of the VMID's goes. */
void arch_tlb_invalidate_page(uint8_t vmid, ipa_addr ipa)
{
    (void)ipa;
    arch_tlb_invalidate_space(vmid);
}
