/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Input events: from the drivers to the display server (DISPLAY_INPUT), and
 * from the display server to a focused virtual machine through a ring.
 * Codes are Linux's/virtio's evdev codes (virtio 1.2, 5.8 "Input Device").
 */
#pragma once

#include <stdint.h>

enum input_kind {
    INPUT_KEY = 1,  /* code, value 1 = down, 0 = up (repeats are dropped by the driver) */
    INPUT_TOUCH,    /* x, y in panel pixels; a finger is down there (or moved there) */
    INPUT_TOUCH_UP, /* the finger left */
    INPUT_MOVE,     /* relative pointer: dx, dy as signed 32 bit */
    INPUT_BUTTON,   /* relative pointer's left button: value 1 or 0 */
};

struct input_event {
    uint32_t kind;
    int32_t a; /* code, x or dx */
    int32_t b; /* value, y or dy */
    uint32_t reserved;
};
_Static_assert(sizeof(struct input_event) == 16, "four events a cache line");

/* A ring of one writer (the display) and one reader (a VMM) in a page the manifest shares. Each
 * keeps its own index privately and publishes it; the reader's is not needed by the writer: a
 * writer that laps the reader loses the oldest events, never its own. */
enum { INPUT_RING_EVENTS = 128 };
struct input_ring {
    uint32_t head; /* events written so far, by the writer */
    uint32_t reserved[3];
    struct input_event events[INPUT_RING_EVENTS];
};
_Static_assert(sizeof(struct input_ring) <= 4096, "the input ring is one page");
