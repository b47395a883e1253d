/* SPDX-License-Identifier: BSD-2-Clause */
/*
 *  A1  space_by_vmid[v] == s  <=>  s is alive and s->vmid == v; then bit v of vmids_taken is set,
 *      as bit 0 is.
 *  A2  A mapping (vmid, epoch) is alive  <=>  space_by_vmid[vmid] has that epoch. Epochs
 *      are 56 bits, counted up, never reused.
 *  A3  A table is linked into one space at one place at most; it is zero when it is linked.
 */
#include "kernel/objects.h"

enum { VMID_BITS = 8, VMIDS_PER_WORD = 64, VMID_WORDS = (VMID_LAST + 1) / VMIDS_PER_WORD };

static struct space *space_by_vmid[VMID_LAST + 1];
static uint64_t vmids_taken[VMID_WORDS] = { 1 }; /* VMID_FIRST is 1 */
static uint64_t last_epoch;

unsigned space_free_vmid(void)
{
    for (unsigned i = 0; i < VMID_WORDS; i++) {
        if (vmids_taken[i] != ~UINT64_C(0)) {
            return i * VMIDS_PER_WORD + (unsigned)__builtin_ctzll(~vmids_taken[i]);
        }
    }
    return 0;
}

/* Constant time, however many spaces there are. */
static void note_vmid(unsigned vmid, struct space *space)
{
    const uint64_t bit = UINT64_C(1) << vmid % VMIDS_PER_WORD;
    uint64_t *word = &vmids_taken[vmid / VMIDS_PER_WORD];

    space_by_vmid[vmid] = space;
    *word = space != NULL ? *word | bit : *word & ~bit;
}

void space_create(struct space *space, enum space_kind kind)
{
    last_epoch++;
    space->epoch = last_epoch;
    space->kind = (uint8_t)kind;
    space->vmid = (uint8_t)space_free_vmid();
    note_vmid(space->vmid, space);
    arch_tlb_invalidate_space(space->vmid);
}

void space_destroy(const struct cap *cap)
{
    note_vmid(cap->space->vmid, NULL);
    arch_tlb_invalidate_space(cap->space->vmid);
}

uint64_t space_mapping(const struct space *space)
{
    return space->epoch << VMID_BITS | space->vmid;
}

struct space *space_of_mapping(uint64_t mapping)
{
    struct space *space = space_by_vmid[mapping & VMID_LAST];

    return space != NULL && space_mapping(space) == mapping ? space : NULL;
}

/* ---- tables ---------------------------------------------------------------------------------- */

void table_withdraw(struct cap *table)
{
    struct space *space = space_of_mapping(table->frame.mapping);

    if (space != NULL) {
        arch_pt_remove_table(space->root_table, frame_ipa(table), table->flags & CAP_LARGE ? 2 : 3);
        arch_tlb_invalidate_space(space->vmid);
    }
    table->frame.mapping = 0;
}

enum status sys_space_map_table(const struct call *call)
{
    const ipa_addr ipa = { call_arg(call, 2) };
    const abi_word level = call_arg(call, 3);
    struct space *space = call->cap[0]->space;
    struct cap *table = call->cap[1];
    enum status status;

    if (level < 2 || level > 3 || !arch_pt_ipa_valid(ipa, ARCH_BLOCK_SHIFT)) {
        return STATUS_BAD_ARGUMENT;
    }
    if (space_of_mapping(table->frame.mapping) != NULL) {
        return STATUS_MAPPED;
    }
    if ((table->flags & CAP_USED) != 0) {
        memset(arch_memory(frame_physical(table)), 0, ARCH_TABLE_BYTES);
    }
    status = arch_pt_insert_table(space->root_table, ipa, (unsigned)level, frame_physical(table));
    if (status == STATUS_OK) {
        table->flags = CAP_ORIGINAL | CAP_USED | (level == 2 ? CAP_LARGE : 0);
        table->frame.ipa_page = (uint32_t)(ipa.value >> CAP_PAGE_SHIFT);
        table->frame.mapping = space_mapping(space);
    }
    return status;
}
