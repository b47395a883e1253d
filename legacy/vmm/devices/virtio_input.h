/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtio input devices (virtio 1.2, 5.8): a touch screen and a keyboard. Events
 * go in whole frames, ended by SYN_REPORT; when the guest has no buffers they
 * wait here, and when that is full a whole frame is lost, never a part of one.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "virtio_mmio.h"

enum { INPUT_BACKLOG = 128 };
_Static_assert((INPUT_BACKLOG & (INPUT_BACKLOG - 1)) == 0, "the backlog wraps by masking");

/* 5.8.6 "Device Operation" */
struct virtio_input_event {
    uint16_t type;
    uint16_t code;
    uint32_t value;
};
_Static_assert(sizeof(struct virtio_input_event) == 8, "5.8.6");

enum virtio_input_role { INPUT_TOUCH_SCREEN = 0, INPUT_KEYBOARD };

struct virtio_input {
    struct virtio_device device; /* first: the class's functions get a pointer to it */
    enum virtio_input_role role;
    uint32_t width, height; /* touch screen: its axes' ranges */
    uint8_t select, subselect;
    uint32_t head, tail; /* backlog: events ever put in and taken out */
    struct virtio_input_event backlog[INPUT_BACKLOG];
};
_Static_assert(__builtin_offsetof(struct virtio_input, device) == 0, "downcast");

/* Width and height are the touch screen's. */
void virtio_input_init(struct virtio_input *input, enum virtio_input_role role, uint32_t width,
                       uint32_t height);
/* Coordinates outside the screen are moved to its edge. */
void virtio_input_touch(struct virtio_input *input, int32_t x, int32_t y);
void virtio_input_touch_up(struct virtio_input *input);
void virtio_input_key(struct virtio_input *input, uint32_t code, bool is_down);
