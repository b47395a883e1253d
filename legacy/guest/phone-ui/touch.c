/* SPDX-License-Identifier: BSD-2-Clause */
/* The touch panel, read from its evdev device. */
#include "touch.h"

#include <fcntl.h>
#include <linux/input.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

static void read_axis(int fd, unsigned axis, int *least_out, int *range_out)
{
    struct input_absinfo info = { 0 };
    if (ioctl(fd, EVIOCGABS(axis), &info) == 0 && info.maximum > info.minimum) {
        *least_out = info.minimum;
        *range_out = info.maximum - info.minimum + 1;
    }
}

void touch_open(struct touch *t, int width, int height)
{
    *t = (struct touch){ .width = width, .height = height };
    for (int i = 0; i < TOUCH_DEVICES; i++) {
        char path[32];
        (void)snprintf(path, sizeof path, "/dev/input/event%d", i);
        int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        if (fd < 0) {
            continue;
        }
        struct touch_device *d = &t->devices[t->count++];
        *d = (struct touch_device){ .fd = fd, .range_x = width, .range_y = height };
        read_axis(fd, ABS_X, &d->least_x, &d->range_x);
        read_axis(fd, ABS_Y, &d->least_y, &d->range_y);
    }
}

int touch_poll_set(const struct touch *t, struct pollfd *set)
{
    for (int i = 0; i < t->count; i++) {
        set[i] = (struct pollfd){ .fd = t->devices[i].fd, .events = POLLIN };
    }
    return t->count;
}

static void take_position(struct touch *t, const struct touch_device *d,
                          const struct input_event *e)
{
    if (e->code == ABS_X || e->code == ABS_MT_POSITION_X) {
        t->x = (int)((long)(e->value - d->least_x) * t->width / d->range_x);
        t->has_moved = true;
    } else if (e->code == ABS_Y || e->code == ABS_MT_POSITION_Y) {
        t->y = (int)((long)(e->value - d->least_y) * t->height / d->range_y);
        t->has_moved = true;
    }
}

/* A whole report has come (SYN_REPORT): what does it amount to? */
static struct touch_event finish_report(struct touch *t)
{
    struct touch_event e = { .x = t->x, .y = t->y };
    if (t->is_down != t->was_down) {
        e.kind = t->is_down ? TOUCH_DOWN : TOUCH_UP;
    } else if (t->is_down && t->has_moved) {
        e.kind = TOUCH_MOVE;
    }
    t->was_down = t->is_down;
    t->has_moved = false;
    return e;
}

static struct touch_event take(struct touch *t, const struct touch_device *d,
                               const struct input_event *e)
{
    if (e->type == EV_ABS) {
        take_position(t, d, e);
    } else if (e->type == EV_KEY && (e->code == BTN_TOUCH || e->code == BTN_LEFT)) {
        t->is_down = e->value != 0;
    } else if (e->type == EV_KEY && e->value == 1 && e->code < BTN_MISC) {
        return (struct touch_event){ .kind = TOUCH_KEY, .key = e->code };
    } else if (e->type == EV_SYN && e->code == SYN_REPORT) {
        return finish_report(t);
    }
    return (struct touch_event){ .kind = TOUCH_NONE };
}

struct touch_event touch_next(struct touch *t)
{
    struct input_event raw;
    for (int i = 0; i < t->count; i++) {
        while (read(t->devices[i].fd, &raw, sizeof raw) == (ssize_t)sizeof raw) {
            struct touch_event e = take(t, &t->devices[i], &raw);
            if (e.kind != TOUCH_NONE) {
                return e;
            }
        }
    }
    return (struct touch_event){ .kind = TOUCH_NONE };
}
