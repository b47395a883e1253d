# SPDX-License-Identifier: BSD-2-Clause
# What of trusted/input.
set(ROBIN_INPUT_SOURCES virtio.c device.c translate.c driver.h)
# What of trusted/display: a touch panel needs no pointer.
set(ROBIN_POINTER_SOURCES pointer_none.c)
