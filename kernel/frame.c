/* SPDX-License-Identifier: BSD-2-Clause */
#include "kernel/frame.h"

#include "kernel/cnode.h"
#include "kernel/space.h"
#include "kernel/thread.h"

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
    unsigned attributes;

    frame->frame.mapping = 0;
    if (space == NULL ||
        !arch_pt_lookup(space->root_table, frame_ipa(frame), &there, &attributes) ||
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
           !(is_code && is_device) &&
           !(is_code && is_writable && space->kind == SPACE_NATIVE);
}

static enum status map_check(const struct thread *caller, const struct cap *frame,
                             const struct space *space)
{
    const abi_word attributes = thread_arg(caller, 3);
    const abi_word access = attributes & (MAP_READ | MAP_WRITE | MAP_EXEC);

    if ((frame->rights & access) != access) {
        return STATUS_BAD_RIGHTS;
    }
    if (!attributes_allowed(frame, space, attributes) ||
        !arch_pt_ipa_valid((ipa_addr){ thread_arg(caller, 2) }, frame_shift(frame))) {
        return STATUS_BAD_ARGUMENT;
    }
    return space_of_mapping(frame->frame.mapping) != NULL ? STATUS_MAPPED : STATUS_OK;
}

/* The walker checks before it writes: it is the last check and the commit in one. */
static enum status map_into(const struct cap *frame, struct space *space, ipa_addr ipa,
                            unsigned attributes)
{
    if ((frame->flags & CAP_DEVICE) != 0) {
        attributes |= MAP_DEVICE;
    }
    return space_status(arch_pt_map(space->root_table, ipa, frame_physical(frame),
                                    frame_shift(frame), attributes));
}

enum status sys_space_map(struct thread *caller, struct cap *const *cap)
{
    const ipa_addr ipa = { thread_arg(caller, 2) };
    const unsigned attributes = (unsigned)thread_arg(caller, 3);
    struct space *space = cap[0]->space;
    struct cap *frame = cap[1];
    enum status status = map_check(caller, frame, space);

    if (status == STATUS_OK) {
        status = map_into(frame, space, ipa, attributes);
    }
    if (status == STATUS_OK) {
        frame->frame.ipa_page = (uint32_t)(ipa.value >> CAP_PAGE_SHIFT);
        frame->frame.mapping = space_mapping(space);
        if ((attributes & MAP_EXEC) != 0 && space->kind == SPACE_NATIVE) {
            arch_cache_sync_code(arch_memory(frame_physical(frame)), 1ul << frame_shift(frame));
        }
    }
    return status;
}

enum status sys_space_unmap(struct thread *caller, struct cap *const *cap)
{
    (void)caller;
    if (space_of_mapping(cap[0]->frame.mapping) == NULL) {
        return STATUS_NOT_BOUND;
    }
    frame_withdraw(cap[0]);
    return STATUS_OK;
}

enum status sys_frame_address(struct thread *caller, struct cap *const *cap)
{
    const uint64_t address = frame_physical(cap[0]).value;

    thread_result(caller, 1, (uint32_t)address);
    thread_result(caller, 2, (uint32_t)(address >> 32));
    thread_result(caller, 3, frame_shift(cap[0]));
    return STATUS_OK;
}
