/* SPDX-License-Identifier: BSD-2-Clause */
/* evdev events of one device, as virtio carries them, into the display's events. */
#ifndef INPUT_TRANSLATE_H
#define INPUT_TRANSLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "input.h"

struct virtio_input_event { /* virtio 1.2, 5.8.6 "Device Operation", little-endian */
    uint16_t type;
    uint16_t code;
    uint32_t value;
};
_Static_assert(sizeof(struct virtio_input_event) == 8, "as the device writes it");

struct axis {
    uint32_t minimum, maximum; /* what the device sends */
    int32_t extent;            /* pixels of the panel */
    int32_t position;          /* pixels, or what a relative device has moved */
};

struct translate {
    struct axis axis[2];   /* x, y */
    bool is_absolute;      /* the button is a finger, not a pointer's button */
    bool is_down;          /* finger or button, as the device said last */
    bool was_down;         /* ... as the display was told */
    bool has_gone_down, has_gone_up, has_moved; /* since the last complete report */
};

enum { TRANSLATE_OUT_MAX = 3 };

/* Takes one event in; `out` gets what the display has to be told, and their number is returned. */
uint32_t translate_event(struct translate *t, struct virtio_input_event in,
                         struct input_event out[TRANSLATE_OUT_MAX]);

#endif
