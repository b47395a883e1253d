/* SPDX-License-Identifier: BSD-2-Clause */
/* The drivers that a board may name in its struct board. board.cmake names their files. */
#pragma once

#include "board.h"

extern const struct console_driver pl011; /* PL011 UART (DDI 0183), polled */

extern const struct display_driver
    ramfb; /* QEMU's "ramfb": fw_cfg's file etc/ramfb names guest RAM */
extern const struct display_driver pl111; /* PL111 LCD controller (DDI 0293) */

extern const struct power_driver psci; /* Power State Coordination Interface (DEN 0022): firmware */
extern const struct power_driver v2m;  /* Versatile Express: the motherboard's system registers */
