/* SPDX-License-Identifier: BSD-2-Clause */
#include "fw_cfg.h"

#include "arch/arch.h"
#include "barrier.h"
#include "mmio.h"

enum fw_cfg_register { FW_CFG_DATA = 0x0, FW_CFG_SELECTOR = 0x8, FW_CFG_DMA = 0x10 };
enum { SELECT_DIRECTORY = 0x19, NAME_BYTES = 56, FILES_MAX = 256 };
enum dma_control { DMA_ERROR = 1 << 0, DMA_SELECT = 1 << 3, DMA_WRITE = 1 << 4 };

struct dma_request { /* all fields big-endian */
    uint32_t control;
    uint32_t length;
    uint64_t address;
};

static uint32_t big_endian(uint32_t value)
{
    return __builtin_bswap32(value);
}

static uint32_t read_big_endian(uint64_t base, unsigned bytes)
{
    uint32_t value = 0;
    for (unsigned i = 0; i < bytes; i++) {
        value = value << 8 | mmio_read8(base + FW_CFG_DATA);
    }
    return value;
}

/* Reads the whole name in any case, so that the next entry follows. */
static bool read_name_matches(uint64_t base, const char *name)
{
    bool is_equal = true;
    bool is_ended = false;
    for (unsigned i = 0; i < NAME_BYTES; i++) {
        char byte = (char)mmio_read8(base + FW_CFG_DATA);
        if (!is_ended) {
            is_equal = is_equal && byte == name[i];
            is_ended = !is_equal || byte == '\0';
        }
    }
    return is_equal && is_ended;
}

bool fw_cfg_find(uint64_t base, const char *name, uint16_t *selector_out)
{
    mmio_write16(base + FW_CFG_SELECTOR, __builtin_bswap16(SELECT_DIRECTORY));
    uint32_t count = read_big_endian(base, 4);
    for (uint32_t i = 0; i < count && i < FILES_MAX; i++) {
        (void)read_big_endian(base, 4); /* size */
        uint16_t selector = (uint16_t)read_big_endian(base, 2);
        (void)read_big_endian(base, 2); /* reserved */
        if (read_name_matches(base, name)) {
            *selector_out = selector;
            return true;
        }
    }
    return false;
}

bool fw_cfg_write(uint64_t base, uint16_t selector, const void *data, size_t bytes)
{
    struct dma_request request = {
        .control = big_endian((uint32_t)selector << 16 | DMA_SELECT | DMA_WRITE),
        .length = big_endian((uint32_t)bytes),
        .address = __builtin_bswap64(arch_physical(data).value),
    };
    uint64_t at = arch_physical(&request).value;
    arch_cache_clean(data, bytes);
    arch_cache_clean(&request, sizeof request);
    mmio_write32(base + FW_CFG_DMA, big_endian((uint32_t)(at >> 32)));
    mmio_write32(base + FW_CFG_DMA + 4, big_endian((uint32_t)at)); /* starts it */
    barrier_device();
    arch_cache_clean(&request, sizeof request);
    /* QEMU has done it by now: a control word with nothing left but, perhaps, the error. */
    return __atomic_load_n(&request.control, __ATOMIC_RELAXED) == 0;
}
