/* SPDX-License-Identifier: BSD-2-Clause */
/* What is asked, by whom, and how it may be answered. */
#pragma once

#include "layout.h"
#include "subject.h"

enum { REFUSALS_US = 60000000, REFUSALS_BEFORE_OFFER = 3 };

struct prompt {
    struct subject about;
    uint64_t epoch;
    uint32_t kind, notes; /* enum prompt_kind, prompt_note */
    enum yes yes;
    enum word who, meaning;
    struct number target;       /* of a diversion */
    struct number drawn;        /* filled by the drawing of each symbol: what the decision echoes */
    bool is_waiting;            /* the dialler waits for its decision */
    bool is_shown_told;         /* the dialler knows that it has been seen */
    uint64_t emergency_left_us; /* when Linux' last one ended without a call; 0: never */
    uint64_t refused_us[REFUSALS_BEFORE_OFFER]; /* the last refusals of legacy's prompts */
};

/* `is_unawares`: the finger that presses may mean what was there before. */
void prompt_open(struct prompt *p, const struct prompt_request *r, const struct subject *about,
                 bool is_unawares);
void prompt_practise(struct prompt *p);
struct prompt_decision prompt_answer(const struct prompt *p, enum decision decision);
/* One of legacy's came to nothing. True: the user may want peace. */
bool prompt_count_refusal(struct prompt *p, uint64_t now_us);
