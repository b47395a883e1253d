/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Memory becomes objects. What is known of an untyped lies in its one slot.
 *
 *  U1  watermark <= cleared <= size.
 *  U2  Bytes [watermark, cleared) of RAM are zero and belong to nobody.
 *  U3  Memory of living objects lies below the watermark: it falls only when the last child
 *      has left the tree, and nothing is made before the reaper has finished the dead.
 */
#include "kernel/objects.h"

enum { CLEAR_STEP_BYTES = 4096 };

struct retype {
    struct cap *untyped;
    struct cap *slot;
    enum object_type type;
    abi_word parameter;
    uint32_t offset;
    struct object_shape shape;
};

static void *untyped_memory(const struct cap *untyped, uint32_t offset)
{
    return arch_memory((phys_addr){ ((uint64_t)untyped->untyped.page << CAP_PAGE_SHIFT) + offset });
}

/* Where the object goes: the next free place, or exactly where the caller says. */
static enum status place(struct retype *r, abi_word wish)
{
    const struct cap_untyped *u = &r->untyped->untyped;
    const uint32_t size = 1u << u->shift;
    const uint32_t mask = r->shape.align - 1;

    if (wish != RETYPE_NEXT && (wish >= size || (wish & mask) != 0)) {
        return STATUS_BAD_ARGUMENT;
    }
    /* No overflow: watermark <= 2^30, align <= 2^30. */
    r->offset = wish != RETYPE_NEXT ? (uint32_t)wish : (u->watermark + mask) & ~mask;
    if (r->offset < u->watermark || r->offset > size || r->shape.bytes > size - r->offset) {
        return STATUS_NO_MEMORY;
    }
    return STATUS_OK;
}

static enum status retype_check(const struct call *call, struct retype *r)
{
    const abi_word type = call_arg(call, 1);

    r->parameter = call_arg(call, 2);
    if (!object_shape(type, r->parameter, &r->shape) ||
        (r->untyped->untyped.kind != UNTYPED_RAM && type != OBJECT_FRAME &&
         type != OBJECT_UNTYPED)) {
        return STATUS_BAD_ARGUMENT;
    }
    r->type = (enum object_type)type;
    if (r->type == OBJECT_SPACE && space_free_vmid() == 0) {
        return STATUS_NO_MEMORY;
    }
    return place(r, call_arg(call, 3));
}

/* False: an interrupt waits. What is done is remembered in `cleared`. */
static bool clear_memory(const struct retype *r)
{
    struct cap_untyped *u = &r->untyped->untyped;
    const uint32_t end = r->offset + r->shape.bytes;

    if (u->cleared < r->offset) {
        u->cleared = r->offset; /* what was skipped is lost until the reset */
    }
    while (u->cleared < end) {
        const uint32_t left = end - u->cleared;
        const uint32_t bytes = left < CLEAR_STEP_BYTES ? left : CLEAR_STEP_BYTES;
        void *memory = untyped_memory(r->untyped, u->cleared);

        memset(memory, 0, bytes);
        arch_cache_clean(memory, bytes); /* a guest with its MMU off reads past the caches */
        u->cleared += bytes;
        if (u->cleared < end && arch_interrupt_pending()) {
            return false;
        }
    }
    return true;
}

static void init_memory_cap(const struct retype *r)
{
    const struct cap_untyped *from = &r->untyped->untyped;
    const uint32_t page = from->page + (r->offset >> CAP_PAGE_SHIFT);

    if (r->type == OBJECT_UNTYPED) {
        r->slot->untyped = (struct cap_untyped){ .page = page, .kind = from->kind };
        r->slot->untyped.shift = (uint8_t)r->parameter;
    } else {
        r->slot->frame = (struct cap_frame){ .page = page };
        r->slot->flags |= r->parameter == CAP_LARGE_SHIFT ? CAP_LARGE : 0;
        r->slot->flags |= from->kind == UNTYPED_DEVICE ? CAP_DEVICE : 0;
    }
}

static void take(const struct retype *r)
{
    struct cap_untyped *u = &r->untyped->untyped;

    u->watermark = r->offset + r->shape.bytes;
    u->cleared = u->watermark; /* what an interrupted one had cleared beyond is forgotten */
}

static void retype_commit(const struct retype *r)
{
    void *memory = untyped_memory(r->untyped, r->offset);

    take(r);
    cap_init_child(r->slot, r->untyped, r->type);
    if (r->type == OBJECT_UNTYPED || r->type == OBJECT_FRAME || r->type == OBJECT_TABLE) {
        init_memory_cap(r);
    } else {
        object_create(r->slot, memory, r->parameter);
    }
}

void untyped_make(struct cap *untyped, struct cap *slot, enum object_type type, abi_word parameter)
{
    struct retype r = { .untyped = untyped, .slot = slot, .type = type, .parameter = parameter };
    const bool is_shape = object_shape((abi_word)type, parameter, &r.shape);
    const enum status status = place(&r, RETYPE_NEXT);

    KERNEL_ASSERT(is_shape && status == STATUS_OK);
    if (untyped->untyped.kind == UNTYPED_RAM) {
        memset(untyped_memory(untyped, r.offset), 0, r.shape.bytes);
    }
    retype_commit(&r);
}

void *untyped_take_page(struct cap *untyped)
{
    struct retype r = { .untyped = untyped, .shape = { ARCH_TABLE_BYTES, ARCH_TABLE_BYTES } };
    const enum status status = place(&r, RETYPE_NEXT);

    KERNEL_ASSERT(status == STATUS_OK);
    take(&r);
    return memset(untyped_memory(untyped, r.offset), 0, r.shape.bytes);
}

enum status sys_untyped_retype(const struct call *call)
{
    struct retype r = { .untyped = call->cap[0], .slot = call->cap[1] };
    const enum status status = retype_check(call, &r);

    if (status != STATUS_OK) {
        return status;
    }
    if (r.untyped->untyped.kind == UNTYPED_RAM && r.type != OBJECT_UNTYPED && !clear_memory(&r)) {
        return thread_restart_call(call->caller);
    }
    retype_commit(&r);
    if (r.type == OBJECT_THREAD) {
        r.slot->badge = call->caller->ceiling;
    }
    return STATUS_OK;
}
