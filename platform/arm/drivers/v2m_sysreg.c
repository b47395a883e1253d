/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Versatile Express motherboard: its configuration controller ends the machine (DUI 0447
 * "Configuration registers", SYS_CFGCTRL).
 */
#include "drivers.h"
#include "mmio.h"

enum { SYS_CFGDATA = 0xa0, SYS_CFGCTRL = 0xa4, SYS_CFGSTAT = 0xa8 };
/* The motherboard's own site, position and device are 0. */
enum { FUNCTION_SHUTDOWN = 8, FUNCTION_REBOOT = 9, FUNCTION_SHIFT = 20 };
#define CFGCTRL_WRITE (UINT32_C(1) << 30)
#define CFGCTRL_START (UINT32_C(1) << 31)

static void end(uint64_t base, enum shutdown how)
{
    uint32_t function = how == SHUTDOWN_OFF ? FUNCTION_SHUTDOWN : FUNCTION_REBOOT;

    mmio_write32(base + SYS_CFGDATA, 0);
    mmio_write32(base + SYS_CFGSTAT, 0);
    mmio_write32(base + SYS_CFGCTRL, CFGCTRL_START | CFGCTRL_WRITE | function << FUNCTION_SHIFT);
}

const struct power_driver v2m = { .end = end };
