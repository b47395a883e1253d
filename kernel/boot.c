/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * From the boot loader's memory to root's first instruction: boot_steps[], in order.
 *
 * What root needs before it can ask for anything is made out of one RAM region, as
 * root would do it: afterwards all memory is root's, and the kernel keeps none.
 */
#include "kernel/objects.h"

enum {
    ROOT_PRIORITY = 48,
    ROOT_PERIOD_TICKS_PER_HZ = 100,      /* 10 ms, all of it root's */
    BLOCK_BYTES = 1 << ARCH_BLOCK_SHIFT, /* the bundle's region is one */
    IMAGE_REGION_BYTES = ROOT_STACK_VA - ARCH_TABLE_BYTES - ROOT_IMAGE_VA,
    BOOT_MEMORY_BYTES = 4 << 20, /* the least that the region must have */
    PAGE_BYTES = 1 << ARCH_PAGE_SHIFT,
};

_Static_assert((ROOT_IMAGE_VA | ROOT_STACK_VA | ROOT_BUNDLE_VA) % BLOCK_BYTES == 0 &&
                   ROOT_BOOT_INFO_VA < ROOT_STACK_VA + BLOCK_BYTES,
               "two tables of pages and a block are all that root's first space needs");

struct boot {
    const struct arch_boot *arch;
    const struct bundle_header *bundle;
    struct cap *own;   /* the untyped that the kernel takes root's memory from */
    struct cap *slots; /* of root's CNode */
    struct message_buffer *message;
    struct boot_info *info;
};

static _Noreturn void refuse(const char *reason)
{
    console_print("robin: cannot boot: ");
    console_print(reason);
    console_print("\n");
    arch_machine_end(SHUTDOWN_OFF);
}

/* ---- the bundle ------------------------------------------------------------------------------ */

/* IEEE 802.3, four bits at a time. */
uint32_t bundle_crc32(const unsigned char *bytes, uint32_t count)
{
    static const uint32_t of_nibble[16] = {
        0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
        0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
        0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
    };
    uint32_t crc = ~0u;

    for (const unsigned char *end = bytes + count; bytes != end; bytes++) {
        crc ^= *bytes;
        crc = crc >> 4 ^ of_nibble[crc & 0xf];
        crc = crc >> 4 ^ of_nibble[crc & 0xf];
    }
    return ~crc;
}

static const char *image_check(const struct bundle_header *h)
{
    const uint64_t bytes = (uint64_t)h->root_text_bytes + h->root_rodata_bytes + h->root_data_bytes;

    /* The sum stands for the data. */
    if ((h->root_offset | bytes | h->root_text_bytes | h->root_rodata_bytes) % PAGE_BYTES != 0) {
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

    boot->bundle = arch_memory(boot->arch->bundle);
    reason = bundle_check(boot->bundle, BLOCK_BYTES);
    if (reason != NULL) {
        refuse(reason);
    }
}

/* ---- memory and objects ---------------------------------------------------------------------- */

static struct cap untyped_of(const struct boot_untyped *region)
{
    struct cap cap;

    cap_init_first(&cap, OBJECT_UNTYPED);
    cap.untyped = (struct cap_untyped){
        .page = (uint32_t)(region->base >> CAP_PAGE_SHIFT),
        .shift = region->size_shift,
        .kind = region->kind,
    };
    return cap;
}

/* The first capability is made outside of all slots: its memory becomes the CNode it moves to. */
static void boot_memory(struct boot *boot)
{
    const struct boot_untyped *region = boot->arch->regions;
    unsigned own = 0;
    struct cap first;
    struct cap cnode;

    while (own < boot->arch->region_count && (region[own].kind != UNTYPED_RAM ||
                                              1ull << region[own].size_shift < BOOT_MEMORY_BYTES)) {
        own++;
    }
    if (own == boot->arch->region_count) {
        refuse("no region of RAM is large enough for root.");
    }
    first = untyped_of(&region[own]);
    untyped_make(&first, &cnode, OBJECT_CNODE, ROOT_CNODE_BITS);
    boot->slots = cnode.cnode->slots;
    for (unsigned i = 0; i < boot->arch->region_count; i++) {
        boot->slots[ROOT_SLOT_FIRST_UNTYPED + i] = untyped_of(&region[i]);
    }
    boot->own = &boot->slots[ROOT_SLOT_FIRST_UNTYPED + own];
    cap_move(boot->own, &first);
    cap_move(&boot->slots[ROOT_SLOT_CNODE], &cnode);
}

static void boot_objects(struct boot *boot)
{
    untyped_make(boot->own, &boot->slots[ROOT_SLOT_SPACE], OBJECT_SPACE, SPACE_NATIVE);
    untyped_make(boot->own, &boot->slots[ROOT_SLOT_THREAD], OBJECT_THREAD, 0);
    untyped_make(boot->own, &boot->slots[ROOT_SLOT_SCHED], OBJECT_SCHED, 0);
    cap_init_first(&boot->slots[ROOT_SLOT_IRQ_CONTROL], OBJECT_IRQ_CONTROL);
    cap_init_first(&boot->slots[ROOT_SLOT_SCHED_CONTROL], OBJECT_SCHED_CONTROL);
    cap_init_first(&boot->slots[ROOT_SLOT_CONSOLE], OBJECT_CONSOLE);
}

/* ---- root's address space -------------------------------------------------------------------- */

static void *space_root(const struct boot *boot)
{
    return boot->slots[ROOT_SLOT_SPACE].space->root_table;
}

static void insert_table(struct boot *boot, uint64_t va, unsigned level)
{
    const phys_addr table = arch_physical(untyped_take_page(boot->own));
    const enum status result =
        arch_pt_insert_table(space_root(boot), (ipa_addr){ va }, level, table);

    KERNEL_ASSERT(result == STATUS_OK);
}

static void map_page(struct boot *boot, uint64_t va, const void *page, unsigned attributes)
{
    const enum status result = arch_pt_map(space_root(boot), (ipa_addr){ va }, arch_physical(page),
                                           ARCH_PAGE_SHIFT, attributes);

    KERNEL_ASSERT(result == STATUS_OK);
}

static void *map_new_page(struct boot *boot, uint64_t va, unsigned attributes)
{
    void *page = untyped_take_page(boot->own);

    map_page(boot, va, page, attributes);
    return page;
}

/*
 * Root's code and constants are used where the loader put them, so that the image map tells a
 * witness where they run: both names of such a page are read-only. Its data is a copy.
 */
static void map_image(struct boot *boot)
{
    const struct bundle_header *h = boot->bundle;
    const unsigned char *image = (const unsigned char *)h + h->root_offset;
    const uint32_t constant = h->root_text_bytes + h->root_rodata_bytes;

    for (uint32_t i = 0; i < constant + h->root_data_bytes; i += PAGE_BYTES) {
        if (i < constant) {
            map_page(boot, ROOT_IMAGE_VA + i, image + i,
                     i < h->root_text_bytes ? MAP_READ | MAP_EXEC : MAP_READ);
        } else {
            memcpy(map_new_page(boot, ROOT_IMAGE_VA + i, MAP_READ | MAP_WRITE), image + i,
                   PAGE_BYTES);
        }
    }
    arch_cache_sync_code(image, constant);
}

static void boot_space(struct boot *boot)
{
    insert_table(boot, ROOT_IMAGE_VA, 2);
    insert_table(boot, ROOT_IMAGE_VA, 3);
    insert_table(boot, ROOT_STACK_VA, 3);
    map_image(boot);
    for (uint32_t i = 0; i < ROOT_STACK_BYTES; i += PAGE_BYTES) {
        map_new_page(boot, ROOT_STACK_VA + i, MAP_READ | MAP_WRITE);
    }
    boot->message = map_new_page(boot, ROOT_MESSAGE_VA, MAP_READ | MAP_WRITE);
    boot->info = map_new_page(boot, ROOT_BOOT_INFO_VA, MAP_READ);
}

/* The bundle's region as one frame, mapped where root reads it. */
static void boot_bundle_frame(struct boot *boot)
{
    struct cap *frame = &boot->slots[ROOT_SLOT_BUNDLE_FRAME];

    for (unsigned i = 0; i < boot->arch->region_count; i++) {
        if (boot->arch->regions[i].base == boot->arch->bundle.value &&
            boot->arch->regions[i].size_shift >= CAP_LARGE_SHIFT) {
            untyped_make(&boot->slots[ROOT_SLOT_FIRST_UNTYPED + i], frame, OBJECT_FRAME,
                         CAP_LARGE_SHIFT);
            frame_map(frame, boot->slots[ROOT_SLOT_SPACE].space, (ipa_addr){ ROOT_BUNDLE_VA },
                      MAP_READ);
            return;
        }
    }
    refuse("the board's bundle region is not a block of image memory.");
}

/* ---- root's thread --------------------------------------------------------------------------- */

static void boot_information(struct boot *boot)
{
    struct boot_info *info = boot->info;
    const struct arch_boot *arch = boot->arch;

    info->magic = BOOT_INFO_MAGIC;
    info->untyped_count = arch->region_count;
    info->counter_hz = arch_timer_hz();
    info->kernel_entry_ticks_low = (uint32_t)arch->entry;
    info->kernel_entry_ticks_high = (uint32_t)(arch->entry >> 32);
    info->cpu_count = 1;
    for (unsigned i = 0; i < sizeof(info->board) - 1 && arch->board[i] != '\0'; i++) {
        info->board[i] = arch->board[i];
    }
    memcpy(info->build_id, kernel_build_id, sizeof(info->build_id));
    memcpy(info->untyped, arch->regions, arch->region_count * sizeof(arch->regions[0]));
}

static void boot_thread(struct boot *boot)
{
    struct thread *thread = boot->slots[ROOT_SLOT_THREAD].thread;
    struct sched *sched = boot->slots[ROOT_SLOT_SCHED].sched;
    const ticks period = arch_timer_hz() / ROOT_PERIOD_TICKS_PER_HZ;

    boot->slots[ROOT_SLOT_THREAD].badge = PRIORITIES - 1;
    thread_configure(&boot->slots[ROOT_SLOT_THREAD], &boot->slots[ROOT_SLOT_CNODE],
                     &boot->slots[ROOT_SLOT_SPACE], ROOT_PRIORITY);
    thread->message = boot->message;
    sched_configure(sched, period, period);
    sched_bind(sched, thread);
    thread_start(thread, boot->bundle->root_entry, ROOT_STACK_VA + ROOT_STACK_BYTES,
                 ROOT_BOOT_INFO_VA);
}

/* ---- all of it ------------------------------------------------------------------------------- */

static void (*const boot_steps[])(struct boot *boot) = {
    boot_bundle,       /* is there anything to start? */
    boot_memory,       /* what the board has, as untyped memory in root's new CNode */
    boot_objects,      /* space, thread, scheduling context; what there is one of */
    boot_space,        /* image, stack, message buffer, boot information */
    boot_bundle_frame, /* what root is to start */
    boot_information,  /* what root cannot find out itself */
    boot_thread,       /* ready to run */
};

void boot_run(const struct arch_boot *arch)
{
    struct boot boot = { .arch = arch };

    cpu_this()->programmed = 0; /* whatever it is, the first choice of a thread sets it */
    for (unsigned i = 0; i < sizeof(boot_steps) / sizeof(boot_steps[0]); i++) {
        trace_event("boot", i, 0);
        boot_steps[i](&boot);
    }
    run_next(cpu_this());
}

_Noreturn void kernel_main(const struct arch_boot *arch)
{
    boot_run(arch);
    arch_cpu_start();
}
