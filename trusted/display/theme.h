/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Colours, 0xRRGGBB. Every pair of text and ground that is used has a contrast
 * of at least 7 to 1 (WCAG 2, 1.4.6); the test measures all of theme[].
 * No colour speaks alone: each role has a word and a shape too.
 */
#ifndef DISPLAY_THEME_H
#define DISPLAY_THEME_H

#include <stdint.h>

enum {
    COLOUR_PAGE = 0xffffff,
    COLOUR_TEXT = 0x111111,
    COLOUR_SECONDARY = 0x595959,
    COLOUR_TRUSTED = 0x003a70,
    COLOUR_LEGACY = 0xd9d9d9,
    COLOUR_HATCH = 0x595959,
    COLOUR_COST = 0xffb000,
    COLOUR_CONFIRM = 0x005a9c,
    COLOUR_HELD = 0x00284d, /* the part of a button that a hold has filled */
    COLOUR_EMERGENCY = 0x9b1c31,
    COLOUR_EMERGENCY_HELD = 0x5e0f1c,
    COLOUR_GREEN = 0x0b5d2a,
    COLOUR_GREEN_HELD = 0x06361a,
    COLOUR_KEY = 0xf0f3f6,
    COLOUR_KEY_PRESSED = 0xbcd3e6,
    COLOUR_RULE = 0xc8ced4, /* thin lines, never text */
};

struct ink {
    uint32_t colour, paper;
};

enum theme_role {
    ROLE_BAR_TRUSTED, ROLE_BAR_LEGACY, ROLE_PAGE, ROLE_SECONDARY, ROLE_COST, ROLE_CONFIRM,
    ROLE_CONFIRM_HELD, ROLE_CONFIRM_OUTLINE, ROLE_REFUSE, ROLE_EMERGENCY, ROLE_EMERGENCY_HELD,
    ROLE_EMERGENCY_OUTLINE, ROLE_GREEN, ROLE_GREEN_HELD, ROLE_GREEN_OUTLINE, ROLE_KEY,
    ROLE_KEY_PRESSED, ROLE_INCOMING, ROLES
};

extern const struct ink theme[ROLES];

#endif
