/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Positions are told when a report is complete (EV_SYN), so that a finger that
 * comes down elsewhere is never seen at its old place. Keys go at once.
 */
#include "driver.h"

enum {
    EV_SYN = 0,
    EV_KEY = 1,
    EV_ABS = 3,
    BUTTONS_FIRST = 0x100,
    BUTTON_LEFT = 0x110,
    BUTTON_TOUCH = 0x14a,
    BUTTONS_LAST = 0x15f
};

static int32_t to_pixels(const struct axis *a, uint32_t value)
{
    uint32_t span = a->maximum - a->minimum + 1;
    uint32_t offset = value < a->minimum ? 0 : value > a->maximum ? span - 1 : value - a->minimum;

    while (span > UINT16_MAX) { /* finer than any panel: the product fits 32 bits after this */
        span >>= 1;
        offset >>= 1;
    }
    return span == 0 ? 0 : (int32_t)(offset * (uint32_t)a->extent / span);
}

/* A tap may begin and end in one report, and so may a lift and the next tap. */
static uint32_t report(struct finger *f, struct input_event *out)
{
    const struct input_event up = { .kind = INPUT_TOUCH_UP };
    uint32_t count = 0;

    if (f->was_down && f->has_gone_up) {
        out[count++] = up;
    }
    if (f->has_gone_down || (f->is_down && f->has_moved)) {
        out[count++] =
            (struct input_event){ INPUT_TOUCH, f->axis[0].position, f->axis[1].position, 0 };
    }
    if (f->has_gone_down && !f->is_down) {
        out[count++] = up;
    }
    f->was_down = f->is_down;
    f->has_gone_down = f->has_gone_up = f->has_moved = false;
    return count;
}

static uint32_t key(struct finger *f, uint16_t code, uint32_t value, struct input_event *out)
{
    if (code == BUTTON_LEFT || code == BUTTON_TOUCH) {
        f->has_gone_down |= value != 0 && !f->is_down;
        f->has_gone_up |= value == 0 && f->is_down;
        f->is_down = value != 0;
    } else if ((code < BUTTONS_FIRST || code > BUTTONS_LAST) && value < 2) { /* 2 is a repeat */
        *out = (struct input_event){ INPUT_KEY, code, (int32_t)value, 0 };
        return 1;
    }
    return 0;
}

uint32_t translate_event(struct finger *f, struct virtio_input_event in, struct input_event *out)
{
    if (in.type == EV_SYN) {
        return report(f, out);
    }
    if (in.type == EV_KEY) {
        return key(f, in.code, in.value, out);
    }
    if (in.type == EV_ABS && in.code < 2) {
        f->axis[in.code].position = to_pixels(&f->axis[in.code], in.value);
        f->has_moved = true;
    }
    return 0;
}
