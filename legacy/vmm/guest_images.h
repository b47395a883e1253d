/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The image builder's description of the guest that was flashed, for the VMM: one read-only page
 * (MEM_GUEST_INFO). The images themselves lie at MEM_GUEST_KERNEL, MEM_GUEST_INITRD and
 * MEM_GUEST_DTB; only their first so many bytes are theirs.
 */
#pragma once

#include <stdint.h>

#define GUEST_INFO_MAGIC 0x54455547u /* "GUET" */

enum guest_kernel_kind {
    GUEST_KERNEL_NONE = 0,
    GUEST_KERNEL_IMAGE, /* has Linux' header of this architecture (kernel_image.h) */
    GUEST_KERNEL_RAW,   /* no header: loaded at RAM base + 0x80000 and entered there */
};

struct guest_info {
    uint32_t magic;
    uint32_t kernel_kind; /* enum guest_kernel_kind */
    uint32_t kernel_bytes;
    uint32_t initrd_bytes; /* 0: none */
    uint32_t dtb_bytes;
    uint32_t reserved[3];
};
_Static_assert(sizeof(struct guest_info) == 32, "the image builder writes eight words");
