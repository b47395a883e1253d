/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A zImage unpacks itself to the start of RAM, which it finds by rounding its own address down to
 * 128 MiB (Documentation/arm/booting.rst, "Calling the kernel image"). It moves itself out of its
 * own way first.
 */
#include "kernel_image.h"

#include "load_bytes.h"

/* arch/arm/boot/compressed/head.S, "start" */
enum {
    HEADER_BYTES = 0x30,
    HEADER_MAGIC = 0x24,
    HEADER_START = 0x28,
    HEADER_END = 0x2c,
    ZIMAGE_OFFSET = 0x00010000,  /* as QEMU does */
    UNPACKER_BYTES = 0x00100000, /* its bss, stack and heap behind the file */
};
#define ZIMAGE_MAGIC 0x016f2818u

bool kernel_image_place(const uint8_t *kernel, uint32_t kernel_bytes, struct kernel_place *place)
{
    if (kernel_bytes < HEADER_BYTES || load_le32(kernel + HEADER_MAGIC) != ZIMAGE_MAGIC ||
        load_le32(kernel + HEADER_END) - load_le32(kernel + HEADER_START) > kernel_bytes) {
        return false;
    }
    *place = (struct kernel_place){
        .offset = ZIMAGE_OFFSET,
        .bytes = (uint64_t)kernel_bytes + UNPACKER_BYTES,
    };
    return true;
}
