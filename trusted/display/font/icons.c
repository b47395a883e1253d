/* SPDX-License-Identifier: BSD-2-Clause */
/* The icons of the trusted screens, as coverage bitmaps. */
#include "icons.h"

#define ON(px, py) { .x = px, .y = py }
#define VIA(px, py) { .x = px, .y = py, .is_curve = true }
#define END(px, py) { .x = px, .y = py, .is_last = true }

/* Quarter discs: two quadratic curves approximate the arc to a twentieth of a pixel. */
const struct icon icons[] = {
    { 's',
      24,
      28,
      16,
      false,
      { /* shield with a tick cut out */
        ON(1200, 0),
        VIA(1700, 380),
        ON(2400, 380),
        ON(2400, 1400),
        VIA(2400, 2300),
        ON(1200, 2800),
        VIA(0, 2300),
        ON(0, 1400),
        ON(0, 380),
        { 700, 380, true, true },
        ON(1040, 1930),
        ON(530, 1420),
        ON(720, 1230),
        ON(1040, 1550),
        ON(1690, 900),
        END(1880, 1090) } },
    { 't',
      30,
      26,
      11,
      false,
      { /* warning triangle */
        ON(1500, 0), ON(3000, 2600), END(0, 2600), ON(1350, 850), ON(1650, 850), ON(1620, 1800),
        END(1380, 1800), ON(1350, 1980), ON(1650, 1980), ON(1650, 2280), END(1350, 2280) } },
    { 'p',
      44,
      44,
      12,
      false,
      { /* plus */
        ON(1500, 0), ON(2900, 0), ON(2900, 1500), ON(4400, 1500), ON(4400, 2900), ON(2900, 2900),
        ON(2900, 4400), ON(1500, 4400), ON(1500, 2900), ON(0, 2900), ON(0, 1500),
        END(1500, 1500) } },
    { 'm',
      24,
      24,
      12,
      false,
      { /* the same, for the bar */
        ON(800, 0), ON(1600, 0), ON(1600, 800), ON(2400, 800), ON(2400, 1600), ON(1600, 1600),
        ON(1600, 2400), ON(800, 2400), ON(800, 1600), ON(0, 1600), ON(0, 800), END(800, 800) } },
    { 'c',
      12,
      12,
      6,
      true,
      { /* upper left corner of a button, radius 12 */
        ON(1200, 1200), ON(0, 1200), VIA(0, 703), ON(351, 351), VIA(703, 0), END(1200, 0) } },
    { 'i',
      9,
      9,
      6,
      true,
      { /* the same inside a rim of 3 */
        ON(900, 900), ON(0, 900), VIA(0, 527), ON(264, 264), VIA(527, 0), END(900, 0) } },
    { 'b',
      44,
      32,
      17,
      false,
      { /* erase to the left */
        ON(1300, 0), ON(4400, 0), ON(4400, 3200), ON(1300, 3200), END(0, 1600), ON(2080, 860),
        ON(2740, 1320), ON(3400, 860), ON(3640, 1100), ON(2980, 1600), ON(3640, 2100),
        ON(3400, 2340), ON(2740, 1880), ON(2080, 2340), ON(1840, 2100), ON(2500, 1600),
        END(1840, 1100) } },
    { 'a',
      16,
      24,
      7,
      false,
      { /* pointer */
        ON(0, 0), ON(1600, 1650), ON(930, 1650), ON(1300, 2280), ON(930, 2400), ON(550, 1760),
        END(0, 2200) } },
};
const unsigned icon_count = sizeof icons / sizeof icons[0];
