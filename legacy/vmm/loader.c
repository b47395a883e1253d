/* SPDX-License-Identifier: BSD-2-Clause */
/* Puts kernel, initial RAM disk and device tree into the guest's RAM and sets its first registers.
 */
#include "loader.h"

#include "guest_start.h"
#include "kernel_image.h"
#include "load_bytes.h"

enum { DTB_TOTAL_SIZE = 4, DTB_HEADER_BYTES = 40 }; /* devicetree specification 0.4, 5.2 */
#define DTB_MAGIC 0xd00dfeedu

static bool fits(const struct loader_images *images)
{
    const struct guest_info *info = images->info;
    return info->kernel_bytes <= images->kernel_room && info->initrd_bytes <= images->initrd_room &&
           info->dtb_bytes <= images->dtb_room;
}

static enum loader_result place_kernel(const struct loader_images *images,
                                       struct kernel_place *place)
{
    const uint32_t bytes = images->info->kernel_bytes;
    *place = (struct kernel_place){ .offset = LOADER_RAW_OFFSET, .bytes = bytes };
    if (images->info->kernel_kind == GUEST_KERNEL_RAW ||
        (images->info->kernel_kind == GUEST_KERNEL_IMAGE &&
         kernel_image_place(images->kernel, bytes, place))) {
        return LOADER_OK;
    }
    return LOADER_BAD_HEADER;
}

static enum loader_result check_dtb(const struct loader_images *images)
{
    const uint32_t bytes = images->info->dtb_bytes;
    if (bytes < DTB_HEADER_BYTES || load_be32(images->dtb) != DTB_MAGIC ||
        load_be32(images->dtb + DTB_TOTAL_SIZE) > bytes) {
        return LOADER_BAD_DTB;
    }
    return LOADER_OK;
}

static uint64_t dtb_offset(const struct guest_info *info)
{
    return info->kernel_kind == GUEST_KERNEL_RAW ? LOADER_RAW_DTB_OFFSET : LOADER_DTB_OFFSET;
}

/* Puts kernel, RAM disk and device tree in the guest's memory, where none overlaps another.
 * `place` is the kernel's. */
static bool is_apart(const struct guest_info *info, const struct kernel_place *place)
{
    const uint64_t room = info->initrd_bytes != 0 ? LOADER_INITRD_OFFSET : LOADER_DTB_OFFSET;
    const uint64_t initrd_end = LOADER_INITRD_OFFSET + (uint64_t)info->initrd_bytes;
    const uint64_t dtb_end = dtb_offset(info) + info->dtb_bytes;

    return place->offset <= room && place->bytes <= room - place->offset &&
           initrd_end <= LOADER_DTB_OFFSET &&
           (dtb_offset(info) > place->offset || dtb_end <= place->offset);
}

static bool copy_in(const struct guest_memory *memory, uint64_t offset, const uint8_t *from,
                    uint32_t bytes)
{
    if (bytes == 0) {
        return true;
    }
    void *to = guest_memory_at(memory, memory->base + offset, bytes);
    if (to == NULL) {
        return false;
    }
    __builtin_memcpy(to, from, bytes);
    return true;
}

static bool copy_all(const struct loader_images *images, const struct guest_memory *memory,
                     uint64_t kernel_offset)
{
    return copy_in(memory, kernel_offset, images->kernel, images->info->kernel_bytes) &&
           copy_in(memory, LOADER_INITRD_OFFSET, images->initrd, images->info->initrd_bytes) &&
           copy_in(memory, dtb_offset(images->info), images->dtb, images->info->dtb_bytes);
}

enum loader_result loader_load(const struct loader_images *images,
                               const struct guest_memory *memory, struct vcpu_regs *regs)
{
    struct kernel_place place;
    if (images->info->magic != GUEST_INFO_MAGIC || images->info->kernel_kind == GUEST_KERNEL_NONE) {
        return LOADER_NO_IMAGES;
    }
    if (!fits(images)) {
        return LOADER_TOO_LARGE;
    }
    enum loader_result result = place_kernel(images, &place);
    if (result == LOADER_OK) {
        result = check_dtb(images);
    }
    if (result != LOADER_OK) {
        return result;
    }
    if (!is_apart(images->info, &place) || !copy_all(images, memory, place.offset)) {
        return LOADER_TOO_LARGE;
    }
    *regs = guest_start(memory->base + place.offset, memory->base + dtb_offset(images->info));
    return LOADER_OK;
}

const char *loader_message(enum loader_result result)
{
    static const char *const messages[LOADER_RESULTS] = {
        [LOADER_OK] = "The guest is loaded.",
        [LOADER_NO_IMAGES] = "The flash image holds no guest kernel.",
        [LOADER_TOO_LARGE] = "The guest's kernel or initrd does not fit its memory.",
        [LOADER_BAD_HEADER] =
            "The guest's kernel is not for this machine: its header is damaged or another's.",
        [LOADER_BAD_DTB] = "The guest's device tree is damaged.",
    };
    return messages[result];
}
