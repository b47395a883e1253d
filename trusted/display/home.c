/* SPDX-License-Identifier: BSD-2-Clause */
#include "home.h"
#include "layout.h"

enum {
    PICTURE_STEP = 61
}; /* every such pixel counts: prime, so that no column is always left out */

_Static_assert(LOG_HEAD_WORDS == sizeof(((struct log_view *)0)->head) / sizeof(uint32_t), "head");

void home_add_call(struct home *h, const struct outcome_view *v)
{
    for (uint32_t i = HISTORY_ENTRIES - 1; i > 0; i--) {
        h->history[i] = h->history[i - 1];
    }
    h->history[0] = (struct history_entry){ v->about.number, v->origin, v->outcome };
    h->history_count += h->history_count < HISTORY_ENTRIES;
}

void home_take_log(struct home *h, const struct log_view *v)
{
    h->log_count = v->count;
    for (uint32_t i = 0; i < LOG_HEAD_WORDS; i++) {
        h->log_head[i] = v->head[i];
    }
}

/* Of pixels here and there, weighted by their places: 0 is a picture that has been cleared. */
static uint32_t sum_of(const uint32_t *pixels)
{
    const uint32_t count = (uint32_t)(layout[BOX_BELOW].width * layout[BOX_BELOW].height);
    uint32_t sum = 0;

    for (uint32_t i = 0; i < count; i += PICTURE_STEP) {
        sum = sum * 31 + pixels[i];
    }
    return sum;
}

void home_take_legacy(struct home *h, enum legacy_state state, const uint32_t *pixels)
{
    h->legacy_state = state;
    if (state != LEGACY_RUNNING && !h->is_legacy_off) {
        h->legacy_past = sum_of(pixels);
        h->is_legacy_off = true;
    }
}

bool home_awaits_picture(const struct home *h)
{
    return h->is_legacy_off && h->legacy_state == LEGACY_RUNNING;
}

/* The VMM clears the picture before its guest runs: until then it is another one's. */
bool home_finds_picture(struct home *h, const uint32_t *pixels)
{
    const uint32_t sum = sum_of(pixels);

    h->is_legacy_off = sum != 0 && sum == h->legacy_past;
    return !h->is_legacy_off;
}
