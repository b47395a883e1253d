/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Puts the pristine images into the guest's RAM and the registers as a boot
 * loader leaves them (Linux Documentation/arm64/booting.rst and arm/booting.rst): at power-on and
 * at every reset. The device tree was finished by the image builder, which knows the addresses
 * below.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "abi/vcpu.h"
#include "guest_images.h"
#include "guest_memory.h"

/* from the guest's RAM base */
enum {
    LOADER_RAW_OFFSET = 0x00080000,    /* an image without header: as QEMU does */
    LOADER_RAW_DTB_OFFSET = 0,         /* ... its device tree, where U-Boot looks for it */
    LOADER_INITRD_OFFSET = 0x08000000, /* 0x48000000, told to the guest in /chosen */
    LOADER_DTB_OFFSET = 0x0fe00000,
};

struct loader_images {
    const struct guest_info *info;
    const uint8_t *kernel, *initrd, *dtb;
    uint64_t kernel_room, initrd_room, dtb_room; /* what is mapped: no image is larger */
};

enum loader_result {
    LOADER_OK = 0,
    LOADER_NO_IMAGES,
    LOADER_TOO_LARGE,
    LOADER_BAD_HEADER,
    LOADER_BAD_DTB,
    LOADER_RESULTS
};

enum loader_result loader_load(const struct loader_images *images,
                               const struct guest_memory *memory, struct vcpu_regs *regs);
const char *loader_message(enum loader_result result);
