/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Positions are told when a report is complete (EV_SYN), so that a finger that
 * comes down elsewhere is never seen at its old place. Keys go at once.
 */
#include "translate.h"

enum { EV_SYN = 0, EV_KEY = 1, EV_REL = 2, EV_ABS = 3 };
enum { BUTTONS_FIRST = 0x100, BUTTON_LEFT = 0x110, BUTTON_TOUCH = 0x14a, BUTTONS_LAST = 0x15f };

static int32_t to_pixels(const struct axis *a, uint32_t value)
{
    uint32_t span = a->maximum - a->minimum + 1;
    uint32_t offset = value < a->minimum ? 0 :
                      value > a->maximum ? span - 1 : value - a->minimum;

    while (span > UINT16_MAX) { /* finer than any panel: the product fits 32 bits after this */
        span >>= 1;
        offset >>= 1;
    }
    return span == 0 ? 0 : (int32_t)(offset * (uint32_t)a->extent / span);
}

static void move_to(struct translate *t, uint16_t code, uint32_t value)
{
    if (code < 2) {
        t->axis[code].position = to_pixels(&t->axis[code], value);
        t->has_moved = true;
    }
}

static void move_by(struct translate *t, uint16_t code, uint32_t value)
{
    if (code < 2) {
        t->axis[code].position += (int32_t)(int16_t)value;
        t->has_moved = true;
    }
}

static void press(struct translate *t, uint32_t value)
{
    t->has_gone_down |= value != 0 && !t->is_down;
    t->has_gone_up |= value == 0 && t->is_down;
    t->is_down = value != 0;
}

static uint32_t put(struct input_event *out, uint32_t kind, int32_t a, int32_t b)
{
    *out = (struct input_event){ .kind = kind, .a = a, .b = b };
    return 1;
}

/* A tap may begin and end in one report, and so may a lift and the next tap. */
static uint32_t report_finger(struct translate *t, struct input_event *out)
{
    int32_t x = t->axis[0].position, y = t->axis[1].position;
    uint32_t count = 0;

    if (t->was_down && t->has_gone_up)
        count += put(&out[count], INPUT_TOUCH_UP, 0, 0);
    if (t->has_gone_down || (t->is_down && t->has_moved))
        count += put(&out[count], INPUT_TOUCH, x, y);
    if (t->has_gone_down && !t->is_down)
        count += put(&out[count], INPUT_TOUCH_UP, 0, 0);
    return count;
}

static uint32_t report_pointer(struct translate *t, struct input_event *out)
{
    uint32_t count = 0;

    if (t->has_moved)
        count += put(&out[count], INPUT_MOVE, t->axis[0].position, t->axis[1].position);
    if (t->has_gone_down)
        count += put(&out[count], INPUT_BUTTON, 0, 1);
    if (t->has_gone_up)
        count += put(&out[count], INPUT_BUTTON, 0, 0);
    t->axis[0].position = 0;
    t->axis[1].position = 0;
    return count;
}

static uint32_t report(struct translate *t, struct input_event *out)
{
    uint32_t count = t->is_absolute ? report_finger(t, out) : report_pointer(t, out);

    t->was_down = t->is_down;
    t->has_gone_down = false;
    t->has_gone_up = false;
    t->has_moved = false;
    return count;
}

static uint32_t key(struct translate *t, uint16_t code, uint32_t value, struct input_event *out)
{
    if (code == BUTTON_LEFT || code == BUTTON_TOUCH)
        press(t, value);
    else if ((code < BUTTONS_FIRST || code > BUTTONS_LAST) && value < 2) /* 2 is a repeat */
        return put(out, INPUT_KEY, code, (int32_t)value);
    return 0;
}

uint32_t translate_event(struct translate *t, struct virtio_input_event in,
                         struct input_event out[TRANSLATE_OUT_MAX])
{
    switch (in.type) {
    case EV_SYN:
        return report(t, out);
    case EV_KEY:
        return key(t, in.code, in.value, out);
    case EV_REL:
        move_by(t, in.code, in.value);
        return 0;
    case EV_ABS:
        move_to(t, in.code, in.value);
        return 0;
    default:
        return 0;
    }
}
