/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * QEMU's firmware configuration device (docs/specs/fw_cfg) and its file etc/ramfb
 * (hw/display/ramfb.c). Its DMA can write any physical memory: used at boot only, before the
 * first component runs, and mapped nowhere after. All fields are big-endian.
 */
#include "arch/arch.h"
#include "drivers.h"
#include "mmio.h"
#include "sysreg.h"

enum { FW_CFG_DMA = 0x10, FILE_DIRECTORY = 0x19, FILES_MAX = 32 };
enum dma_control { DMA_READ = 1 << 1, DMA_SELECT = 1 << 3, DMA_WRITE = 1 << 4 };
enum { FOURCC_XRGB8888 = 0x34325258 }; /* "XR24" */

struct dma_request {
    uint32_t control, length;
    uint64_t address;
};

static struct {
    uint32_t count;
    struct {
        uint32_t size;
        uint16_t selector, reserved;
        char name[56];
    } file[FILES_MAX];
} directory;

struct ramfb_config {
    uint64_t address;
    uint32_t fourcc, flags, width, height, stride;
} __attribute__((packed));
_Static_assert(sizeof(struct ramfb_config) == 28, "the file etc/ramfb is 28 bytes");

static uint32_t big(uint32_t value)
{
    return __builtin_bswap32(value);
}

static bool transfer(uint64_t fw_cfg, uint16_t selector, enum dma_control direction,
                     const void *data, size_t bytes)
{
    struct dma_request request = {
        .control = big((uint32_t)selector << 16 | DMA_SELECT | (uint32_t)direction),
        .length = big((uint32_t)bytes),
        .address = __builtin_bswap64(arch_physical(data).value),
    };
    uint64_t at = arch_physical(&request).value;
    arch_cache_clean(data, bytes);
    arch_cache_clean(&request, sizeof request);
    mmio_write32(fw_cfg + FW_CFG_DMA, big((uint32_t)(at >> 32)));
    mmio_write32(fw_cfg + FW_CFG_DMA + 4, big((uint32_t)at)); /* starts it */
    barrier_complete();
    arch_cache_clean(data, bytes);
    arch_cache_clean(&request, sizeof request);
    /* QEMU has done it by now: a control word with nothing left but, perhaps, the error. */
    return __atomic_load_n(&request.control, __ATOMIC_RELAXED) == 0;
}

static bool is_ramfb(const char *name)
{
    static const char wanted[] = "etc/ramfb";
    size_t i = 0;
    while (i < sizeof wanted && name[i] == wanted[i]) {
        i++;
    }
    return i == sizeof wanted;
}

static bool start(uint64_t fw_cfg, const struct board_framebuffer *framebuffer)
{
    static struct ramfb_config config;
    config = (struct ramfb_config){
        .address = __builtin_bswap64(framebuffer->base),
        .fourcc = big(FOURCC_XRGB8888),
        .width = big(framebuffer->width),
        .height = big(framebuffer->height),
        .stride = big(framebuffer->stride_bytes),
    };
    if (!transfer(fw_cfg, FILE_DIRECTORY, DMA_READ, &directory, sizeof directory)) {
        return false;
    }
    for (uint32_t i = 0; i < big(directory.count) && i < FILES_MAX; i++) {
        if (is_ramfb(directory.file[i].name)) {
            return transfer(fw_cfg, __builtin_bswap16(directory.file[i].selector), DMA_WRITE,
                            &config, sizeof config);
        }
    }
    return false;
}

const struct display_driver ramfb = { .start = start };
