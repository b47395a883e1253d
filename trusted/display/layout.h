/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where everything is, what it says, and what stands on each screen. All of it is data:
 * tables/480x800.txt is one panel, en.txt one language, colours.txt the theme, screens.txt the
 * screens; tables/generate turns the chosen ones into tables.h and a C file when the image is built.
 */
#ifndef DISPLAY_LAYOUT_H
#define DISPLAY_LAYOUT_H

#include "draw.h"
#include "tables.h"

enum {
    LAYOUT_NUMBER_ROW = 68, /* of 56 px type */
    LAYOUT_TEXT_ROW = 34,
    LAYOUT_GROUP_GAP = 16,
    LAYOUT_FRAME = 6,
    LAYOUT_ROWS_MAX = 3,
};

struct caption { /* how a word is set, and where */
    enum font_id font;
    enum box box;
    enum align align;
};

enum view { VIEW_LEGACY, VIEW_HOME, VIEW_KEYPAD, VIEW_CARDS, VIEW_CALL, VIEW_PROMPT, VIEW_RESULT,
            VIEW_ANY };

enum damage { /* what has to be drawn again */
    DAMAGE_ALL = 1 << 0,
    DAMAGE_CLOCK = 1 << 1,  /* all that changes with the seconds: bar, countdown, call time and cost */
    DAMAGE_YES = 1 << 2,    /* the yes button's look */
    DAMAGE_PAD = 1 << 3,    /* keypad: number, band, keys */
    DAMAGE_HOME = 1 << 4,   /* home: log, last calls, Linux's state */
    DAMAGE_LEGACY = 1 << 5, /* copy the legacy view */
};

enum item_kind { /* an item of a screen: most have a word, some a box */
    ITEM_TEXT,
    ITEM_BELOW,     /* text whose box counts from below the number and band */
    ITEM_CARD,      /* nine lines of text, and which card it is */
    ITEM_BUTTON,
    ITEM_YES,       /* the yes button */
    ITEM_FILL,
    ITEM_HATCH,
    ITEM_NUMBER,    /* in rows */
    ITEM_EMERGENCY, /* number in the largest type */
    ITEM_CODE,      /* network code, below the number */
    ITEM_BAND,      /* category and price */
    ITEM_BAND_BELOW,
    ITEM_NOTES,
    ITEM_KEYS,      /* of the keypad */
    ITEM_TONES,     /* keys of a call */
    ITEM_CALLS,     /* last calls */
    ITEM_HEAD,      /* of the log */
    ITEM_LEGACY,    /* Linux's own picture */
};

/* Which word of several it is, or what replaces its '%'. */
enum item_choice { BY_NOTHING, BY_STATE, BY_ORIGIN, BY_LINUX, BY_CARD, BY_RESULT, BY_WHO, BY_MEANING };
enum item_filling { WITH_NOTHING, WITH_NUMBER, WITH_DIGITS, WITH_CLOCK, WITH_COST, WITH_COUNTDOWN, WITH_LOG,
                    WITH_LABEL };
enum item_action { DO_NOTHING, DO_KEYPAD, DO_BLOCK, DO_ALLOW, DO_CARDS, DO_PRACTISE, DO_BACK, DO_NEXT, DO_SKIP,
                   DO_REFUSE, DO_OFFER, DO_CLOSE, DO_TONES, DO_HANG_UP };

enum fact { /* what an item's being there may depend on */
    IF_TRUSTED,  /* any view but Linux's */
    IF_RED,      /* the page of an emergency */
    IF_UP,       /* there is a call */
    IF_RINGING,
    IF_ACTIVE,
    IF_TONES,
    IF_COSTLY,   /* the call's cost is known and ours */
    IF_NUMBER,   /* there is one to show */
    IF_PRICE,    /* the keypad's is known */
    IF_CODE,     /* the prompt is about a network code */
    IF_PRACTICE,
    IF_BLOCKED,
    IF_CALLS,    /* there have been some */
    IF_NOTHING,  /* the result is that nothing was dialled */
    IF_OFFER,
    IF_LAST,     /* card */
    FACTS
};

struct item {
    enum view view;
    enum item_kind kind;
    enum word word;
    enum box box; /* the word's, or its own */
    enum theme_role role;
    uint32_t damage; /* besides DAMAGE_ALL */
    uint32_t needs, lacks; /* bits of enum fact that must be set, and that must not */
    enum item_choice by;
    enum item_filling with;
    enum item_action action;
};

extern const struct item items[];
extern const uint32_t item_count;
extern const struct rect layout[BOXES];
extern const struct caption captions[WORDS];
extern const char *const word_text[WORDS]; /* '%' stands for what is filled in; letters as in font.h */
extern const char word_decimal_mark;
extern const struct ink theme[ROLES];

#endif
