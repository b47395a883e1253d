/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a PS/2 keyboard and a PS/2 mouse say, byte by byte (IBM PS/2 "Keyboards", "Auxiliary
 * Device"). Pure: no registers, no clock. Whatever bytes come, in whatever order, the state stays
 * small and the display hears of at most PS2_OUT_MAX events a byte.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "input.h"

enum { PS2_KEYS_HELD_MAX = 16, PS2_OUT_MAX = PS2_KEYS_HELD_MAX };
enum ps2_command { PS2_SET_DEFAULTS = 0xf6, PS2_ENABLE = 0xf4, PS2_ACKNOWLEDGE = 0xfa };

struct ps2_keyboard {
    bool is_extended, is_break; /* 0xe0 and 0xf0 came before */
    uint8_t pause;              /* bytes of the Pause key's sequence so far */
    uint8_t held_count;
    uint8_t held[PS2_KEYS_HELD_MAX]; /* codes of the keys that are down, as the display was told */
};

struct ps2_mouse {
    uint8_t packet[3], count;
    bool is_down; /* the left button, as the display was told */
    uint64_t last_us;
};

/* Takes one byte of scan code set 2; `out` gets what the display has to be told, and their number
 * is returned. */
uint32_t ps2_keyboard_take(struct ps2_keyboard *k, uint8_t byte, struct input_event *out);
/* Takes one byte of a three-byte packet that came at `now_us`. */
uint32_t ps2_mouse_take(struct ps2_mouse *m, uint8_t byte, uint64_t now_us,
                        struct input_event *out);
