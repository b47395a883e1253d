/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The pixels below the pointer are kept while it lies there. A new picture comes without it: so no
 * part of a number that is shown is hidden unless its reader moves the pointer there, and nobody
 * presses unawares what has just appeared under it.
 */
#include <stddef.h>

#include "layout.h"
#include "pointer.h"

enum {
    WIDTH = 12,
    HEIGHT = 17,
    RIM = 0x1b0b2e /* nothing else has this colour */,
    INSIDE = 0xffffff
};
#define DAMAGE_POINTER (1u << 31) /* no item's: only a reason to draw */

/* its tip is where it points */
static const char picture[HEIGHT][WIDTH + 1] = {
    "#",        "##",       "#.#",       "#..#",       "#...#",       "#....#",
    "#.....#",  "#......#", "#.......#", "#........#", "#.....#####", "#..#..#",
    "#.# #..#", "##  #..#", "#    #..#", "     #..#",  "      ##",
};

static struct {
    int32_t x, y; /* where it is */
    bool is_shown, is_laid;
    int32_t laid_x, laid_y; /* where its picture lies */
    uint32_t below[HEIGHT][WIDTH];
} pointer;

static int32_t limited(int64_t value, int32_t end)
{
    return value < 0 ? 0 : value >= end ? end - 1 : (int32_t)value;
}

static void move(struct server *s, int32_t dx, int32_t dy)
{
    pointer.x = limited((int64_t)pointer.x + dx, layout[BOX_PANEL].width);
    pointer.y = limited((int64_t)pointer.y + dy, layout[BOX_PANEL].height);
    pointer.is_shown = true;
    s->damage |= DAMAGE_POINTER;
}

/* The pointer is a finger that is down while the button is. A mere move is no touch: no guest can
 * move it, so it neither starts a count again nor keeps prompts away. */
bool pointer_translate(struct server *s, struct input_event *e)
{
    if (e->kind == INPUT_MOVE) {
        move(s, e->a, e->b);
    }
    if (e->kind == INPUT_MOVE && !s->route.is_finger_down) {
        return false;
    }
    if (e->kind == INPUT_BUTTON && e->b == 0) {
        e->kind = INPUT_TOUCH_UP;
    } else if (e->kind == INPUT_BUTTON || e->kind == INPUT_MOVE) {
        *e = (struct input_event){ INPUT_TOUCH, pointer.x, pointer.y, 0 };
    }
    return true;
}

/* NULL: outside of the panel. */
static uint32_t *pixel(const struct server *s, int32_t column, int32_t row)
{
    int32_t x = pointer.laid_x + column, y = pointer.laid_y + row;

    return rect_contains(s->panel.bounds, x, y) ? s->panel.pixels + y * s->panel.stride + x : NULL;
}

void pointer_lift(struct server *s)
{
    for (int32_t row = 0; pointer.is_laid && row < HEIGHT; row++) {
        for (int32_t column = 0; column < WIDTH; column++) {
            uint32_t *at = pixel(s, column, row);

            if (at != NULL) {
                *at = pointer.below[row][column];
            }
        }
    }
    pointer.is_laid = false;
    pointer.is_shown = pointer.is_shown && (s->damage & DAMAGE_ALL) == 0;
}

void pointer_lay(struct server *s)
{
    if (!pointer.is_shown) {
        return;
    }
    pointer.laid_x = pointer.x;
    pointer.laid_y = pointer.y;
    pointer.is_laid = true;
    for (int32_t row = 0; row < HEIGHT; row++) {
        for (int32_t column = 0; column < WIDTH; column++) {
            uint32_t *at = pixel(s, column, row);

            if (at == NULL) {
                continue;
            }
            pointer.below[row][column] = *at;
            if (picture[row][column] == '#') {
                *at = RIM;
            } else if (picture[row][column] == '.') {
                *at = INSIDE;
            }
        }
    }
}
