/* SPDX-License-Identifier: BSD-2-Clause */
/* Touches and keys from every evdev device that is there, in canvas pixels. */
#pragma once

#include <poll.h>
#include <stdbool.h>

enum { TOUCH_DEVICES = 8 };

enum touch_kind { TOUCH_NONE = 0, TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_KEY };

struct touch_event {
    enum touch_kind kind;
    int x, y;
    int key; /* evdev code of a key that went down */
};

struct touch_device {
    int fd;
    int least_x, range_x, least_y, range_y;
};

struct touch {
    struct touch_device devices[TOUCH_DEVICES];
    int count;
    int width, height; /* of the canvas */
    int x, y;
    bool is_down, was_down, has_moved;
};

void touch_open(struct touch *t, int width, int height);

/* Fills descriptors for poll(); returns how many. */
int touch_poll_set(const struct touch *t, struct pollfd *set);

/* The next event that is complete, without waiting; TOUCH_NONE when there is none. */
struct touch_event touch_next(struct touch *t);
