/* SPDX-License-Identifier: BSD-2-Clause */
/* The few shapes that are no letters, as outlines; the letter is their place in FONT_ICON. */
#pragma once

#include <stdbool.h>

enum { ICON_POINTS = 64, ICON_CONTOURS = 4, ICON_UNITS = 100 /* a pixel */ };

struct icon_point {
    short x, y;    /* right and down from the upper left corner, ICON_UNITS a pixel */
    bool is_curve; /* control point of a quadratic curve, not on the outline */
    bool is_last;  /* of its contour */
};

struct icon {
    char letter;
    unsigned width, height; /* pixels */
    short points;
    bool is_corner;
    struct icon_point point[ICON_POINTS];
};

extern const struct icon icons[];
extern const unsigned icon_count;
