/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where everything is, what it says, and what stands on each screen. All of it is data:
 * tables/480x800.txt is one panel, en.txt one language, colours.txt the theme, screens.txt the
 * screens; tables/generate turns the chosen ones into tables.h and a C file when the image is
 * built.
 */
#pragma once

#include "confirm.h"
#include "display.h"
#include "draw.h"
#include "tables.h"

enum {
    LAYOUT_NUMBER_ROW = 68, /* of 56 px type */
    LAYOUT_TEXT_ROW = 34,
    LAYOUT_GROUP_GAP = 16,
    LAYOUT_ROWS_MAX = 3,
};

/* how a word is set, and where */
struct caption {
    enum font_id font;
    enum box box;
    enum align align;
};

enum view {
    VIEW_LEGACY,
    VIEW_HOME,
    VIEW_KEYPAD,
    VIEW_CARDS,
    VIEW_CALL,
    VIEW_PROMPT,
    VIEW_RESULT,
    VIEW_STOPPED,
    VIEW_ANY
};

/* of a screen: a row of tables/screens.txt */
struct item {
    enum view view;
    enum item_kind kind;
    enum word word;
    enum box box;  /* the word's, or its own */
    bool is_below; /* its box counts from below number and band */
    enum theme_role role;
    uint32_t damage;        /* besides DAMAGE_ALL */
    uint32_t needs, lacks;  /* bits of enum item_fact that must be set, and that must not */
    enum item_choice by;    /* which word of several it is */
    enum item_filling with; /* what replaces its '%' */
    enum item_action action;
    enum view go;            /* ANY: nowhere */
    enum display_event tell; /* NONE: nothing */
};

struct yes_button {
    enum box box;
    enum word word;
    enum theme_role outline;  /* and the two roles that follow it */
    enum display_event event; /* NONE: it answers a prompt */
    struct confirm_rules rules;
    bool has_price;
};

extern const struct yes_button yes_buttons[YES_KINDS];
extern const struct item items[];
extern const uint32_t item_count;
extern const struct rect layout[BOXES];
extern const struct caption captions[WORDS];
extern const char
    *const word_text[WORDS]; /* '%' stands for what is filled in; letters as in font.h */
extern const char *const country_names[COUNTRIES]; /* countries.tsv, by row from 1; 0: "" */
extern const char word_decimal_mark;
extern const struct ink theme[ROLES];
