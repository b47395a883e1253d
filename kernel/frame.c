/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames: pages of memory that are mapped into address spaces, and what may be asked of a mapping.
 */
#include "kernel/objects.h"

enum { MAP_KNOWN = MAP_READ | MAP_WRITE | MAP_EXEC | MAP_DEVICE | MAP_UNCACHED };

_Static_assert((int)MAP_READ == (int)RIGHT_READ && (int)MAP_WRITE == (int)RIGHT_WRITE &&
                   (int)MAP_EXEC == (int)RIGHT_EXEC,
               "access bits are the rights they need");

enum status frame_share_check(const struct cap *frame)
{
    if ((frame->rights & (RIGHT_READ | RIGHT_WRITE)) != (RIGHT_READ | RIGHT_WRITE)) {
        return STATUS_BAD_RIGHTS;
    }
    return (frame->flags & CAP_DEVICE) != 0 ? STATUS_BAD_ARGUMENT : STATUS_OK;
}

/*
 * The entry is taken out only if it is still this frame's: a table that went
 * away took its entries with it, and another frame may be there by now.
 */
void frame_withdraw(struct cap *frame)
{
    struct space *space = space_of_mapping(frame->frame.mapping);
    phys_addr there;

    frame->frame.mapping = 0;
    if (space == NULL || !arch_pt_lookup(space->root_table, frame_ipa(frame), &there) ||
        there.value != frame_physical(frame).value) {
        return;
    }
    arch_pt_unmap(space->root_table, frame_ipa(frame), frame_shift(frame));
    arch_tlb_invalidate_page(space->vmid, frame_ipa(frame));
}

static bool attributes_allowed(const struct cap *frame, const struct space *space,
                               abi_word attributes)
{
    const bool is_writable = (attributes & MAP_WRITE) != 0;
    const bool is_code = (attributes & MAP_EXEC) != 0;
    const bool is_device = (attributes & MAP_DEVICE) != 0 || (frame->flags & CAP_DEVICE) != 0;

    return (attributes & ~(abi_word)MAP_KNOWN) == 0 && (attributes & MAP_READ) != 0 &&
           !(is_code && (is_device || (is_writable && space->kind == SPACE_NATIVE)));
}

static enum status map_check(const struct call *call)
{
    const struct space *space = call->cap[0]->space;
    const struct cap *frame = call->cap[1];
    const abi_word attributes = call_arg(call, 3);
    const abi_word access = attributes & (MAP_READ | MAP_WRITE | MAP_EXEC);

    if ((frame->rights & access) != access) {
        return STATUS_BAD_RIGHTS;
    }
    if (!attributes_allowed(frame, space, attributes) ||
        !arch_pt_ipa_valid((ipa_addr){ call_arg(call, 2) }, frame_shift(frame))) {
        return STATUS_BAD_ARGUMENT;
    }
    return space_of_mapping(frame->frame.mapping) != NULL ? STATUS_MAPPED : STATUS_OK;
}

/* The walker checks before it writes: it is the last check and the commit in one. */
enum status frame_map(struct cap *frame, struct space *space, ipa_addr ipa, unsigned attributes)
{
    enum status status;

    if ((frame->flags & CAP_DEVICE) != 0) {
        attributes |= MAP_DEVICE;
    }
    status =
        arch_pt_map(space->root_table, ipa, frame_physical(frame), frame_shift(frame), attributes);
    if (status == STATUS_OK) {
        frame->frame.ipa_page = (uint32_t)(ipa.value >> CAP_PAGE_SHIFT);
        frame->frame.mapping = space_mapping(space);
    }
    return status;
}

/* Native code becomes visible to instruction fetch, a page at a time. False: an interrupt waits. */
static bool sync_code(const struct call *call, const struct cap *frame)
{
    const uint32_t first = frame->frame.page;
    const uint32_t end = first + (1u << (frame_shift(frame) - CAP_PAGE_SHIFT));
    uint32_t page = call->next_page > first && call->next_page < end ? call->next_page : first;

    for (;;) {
        arch_cache_sync_code(arch_memory((phys_addr){ (uint64_t)page << CAP_PAGE_SHIFT }),
                             1u << CAP_PAGE_SHIFT);
        page++;
        if (page == end) {
            return true;
        }
        if (arch_interrupt_pending()) {
            call->caller->next_page = page;
            return false;
        }
    }
}

enum status sys_space_map(const struct call *call)
{
    const unsigned attributes = (unsigned)call_arg(call, 3);
    struct space *space = call->cap[0]->space;
    const enum status status = map_check(call);

    if (status != STATUS_OK) {
        return status;
    }
    if ((attributes & MAP_EXEC) != 0 && space->kind == SPACE_NATIVE &&
        !sync_code(call, call->cap[1])) {
        return thread_restart_call(call->caller);
    }
    return frame_map(call->cap[1], space, (ipa_addr){ call_arg(call, 2) }, attributes);
}

enum status sys_space_unmap(const struct call *call)
{
    if (space_of_mapping(call->cap[0]->frame.mapping) == NULL) {
        return STATUS_NOT_BOUND;
    }
    frame_withdraw(call->cap[0]);
    return STATUS_OK;
}

enum status sys_frame_address(const struct call *call)
{
    const uint64_t address = frame_physical(call->cap[0]).value;

    call_result(call, 1, (uint32_t)address);
    call_result(call, 2, (uint32_t)(address >> 32));
    call_result(call, 3, frame_shift(call->cap[0]));
    return STATUS_OK;
}
