/* SPDX-License-Identifier: BSD-2-Clause */
/* QEMU's "ramfb": scans out guest RAM that fw_cfg file etc/ramfb names. */
#ifndef RAMFB_H
#define RAMFB_H

#include <stdbool.h>

#include "board.h"

bool ramfb_start(uint64_t fw_cfg, const struct board_framebuffer *framebuffer);

#endif
