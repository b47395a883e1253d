/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where everything is: one table of rectangles for one panel size (layout.c is
 * 480x800; another panel is another file), and one table that gives each word
 * its font, box and side. Boxes marked "below" lie relative to what is above
 * them; the drawing code moves them down.
 */
#ifndef DISPLAY_LAYOUT_H
#define DISPLAY_LAYOUT_H

#include "draw.h"
#include "words.h"

enum box {
    BOX_NONE = 0,
    BOX_PANEL, BOX_PAGE, BOX_BAR, BOX_BAR_ICON, BOX_BAR_LABEL, BOX_BAR_LEGACY, BOX_BAR_RIGHT,
    BOX_BAR_HATCH_LEFT, BOX_BAR_HATCH_RIGHT,
    /* prompt and call */
    BOX_WHO, BOX_CALL_STATE, BOX_MEANING, BOX_NUMBER, BOX_MMI_NUMBER, BOX_CODE /* below the number */,
    BOX_DIGITS /* below */, BOX_BAND /* below */, BOX_BAND_CATEGORY, BOX_BAND_PRICE /* in it */,
    BOX_NOTE /* below the band */, BOX_CONFIRM, BOX_CONFIRM_WORD, BOX_CONFIRM_PRICE, BOX_REFUSE,
    BOX_COUNTDOWN, BOX_SO_FAR, BOX_ASKED /* below the band */, BOX_TONES, BOX_HANG_UP,
    /* emergency, incoming, result */
    BOX_EMERGENCY_PLUS, BOX_EMERGENCY_TITLE, BOX_EMERGENCY_NUMBER, BOX_EMERGENCY_STATE,
    BOX_INCOMING_TITLE, BOX_INCOMING_NUMBER, BOX_DECLINE, BOX_ANSWER,
    BOX_RESULT, BOX_RESULT_BELOW, BOX_OFFER, BOX_CLOSE,
    /* keypad */
    BOX_PAD_NUMBER, BOX_PAD_BAND, BOX_PAD_BAND_TEXT, BOX_PAD_HINT, BOX_PAD_CALL,
    BOX_PAD_CALL_WORD, BOX_PAD_CALL_PRICE, BOX_PAD_ERASE,
    BOX_PAD_KEY, BOX_PAD_KEY_LAST = BOX_PAD_KEY + 11, /* 1 … 9 * 0 # */
    /* home */
    BOX_HOME_KEYPAD, BOX_HOME_LINUX, BOX_HOME_RESTART, BOX_HOME_BLOCK, BOX_HOME_CALLS,
    BOX_HOME_ENTRY, BOX_HOME_ENTRY_LAST = BOX_HOME_ENTRY + 2, BOX_HOME_LOG, BOX_HOME_HEAD,
    BOX_HOME_CARDS, BOX_HOME_PRACTISE, BOX_HOME_BACK,
    /* cards */
    BOX_CARD_TITLE, BOX_CARD_TEXT, BOX_CARD_DOTS, BOX_CARD_NEXT, BOX_CARD_SKIP,
    BOXES
};

enum {
    LAYOUT_NUMBER_ROW = 68,  /* of 56 px type */
    LAYOUT_CODE_ROW = 34,
    LAYOUT_TEXT_ROW = 34,
    LAYOUT_GROUP_GAP = 16,
    LAYOUT_FRAME = 6,
    LAYOUT_ROWS_MAX = 3,
};

struct caption {
    enum font_id font;
    enum box box;
    enum align align;
};

extern const struct rect layout[BOXES];
extern const struct caption captions[WORDS];

/* The box moved down by `below` pixels. */
struct rect layout_below(enum box box, int32_t below);

#endif
