/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks an arm64 Linux Image and finds its place in the guest's RAM. */
#include "kernel_image.h"

#include "load_bytes.h"
#include "loader.h"

/* Documentation/arm64/booting.rst, "Call the kernel image" */
enum {
    HEADER_BYTES = 64,
    HEADER_TEXT_OFFSET = 8,
    HEADER_IMAGE_SIZE = 16,
    HEADER_MAGIC = 56,
    DEFAULT_OFFSET = 0x00200000, /* one that asks for offset 0: any 2 MiB do, QEMU takes these */
};
#define IMAGE_MAGIC 0x644d5241u /* "ARM\x64" */

bool kernel_image_place(const uint8_t *kernel, uint32_t kernel_bytes, struct kernel_place *place)
{
    if (kernel_bytes < HEADER_BYTES || load_le32(kernel + HEADER_MAGIC) != IMAGE_MAGIC) {
        return false;
    }
    const uint64_t image_size = load_le64(kernel + HEADER_IMAGE_SIZE);
    *place = (struct kernel_place){ .offset = LOADER_RAW_OFFSET, .bytes = kernel_bytes };
    if (image_size != 0) { /* before Linux 3.17 it was not there, and neither was the offset */
        const uint64_t text_offset = load_le64(kernel + HEADER_TEXT_OFFSET);
        place->offset = text_offset == 0 ? (uint64_t)DEFAULT_OFFSET : text_offset;
        place->bytes = image_size > kernel_bytes ? image_size : kernel_bytes;
    }
    return true;
}
