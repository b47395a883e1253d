# SPDX-License-Identifier: BSD-2-Clause
# What of platform/arm this board has besides what all have.
set(ROBIN_BOARD_SOURCES v7/secure/entry.S drivers/pl111.c drivers/v2m_sysreg.c)
# What of trusted/input.
set(ROBIN_INPUT_SOURCES pl050.c ps2_keyboard.c ps2_mouse.c ps2.h)
# What of trusted/display: a mouse needs a pointer.
set(ROBIN_POINTER_SOURCES pointer.c)
