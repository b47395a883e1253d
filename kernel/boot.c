/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the boot loader's memory to root's first instruction: boot_steps[], in order.
 *
 * What root needs before it can ask for anything is taken off the front of one
 * RAM region; the rest of that region, and all others, become root's untyped.
 */
#include "kernel/boot.h"

#include "kernel/cnode.h"
#include "kernel/console.h"
#include "kernel/cpu.h"
#include "kernel/frame.h"
#include "kernel/panic.h"
#include "kernel/sched.h"
#include "kernel/space.h"
#include "kernel/thread.h"
#include "kernel/trace.h"

enum {
    ROOT_PRIORITY = 48,
    ROOT_PERIOD_TICKS_PER_HZ = 100, /* 10 ms, all of it root's */
    BUNDLE_REGION_BYTES = 1 << ARCH_BLOCK_SHIFT,
    IMAGE_REGION_BYTES = ROOT_STACK_VA - ARCH_TABLE_BYTES - ROOT_IMAGE_VA,
    BOOT_MEMORY_BYTES = 4 << 20, /* the least that the region must have */
    PAGE_BYTES = 1 << ARCH_PAGE_SHIFT,
};

/* Root's tables: one of blocks, two of pages. */
enum { TABLE_VA_IMAGE = ROOT_IMAGE_VA, TABLE_VA_STACK = ROOT_STACK_VA };
_Static_assert(ROOT_IMAGE_VA % (1 << ARCH_BLOCK_SHIFT) == 0 &&
                   ROOT_STACK_VA % (1 << ARCH_BLOCK_SHIFT) == 0 &&
                   ROOT_BOOT_INFO_VA < ROOT_STACK_VA + (1 << ARCH_BLOCK_SHIFT) &&
                   ROOT_BUNDLE_VA % (1 << ARCH_BLOCK_SHIFT) == 0,
               "two tables of pages and a block are all that root's first space needs");

struct boot {
    const struct bundle_header *bundle;
    struct boot_untyped region[BOOT_UNTYPED_MAX];
    unsigned regions;
    unsigned own;     /* the region that the kernel takes root's memory from */
    uint64_t next;    /* physical */
    struct cnode *cnode;
    struct space *space;
    struct thread *thread;
    struct sched *sched;
    struct message_buffer *message;
    struct boot_info *info;
};

static _Noreturn void refuse(const char *reason)
{
    console_print("robin: cannot boot: ");
    console_print(reason);
    console_print("\n");
    arch_machine_off();
}

static void fill(void *to, uint32_t bytes)
{
    uint64_t *word = to;

    for (uint32_t i = 0; i < bytes / sizeof(*word); i++) {
        word[i] = 0;
    }
}

static void *take(struct boot *boot, size_t bytes, size_t align)
{
    void *memory;

    boot->next = (boot->next + align - 1) & ~(uint64_t)(align - 1);
    memory = arch_memory((phys_addr){ boot->next });
    bytes = (bytes + sizeof(uint64_t) - 1) & ~(sizeof(uint64_t) - 1);
    boot->next += bytes;
    fill(memory, (uint32_t)bytes);
    return memory;
}

static void *take_page(struct boot *boot)
{
    return take(boot, PAGE_BYTES, PAGE_BYTES);
}

/* ---- the bundle -------------------------------------------------------------------------------- */

/* IEEE 802.3, four bits at a time. */
uint32_t bundle_crc32(const unsigned char *bytes, uint32_t count)
{
    static const uint32_t of_nibble[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };
    uint32_t crc = ~0u;

    for (uint32_t i = 0; i < count; i++) {
        crc ^= bytes[i];
        crc = crc >> 4 ^ of_nibble[crc & 0xf];
        crc = crc >> 4 ^ of_nibble[crc & 0xf];
    }
    return ~crc;
}

static bool is_page_multiple(uint32_t bytes)
{
    return bytes % PAGE_BYTES == 0;
}

static const char *image_check(const struct bundle_header *h)
{
    const uint64_t bytes =
        (uint64_t)h->root_text_bytes + h->root_rodata_bytes + h->root_data_bytes;

    if (!is_page_multiple(h->root_offset) || !is_page_multiple(h->root_text_bytes) ||
        !is_page_multiple(h->root_rodata_bytes) || !is_page_multiple(h->root_data_bytes)) {
        return "the bundle's root image is not page aligned.";
    }
    if (bytes > IMAGE_REGION_BYTES || h->root_offset + bytes > h->total_bytes) {
        return "the bundle's root image does not fit.";
    }
    if (h->root_entry < ROOT_IMAGE_VA || h->root_entry >= ROOT_IMAGE_VA + h->root_text_bytes) {
        return "the bundle's root entry is outside its text.";
    }
    return NULL;
}

const char *bundle_check(const struct bundle_header *h, uint32_t region_bytes)
{
    const unsigned char *body = (const unsigned char *)(h + 1);

    if (h->magic != BUNDLE_MAGIC) {
        return "there is no bundle (bad magic).";
    }
    if (h->version != BUNDLE_VERSION) {
        return "the bundle's version is not this kernel's.";
    }
    if (h->total_bytes < sizeof(*h) || h->total_bytes > region_bytes) {
        return "the bundle's size is impossible (truncated image?).";
    }
    if (bundle_crc32(body, h->total_bytes - (uint32_t)sizeof(*h)) != h->crc32) {
        return "the bundle's checksum is wrong (corrupt image).";
    }
    return image_check(h);
}

static void boot_bundle(struct boot *boot)
{
    const char *reason;

    boot->bundle = arch_memory(arch_boot_bundle());
    reason = bundle_check(boot->bundle, BUNDLE_REGION_BYTES);
    if (reason != NULL) {
        refuse(reason);
    }
}

/* ---- memory and objects ------------------------------------------------------------------------- */

static void boot_memory(struct boot *boot)
{
    boot->regions = arch_boot_regions(boot->region, BOOT_UNTYPED_MAX);
    for (boot->own = 0; boot->own < boot->regions; boot->own++) {
        const struct boot_untyped *region = &boot->region[boot->own];

        if (region->kind == UNTYPED_RAM && 1ull << region->size_shift >= BOOT_MEMORY_BYTES) {
            boot->next = region->base;
            return;
        }
    }
    refuse("no region of RAM is large enough for root.");
}

static void boot_objects(struct boot *boot)
{
    const uint32_t slots = 1u << ROOT_CNODE_BITS;

    boot->cnode = take(boot, sizeof(struct cnode) + slots * sizeof(struct cap), 64);
    boot->cnode->count = slots;
    boot->space = take(boot, sizeof(struct space), ARCH_TABLE_BYTES);
    space_create(boot->space, SPACE_NATIVE);
    boot->thread = take(boot, sizeof(struct thread), 64);
    thread_create(boot->thread);
    boot->sched = take(boot, sizeof(struct sched), 64);
}

/* ---- root's address space ------------------------------------------------------------------------- */

static void insert_table(struct boot *boot, uint64_t va, unsigned level)
{
    const enum arch_pt_result result =
        arch_pt_insert_table(boot->space->root_table, (ipa_addr){ va }, level,
                             arch_physical(take_page(boot)));

    KERNEL_ASSERT(result == ARCH_PT_OK);
}

static void map_page(struct boot *boot, uint64_t va, const void *page, unsigned attributes)
{
    const enum arch_pt_result result =
        arch_pt_map(boot->space->root_table, (ipa_addr){ va }, arch_physical(page),
                    ARCH_PAGE_SHIFT, attributes);

    KERNEL_ASSERT(result == ARCH_PT_OK);
}

/* The image is copied, so that the bundle stays as it was and no page has two names. */
static uint64_t map_copy(struct boot *boot, uint64_t va, const unsigned char **from,
                         uint32_t bytes, unsigned attributes)
{
    for (uint32_t done = 0; done < bytes; done += PAGE_BYTES) {
        uint64_t *page = take_page(boot);
        const uint64_t *source = (const uint64_t *)(const void *)(*from + done);

        for (unsigned i = 0; i < PAGE_BYTES / sizeof(*page); i++) {
            page[i] = source[i];
        }
        if ((attributes & MAP_EXEC) != 0) {
            arch_cache_sync_code(page, PAGE_BYTES);
        }
        map_page(boot, va + done, page, attributes);
    }
    *from += bytes;
    return va + bytes;
}

static void map_image(struct boot *boot)
{
    const struct bundle_header *h = boot->bundle;
    const unsigned char *from = (const unsigned char *)h + h->root_offset;
    uint64_t va = ROOT_IMAGE_VA;

    va = map_copy(boot, va, &from, h->root_text_bytes, MAP_READ | MAP_EXEC);
    va = map_copy(boot, va, &from, h->root_rodata_bytes, MAP_READ);
    map_copy(boot, va, &from, h->root_data_bytes, MAP_READ | MAP_WRITE);
}

static void boot_space(struct boot *boot)
{
    insert_table(boot, ROOT_IMAGE_VA, 2);
    insert_table(boot, TABLE_VA_IMAGE, 3);
    insert_table(boot, TABLE_VA_STACK, 3);
    map_image(boot);
    for (uint32_t i = 0; i < ROOT_STACK_BYTES; i += PAGE_BYTES) {
        map_page(boot, ROOT_STACK_VA + i, take_page(boot), MAP_READ | MAP_WRITE);
    }
    boot->message = take_page(boot);
    map_page(boot, ROOT_MESSAGE_VA, boot->message, MAP_READ | MAP_WRITE);
    boot->info = take_page(boot);
    map_page(boot, ROOT_BOOT_INFO_VA, boot->info, MAP_READ);
}

/* ---- root's capabilities ------------------------------------------------------------------------------ */

static void give(struct boot *boot, unsigned index, enum object_type type, void *object)
{
    struct cap *slot = &boot->cnode->slots[index];

    cap_init_first(slot, type);
    slot->object = object;
}

static void give_untyped(struct boot *boot, unsigned index)
{
    const struct boot_untyped *region = &boot->region[index];
    struct cap *slot = &boot->cnode->slots[ROOT_SLOT_FIRST_UNTYPED + index];

    cap_init_first(slot, OBJECT_UNTYPED);
    slot->untyped = (struct cap_untyped){
        .page = (uint32_t)(region->base >> CAP_PAGE_SHIFT),
        .shift = region->size_shift,
        .kind = region->kind,
    };
    if (index == boot->own) {
        const uint64_t used = boot->next - region->base + PAGE_BYTES - 1;

        slot->untyped.floor_pages = (uint16_t)(used >> CAP_PAGE_SHIFT);
        slot->untyped.watermark = (uint32_t)(used & ~(uint64_t)(PAGE_BYTES - 1));
        slot->untyped.cleared = slot->untyped.watermark;
    }
}

/* The first block of the region that the bundle lies in, mapped where root reads it. */
static void give_bundle(struct boot *boot)
{
    const uint64_t base = arch_boot_bundle().value;
    struct cap *frame = &boot->cnode->slots[ROOT_SLOT_BUNDLE_FRAME];

    for (unsigned i = 0; i < boot->regions; i++) {
        struct cap *untyped = &boot->cnode->slots[ROOT_SLOT_FIRST_UNTYPED + i];
        enum arch_pt_result result;

        if (boot->region[i].base != base || boot->region[i].size_shift < CAP_LARGE_SHIFT) {
            continue;
        }
        untyped->untyped.watermark = BUNDLE_REGION_BYTES;
        untyped->untyped.cleared = BUNDLE_REGION_BYTES;
        cap_init_child(frame, untyped, OBJECT_FRAME);
        frame->flags |= CAP_LARGE;
        frame->frame = (struct cap_frame){
            .page = (uint32_t)(base >> CAP_PAGE_SHIFT),
            .ipa_page = ROOT_BUNDLE_VA >> CAP_PAGE_SHIFT,
            .mapping = space_mapping(boot->space),
        };
        result = arch_pt_map(boot->space->root_table, (ipa_addr){ ROOT_BUNDLE_VA },
                             (phys_addr){ base }, CAP_LARGE_SHIFT, MAP_READ);
        KERNEL_ASSERT(result == ARCH_PT_OK);
        return;
    }
    refuse("the board's bundle region is not a block of image memory.");
}

static void boot_capabilities(struct boot *boot)
{
    give(boot, ROOT_SLOT_CNODE, OBJECT_CNODE, boot->cnode);
    give(boot, ROOT_SLOT_SPACE, OBJECT_SPACE, boot->space);
    give(boot, ROOT_SLOT_THREAD, OBJECT_THREAD, boot->thread);
    give(boot, ROOT_SLOT_SCHED, OBJECT_SCHED, boot->sched);
    give(boot, ROOT_SLOT_IRQ_CONTROL, OBJECT_IRQ_CONTROL, NULL);
    give(boot, ROOT_SLOT_SCHED_CONTROL, OBJECT_SCHED_CONTROL, NULL);
    give(boot, ROOT_SLOT_CONSOLE, OBJECT_CONSOLE, NULL);
    for (unsigned i = 0; i < boot->regions; i++) {
        give_untyped(boot, i);
    }
    give_bundle(boot);
}

/* ---- root's thread ----------------------------------------------------------------------------------------- */

static void copy_text(char *to, const char *from, unsigned bytes)
{
    for (unsigned i = 0; i < bytes && from[i] != '\0'; i++) {
        to[i] = from[i];
    }
}

static void boot_information(struct boot *boot)
{
    struct boot_info *info = boot->info;
    const ticks entry = arch_boot_entry_ticks();

    info->magic = BOOT_INFO_MAGIC;
    info->untyped_count = boot->regions;
    info->counter_hz = arch_timer_hz();
    info->kernel_entry_ticks_low = (uint32_t)entry;
    info->kernel_entry_ticks_high = (uint32_t)(entry >> 32);
    info->cpu_count = 1;
    copy_text(info->board, arch_board_name(), sizeof(info->board) - 1);
    copy_text(info->build_id, kernel_build_id, sizeof(info->build_id));
    for (unsigned i = 0; i < boot->regions; i++) {
        info->untyped[i] = boot->region[i];
    }
}

static void boot_thread(struct boot *boot)
{
    struct thread *thread = boot->thread;
    const ticks period = arch_timer_hz() / ROOT_PERIOD_TICKS_PER_HZ;

    thread_configure(thread, &boot->cnode->slots[ROOT_SLOT_CNODE],
                     &boot->cnode->slots[ROOT_SLOT_SPACE], ROOT_PRIORITY);
    thread->message = boot->message;
    sched_configure(boot->sched, period, period);
    sched_bind(boot->sched, thread);
    thread_start(thread, boot->bundle->root_entry, ROOT_STACK_VA + ROOT_STACK_BYTES,
                 ROOT_BOOT_INFO_VA);
}

/* ---- all of it ------------------------------------------------------------------------------------------------ */

static const struct {
    void (*run)(struct boot *boot);
} boot_steps[] = {
    { boot_bundle },       /* is there anything to start? */
    { boot_memory },       /* what the board has; which part root's beginnings come from */
    { boot_objects },      /* CNode, space, thread, scheduling context */
    { boot_space },        /* image, stack, message buffer, boot information */
    { boot_capabilities }, /* all authority there is: afterwards nothing is left to the kernel */
    { boot_information },  /* what root cannot find out itself */
    { boot_thread },       /* ready to run */
};

void boot_run(void)
{
    static struct boot boot;

    cpu_this()->id = arch_cpu_id();
    cpu_this()->programmed = 0; /* whatever it is, the first choice of a thread sets it */
    for (unsigned i = 0; i < sizeof(boot_steps) / sizeof(boot_steps[0]); i++) {
        trace_event(TRACE_BOOT, i, 0);
        boot_steps[i].run(&boot);
    }
    sched_run_next(cpu_this());
}

_Noreturn void kernel_main(void)
{
    boot_run();
    arch_cpu_start();
}
