/* SPDX-License-Identifier: BSD-2-Clause */
/* Which stage 2 is in force, and what the TLBs keep of it. */
#include "platform.h"
#include "sysreg.h"

enum { VMID_SHIFT = 48 };

/* Never written: stands in for the tables of a VMID whose entries are invalidated, and of nobody.
 */
static struct {
    _Alignas(ARCH_TABLE_BYTES) uint8_t bytes[ARCH_TABLE_BYTES];
} empty_root;

uint64_t arch_space_register(phys_addr root, uint8_t vmid)
{
    return root.value | (uint64_t)vmid << VMID_SHIFT;
}

uint64_t arch_space_none(void)
{
    return arch_space_register(arch_physical(&empty_root), 0);
}

void arch_space_activate(uint64_t space_register)
{
    hyp_write(vttbr, space_register);
}

/* TLBI works on the current VMID; walks ahead of it must find nothing of another's. */
static uint64_t borrow_vmid(uint8_t vmid)
{
    uint64_t saved = hyp_read(vttbr);
    barrier_table_write();
    hyp_write(vttbr, arch_space_register(arch_physical(&empty_root), vmid));
    barrier_context();
    return saved;
}

static void give_back(uint64_t saved)
{
    barrier_complete();
    hyp_write(vttbr, saved);
    barrier_context();
}

void arch_tlb_invalidate_page(uint8_t vmid, ipa_addr ipa)
{
    uint64_t saved = borrow_vmid(vmid);
    tlb_invalidate_page(ipa.value >> ARCH_PAGE_SHIFT);
    give_back(saved);
}

void arch_tlb_invalidate_space(uint8_t vmid)
{
    uint64_t saved = borrow_vmid(vmid);
    tlb_invalidate_all();
    give_back(saved);
}
