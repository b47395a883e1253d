/* SPDX-License-Identifier: BSD-2-Clause */
/* The shipped display component, joined to the others in one host program. */
#include "joined.h"

#define SHOWN __attribute__((visibility("default")))
#define component_main SHOWN joined_display_main
#include "../display/main.c"

SHOWN void joined_place(enum joined_place place, unsigned key, uint32_t *x_out, uint32_t *y_out)
{
    static const enum box boxes[] = {
        [PLACE_CONFIRM] = BOX_CONFIRM,    [PLACE_REFUSE] = BOX_REFUSE,
        [PLACE_HANG_UP] = BOX_HANG_UP,    [PLACE_ANSWER] = BOX_ANSWER,
        [PLACE_DECLINE] = BOX_DECLINE,    [PLACE_CALL] = BOX_PAD_CALL,
        [PLACE_KEYPAD] = BOX_HOME_KEYPAD, [PLACE_BAR] = BOX_BAR,
        [PLACE_SKIP] = BOX_CARD_SKIP,     [PLACE_CLOSE] = BOX_CLOSE,
        [PLACE_KEY] = BOX_PAD_KEY,
    };
    unsigned box = boxes[place];

    for (unsigned i = 0; place == PLACE_KEY && i < PAD_SYMBOLS; i++) {
        if (pad_symbols[i] == key) {
            box += i;
        }
    }
    *x_out = (uint32_t)(layout[box].x + layout[box].width / 2);
    *y_out = (uint32_t)(layout[box].y + layout[box].height / 2);
}

SHOWN const char *joined_view_name(void)
{
    static const char *const names[VIEW_ANY] = {
        [VIEW_LEGACY] = "linux",    [VIEW_PROMPT] = "prompt", [VIEW_CALL] = "call",
        [VIEW_STOPPED] = "stopped", [VIEW_HOME] = "home",     [VIEW_KEYPAD] = "keypad",
        [VIEW_RESULT] = "result",   [VIEW_CARDS] = "cards",
    };

    if (server.view == VIEW_CALL && server.call.state == DIAL_STATE_INCOMING) {
        return "incoming";
    }
    return names[server.view];
}

SHOWN bool joined_prompt_is_emergency(void)
{
    return server.view == VIEW_PROMPT && server.prompt.kind == PROMPT_EMERGENCY;
}
