/* SPDX-License-Identifier: BSD-2-Clause */
#include "ramfb.h"

#include "fw_cfg.h"

enum { FOURCC_XRGB8888 = 0x34325258 }; /* "XR24" */

struct ramfb_config { /* hw/display/ramfb.c; all fields big-endian */
    uint32_t address_high;
    uint32_t address_low;
    uint32_t fourcc;
    uint32_t flags;
    uint32_t width;
    uint32_t height;
    uint32_t stride;
};
_Static_assert(sizeof(struct ramfb_config) == 28, "the file etc/ramfb is 28 bytes");

bool ramfb_start(uint64_t fw_cfg, const struct board_framebuffer *framebuffer)
{
    const struct ramfb_config config = {
        .address_high = __builtin_bswap32((uint32_t)(framebuffer->base >> 32)),
        .address_low = __builtin_bswap32((uint32_t)framebuffer->base),
        .fourcc = __builtin_bswap32(FOURCC_XRGB8888),
        .width = __builtin_bswap32(framebuffer->width),
        .height = __builtin_bswap32(framebuffer->height),
        .stride = __builtin_bswap32(framebuffer->stride_bytes),
    };
    uint16_t selector;
    return fw_cfg_find(fw_cfg, "etc/ramfb", &selector) &&
           fw_cfg_write(fw_cfg, selector, &config, sizeof config);
}
