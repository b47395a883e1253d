/* SPDX-License-Identifier: BSD-2-Clause */
#include "loader.h"

#include "guest_start.h"

enum { /* Documentation/arm64/booting.rst, "Call the kernel image" */
    HEADER_BYTES = 64, HEADER_TEXT_OFFSET = 8, HEADER_IMAGE_SIZE = 16, HEADER_MAGIC = 56,
    DTB_TOTAL_SIZE = 4, DTB_HEADER_BYTES = 40, /* devicetree specification 0.4, 5.2 */
};
#define IMAGE_MAGIC 0x644d5241u /* "ARM\x64" */
#define DTB_MAGIC 0xd00dfeedu

static uint32_t load_le32(const uint8_t *at)
{
    return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static uint64_t load_le64(const uint8_t *at)
{
    return load_le32(at) | (uint64_t)load_le32(at + 4) << 32;
}

static uint32_t load_be32(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | (uint32_t)at[3];
}

static bool fits(const struct loader_images *images)
{
    const struct guest_info *info = images->info;
    return info->kernel_bytes <= images->kernel_room && info->initrd_bytes <= images->initrd_room &&
           info->dtb_bytes <= images->dtb_room;
}

/* Where to, and how much RAM it takes with what the file does not hold (bss). */
static enum loader_result place_kernel(const struct loader_images *images, uint64_t *offset_out,
                                       uint64_t *bytes_out)
{
    *offset_out = LOADER_RAW_OFFSET;
    *bytes_out = images->info->kernel_bytes;
    if (images->info->kernel_kind == GUEST_KERNEL_RAW) {
        return LOADER_OK;
    }
    if (images->info->kernel_kind != GUEST_KERNEL_IMAGE ||
        images->info->kernel_bytes < HEADER_BYTES ||
        load_le32(images->kernel + HEADER_MAGIC) != IMAGE_MAGIC) {
        return LOADER_BAD_HEADER;
    }
    const uint64_t image_size = load_le64(images->kernel + HEADER_IMAGE_SIZE);
    if (image_size != 0) { /* before Linux 3.17 it was not there, and neither was the offset */
        const uint64_t text_offset = load_le64(images->kernel + HEADER_TEXT_OFFSET);
        *offset_out = text_offset == 0 ? LOADER_IMAGE_OFFSET : text_offset;
        *bytes_out = image_size > *bytes_out ? image_size : *bytes_out;
    }
    return LOADER_OK;
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
           copy_in(memory, LOADER_DTB_OFFSET, images->dtb, images->info->dtb_bytes);
}

enum loader_result loader_load(const struct loader_images *images, const struct guest_memory *memory,
                               struct vcpu_regs *regs)
{
    uint64_t kernel_offset;
    uint64_t kernel_bytes;
    if (images->info->magic != GUEST_INFO_MAGIC || images->info->kernel_kind == GUEST_KERNEL_NONE) {
        return LOADER_NO_IMAGES;
    }
    if (!fits(images)) {
        return LOADER_TOO_LARGE;
    }
    enum loader_result result = place_kernel(images, &kernel_offset, &kernel_bytes);
    if (result == LOADER_OK) {
        result = check_dtb(images);
    }
    if (result != LOADER_OK) {
        return result;
    }
    const uint64_t room = images->info->initrd_bytes != 0 ? LOADER_INITRD_OFFSET : LOADER_DTB_OFFSET;
    const uint64_t initrd_end = LOADER_INITRD_OFFSET + (uint64_t)images->info->initrd_bytes;
    if (kernel_offset > room || kernel_bytes > room - kernel_offset ||
        initrd_end > LOADER_DTB_OFFSET || !copy_all(images, memory, kernel_offset)) {
        return LOADER_TOO_LARGE;
    }
    *regs = guest_start(memory->base + kernel_offset, memory->base + LOADER_DTB_OFFSET);
    return LOADER_OK;
}

const char *loader_message(enum loader_result result)
{
    static const char *const messages[LOADER_RESULTS] = {
        [LOADER_OK] = "The guest is loaded.",
        [LOADER_NO_IMAGES] = "The flash image holds no guest kernel.",
        [LOADER_TOO_LARGE] = "The guest's kernel or initrd does not fit its memory.",
        [LOADER_BAD_HEADER] = "The guest's kernel has no arm64 Image header.",
        [LOADER_BAD_DTB] = "The guest's device tree is damaged.",
    };
    return messages[result];
}
