# SPDX-License-Identifier: BSD-2-Clause
# What of trusted/input.
set(ROBIN_INPUT_SOURCES pl050.c ps2_keyboard.c ps2_mouse.c ps2.h)
# What of trusted/display: a mouse needs a pointer.
set(ROBIN_POINTER_SOURCES pointer.c)
