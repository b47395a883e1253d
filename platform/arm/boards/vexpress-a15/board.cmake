# SPDX-License-Identifier: BSD-2-Clause
# What of platform/arm this board has besides what all have.
set(ROBIN_BOARD_SOURCES drivers/pl011.c v7/secure/entry.S drivers/pl111.c drivers/v2m_sysreg.c)
# Its interrupt controller, and what of that a guest has.
set(ROBIN_INTERRUPT_SOURCES drivers/gicv2.c drivers/gicv2_virtual.c)
