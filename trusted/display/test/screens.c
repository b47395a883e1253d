/* SPDX-License-Identifier: BSD-2-Clause */
/* Renders every trusted screen to a PPM, to be looked at, and writes places.json, where the buttons
 * are:  display-screens FOLDER */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "paint.h"

static uint32_t pixels[480 * 800], legacy[480 * 752];
static struct server s;
static const char *folder;

static struct number number_of(const char *text)
{
    struct number n = { 0 };

    for (; *text != '\0'; text++) {
        const char *found = strchr("0123456789*#+", *text);

        if (found == NULL || !number_append(&n, (unsigned)(found - "0123456789*#+"))) {
            exit(1);
        }
    }
    return n;
}

static void save(const char *name)
{
    char path[1024];
    FILE *out;

    s.damage = DAMAGE_ALL;
    paint(&s);
    snprintf(path, sizeof path, "%s/%s.ppm", folder, name);
    out = fopen(path, "wb");
    if (out == NULL) {
        perror(path);
        exit(1);
    }
    fprintf(out, "P6\n480 800\n255\n");
    for (size_t i = 0; i < 480 * 800; i++) {
        fputc((int)(pixels[i] >> 16 & 0xff), out);
        fputc((int)(pixels[i] >> 8 & 0xff), out);
        fputc((int)(pixels[i] & 0xff), out);
    }
    fclose(out);
}

static void show_prompt(const char *name, uint32_t kind, const char *number, uint32_t gaps,
                        struct tariff tariff, enum confirm_state state)
{
    s.view = VIEW_PROMPT;
    s.prompt.about = (struct subject){ .origin = ORIGIN_LEGACY,
                                       .tariff = tariff,
                                       .gaps = gaps,
                                       .number = number_of(number),
                                       .country = s.prompt.about.country };
    s.prompt.kind = kind;
    s.prompt.meaning = text_code_meaning(&s.prompt.about.number, &s.prompt.target);
    s.prompt.who = kind == PROMPT_PRACTICE       ? WORD_WHO_PRACTICE
                   : kind != PROMPT_MMI          ? WORD_WHO_CALL
                   : s.prompt.target.length != 0 ? WORD_WHO_DIVERT
                                                 : WORD_WHO_CODE;
    s.yes = kind == PROMPT_EMERGENCY ? YES_EMERGENCY
            : kind == PROMPT_MMI     ? (s.prompt.target.length != 0 ? YES_DIVERT : YES_SEND)
            : !tariff_is_plain(tariff.category) ? YES_CALL_HOLD
                                                : YES_CALL;
    confirm_show(&s.confirm, yes_buttons[s.yes].rules, s.now_us);
    s.now_us += 8300000;
    s.confirm.state = state;
    s.confirm.held_us = s.now_us - 600000;
    save(name);
    s.prompt.notes = 0;
    s.prompt.about.country = 0;
}

/* The first whose name begins and goes on like this. */
static uint32_t country(const char *begin, const char *within)
{
    for (uint32_t i = 1; i < COUNTRIES; i++) {
        if (strncmp(country_names[i], begin, strlen(begin)) == 0 &&
            strstr(country_names[i], within) != NULL) {
            return i;
        }
    }
    return 0;
}

static void show_prompts(void)
{
    struct tariff premium = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE };
    struct tariff fixed = { TARIFF_FIXED, 0, PRICE_NONE };
    struct tariff mobile = { TARIFF_MOBILE, 0, PRICE_NONE };
    struct tariff plan = { TARIFF_PLAN, 0, PRICE_NONE };
    struct tariff upto = { TARIFF_PREMIUM_0900, 300, PRICE_UP_TO_PER_MINUTE };
    struct tariff unknown = { TARIFF_UNKNOWN, 0, PRICE_NONE };
    struct tariff foreign = { TARIFF_FOREIGN, 0, PRICE_NONE };
    struct tariff emergency = { TARIFF_EMERGENCY, 0, PRICE_NONE };

    show_prompt("prompt-premium-outline", PROMPT_CALL, "+499005123456",
                1 << 3 | 1 << 6 | 1 << 7 | 1 << 10, premium, CONFIRM_SETTLING);
    show_prompt("prompt-premium-armed", PROMPT_CALL, "+499005123456",
                1 << 3 | 1 << 6 | 1 << 7 | 1 << 10, premium, CONFIRM_ARMED);
    s.prompt.notes = NOTE_NUMBER_HIDDEN | NOTE_REPEATED;
    show_prompt("prompt-premium-holding", PROMPT_CALL, "09005123456", 1 << 4 | 1 << 5 | 1 << 8,
                premium, CONFIRM_HOLDING);
    show_prompt("prompt-fixed", PROMPT_CALL, "+493012345678", 1 << 3 | 1 << 5 | 1 << 8 | 1 << 11,
                fixed, CONFIRM_ARMED);
    show_prompt("prompt-mobile", PROMPT_CALL, "+491711234567", 1 << 3 | 1 << 6 | 1 << 9, mobile,
                CONFIRM_ARMED);
    show_prompt("prompt-plan", PROMPT_CALL, "115", 0, plan, CONFIRM_ARMED);
    show_prompt("prompt-upto", PROMPT_CALL, "09009123456", 1 << 4 | 1 << 5 | 1 << 8, upto,
                CONFIRM_ARMED);
    s.prompt.notes = 15;
    show_prompt("prompt-20", PROMPT_CALL, "00881234567890123456",
                1 << 2 | 1 << 5 | 1 << 8 | 1 << 11 | 1 << 14 | 1 << 17, unknown, CONFIRM_ARMED);
    s.prompt.about.country = country("Mal", "ve");
    show_prompt("prompt-foreign", PROMPT_CALL, "+9601234567", 1 << 4 | 1 << 7, foreign,
                CONFIRM_ARMED);
    s.prompt.about.country = country("St", "Gren");
    show_prompt("prompt-foreign-long", PROMPT_CALL, "+17845551234", 1 << 2 | 1 << 5 | 1 << 8,
                foreign, CONFIRM_ARMED);
    s.prompt.about.country = country("", "USA");
    show_prompt("prompt-foreign-premium", PROMPT_CALL, "+19005551234", 1 << 2 | 1 << 5 | 1 << 8,
                (struct tariff){ TARIFF_PREMIUM, 0, PRICE_NONE }, CONFIRM_ARMED);
    s.prompt.notes = 15;
    show_prompt("prompt-3-rows", PROMPT_CALL, "01234567890123456789", 0xfffff, unknown,
                CONFIRM_ARMED);
    show_prompt("prompt-mmi", PROMPT_MMI, "**21*09005123456*11#", 0, premium, CONFIRM_ARMED);
    show_prompt("prompt-mmi-long", PROMPT_MMI, "**21*00881234567890123456*1234567890123#", 0,
                unknown, CONFIRM_ARMED);
    show_prompt("prompt-ussd", PROMPT_MMI, "*100*1#", 0, unknown, CONFIRM_SETTLING);
    show_prompt("prompt-emergency", PROMPT_EMERGENCY, "112", 0, emergency, CONFIRM_ARMED);
    show_prompt("prompt-emergency-outline", PROMPT_EMERGENCY, "112", 0, emergency, CONFIRM_SHOWN);
    s.call.state = DIAL_STATE_ACTIVE; /* somebody else's call is up, and would end */
    s.call.started_us = s.now_us - 62000000;
    s.prompt.notes = NOTE_NUMBER_HIDDEN;
    show_prompt("prompt-beside-call", PROMPT_CALL, "09005123456", 1 << 4 | 1 << 5 | 1 << 8, premium,
                CONFIRM_ARMED);
    s.call.state = DIAL_STATE_NONE;
    show_prompt("prompt-practice", PROMPT_PRACTICE, "09005123456", 1 << 4 | 1 << 5 | 1 << 8,
                premium, CONFIRM_ARMED);
}

static void show_keypad(const char *name, const char *number, struct tariff tariff, enum yes yes)
{
    s.view = VIEW_KEYPAD;
    s.keypad.about = (struct subject){ .number = number_of(number), .tariff = tariff };
    s.keypad.has_price = true;
    s.yes = yes;
    confirm_clear(&s.confirm);
    if (*number != '\0') {
        confirm_show(&s.confirm, yes_buttons[yes].rules, s.now_us);
        s.confirm.state = CONFIRM_ARMED;
    }
    s.keypad.pressed = *number == '\0' ? BOX_NONE : BOX_PAD_KEY + 5;
    save(name);
}

static void show_call(const char *name, uint32_t state, uint32_t origin, const char *number,
                      struct tariff tariff)
{
    bool is_red = tariff.category == TARIFF_EMERGENCY && state != DIAL_STATE_INCOMING;

    s.view = VIEW_CALL;
    s.call.about =
        (struct subject){ .origin = origin, .tariff = tariff, .number = number_of(number) };
    s.call.state = state;
    s.call.started_us = s.now_us - 62000000;
    s.yes = is_red                         ? YES_HANG_UP
            : s.call.is_second_ringing     ? YES_ANSWER_HOLD
            : state == DIAL_STATE_INCOMING ? YES_ANSWER
                                           : YES_NONE;
    confirm_show(&s.confirm, yes_buttons[s.yes].rules, s.now_us);
    s.confirm.state = CONFIRM_ARMED;
    save(name);
}

static void show_calls(void)
{
    struct tariff premium = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE };
    struct tariff emergency = { TARIFF_EMERGENCY, 0, PRICE_NONE };

    show_call("call-mobile", DIAL_STATE_ACTIVE, ORIGIN_USER, "01711234567",
              (struct tariff){ TARIFF_MOBILE, 0, PRICE_NONE });
    show_call("call-dialling", DIAL_STATE_DIALLING, ORIGIN_LEGACY, "09005123456", premium);
    show_call("call-active", DIAL_STATE_ACTIVE, ORIGIN_LEGACY, "09005123456", premium);
    s.call.has_tones = true;
    show_call("call-tones", DIAL_STATE_ACTIVE, ORIGIN_USER, "+499005123456", premium);
    s.hint = WORD_REASON + REASON_TOO_FAST;
    show_call("call-tone-refused", DIAL_STATE_ACTIVE, ORIGIN_USER, "+499005123456", premium);
    s.hint = WORD_NONE;
    s.call.has_tones = false;
    show_call("call-incoming", DIAL_STATE_INCOMING, ORIGIN_NETWORK, "+493012345678",
              (struct tariff){ 0 });
    show_call("call-emergency", DIAL_STATE_ACTIVE, ORIGIN_USER, "112", emergency);
}

static void show_incoming(void)
{
    struct tariff none = { 0 }, fixed = { TARIFF_FIXED, 0, PRICE_NONE };

    s.no.state = CONFIRM_SETTLING;
    show_call("call-incoming-outline", DIAL_STATE_INCOMING, ORIGIN_NETWORK, "+493012345678", none);
    s.no.state = CONFIRM_ARMED;
    s.call.flags = CALL_FLAG_RESCUERS;
    s.hint = WORD_LIFT;
    show_call("call-incoming-rescuers", DIAL_STATE_INCOMING, ORIGIN_NETWORK, "", none);
    s.call.flags = 0;
    s.hint = WORD_NONE;
    show_call("call-answered", DIAL_STATE_ACTIVE, ORIGIN_NETWORK, "+493012345678", none);
    s.call.is_second_ringing = true;
    s.call.second =
        (struct subject){ .origin = ORIGIN_NETWORK, .number = number_of("+491711234567") };
    show_call("call-incoming-second", DIAL_STATE_ACTIVE, ORIGIN_USER, "03012345678", fixed);
    s.call.is_second_ringing = false;
}

static void show_trying(void)
{
    struct tariff emergency = { TARIFF_EMERGENCY, 0, PRICE_NONE };

    s.call.flags = CALL_FLAG_DIFFERS;
    s.call.tries = 3;
    s.call.is_second_ringing = true;
    show_call("call-emergency-trying", DIAL_STATE_DIALLING, ORIGIN_USER, "112", emergency);
    s.call.is_second_ringing = false;
    s.call.flags = s.call.tries = 0;
}

static void show_home(void)
{
    s.view = VIEW_HOME;
    s.yes = YES_RESTART;
    confirm_clear(&s.confirm);
    s.home.log_count = 1042;
    s.home.log_head[0] = 0x3fa912bc;
    s.home.log_head[1] = 0x77d00042;
    s.home.log_head[2] = 0xdeadbeef;
    s.home.log_head[3] = 0x0badcafe;
    save("home-empty");
    s.home.log_count = 1;
    save("home-one-entry");
    s.home.log_count = 1042;
    s.home.history_count = 3;
    s.home.history[0] =
        (struct history_entry){ number_of("09005123456"), ORIGIN_LEGACY, DIAL_OUTCOME_REFUSED };
    s.home.history[1] =
        (struct history_entry){ number_of("+493012345678"), ORIGIN_USER, DIAL_OUTCOME_ENDED };
    s.home.history[2] = (struct history_entry){ number_of("00881234567890123456"), ORIGIN_LEGACY,
                                                DIAL_OUTCOME_WITHDRAWN };
    s.home.is_legacy_blocked = true;
    save("home");
}

static void show_results(void)
{
    s.view = VIEW_RESULT;
    s.result.about = (struct subject){ .origin = ORIGIN_LEGACY,
                                       .tariff = { TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE },
                                       .gaps = 1 << 4 | 1 << 5 | 1 << 8,
                                       .number = number_of("09005123456") };
    s.result.word = WORD_NOT_CALLED;
    save("result");
    s.result.has_offer = true;
    save("result-offer");
    s.result.has_offer = false;
    s.result.word = WORD_CALL_ENDED;
    s.result.seconds = 161;
    save("result-ended");
    s.result.word = WORD_CALL_FAILED;
    s.result.seconds = 0;
    s.result.reason = REASON_NETWORK;
    save("result-failed");
    s.result.word = WORD_NOT_DONE;
    s.result.reason = REASON_CALL_UP;
    save("result-why-not");
    s.result.about = (struct subject){ 0 };
    s.result.reason = REASON_TOO_FAST;
    save("result-why-no-tone");
    s.view = VIEW_CARDS;
    for (s.card = 0; s.card < CARDS; s.card++) {
        char name[16];

        snprintf(name, sizeof name, "card-%u", s.card + 1);
        save(name);
    }
}

static void show_legacy(void)
{
    for (uint32_t i = 0; i < 480 * 752; i++) {
        legacy[i] = (i / 480 / 16 + i % 480 / 16) % 2 ? 0x203040 : 0x182838;
    }
    s.view = VIEW_LEGACY;
    save("legacy");
    s.call.state = DIAL_STATE_ACTIVE;
    save("legacy-call");
    s.call.state = DIAL_STATE_NONE;
    s.call.started_us = 0;
}

static void show_stopped(void)
{
    s.view = VIEW_STOPPED;
    s.home.is_legacy_off = true;
    s.home.legacy_state = LEGACY_STOPPED;
    save("stopped");
    s.home.legacy_state = LEGACY_RESTARTING;
    save("stopped-restarting");
}

/* "name": [x, y, width, height] in panel pixels, for whoever has to press something. */
static void save_places(void)
{
    static const struct {
        const char *name;
        enum box box;
    } places[] = {
        { "bar", BOX_BAR },
        { "bar_right", BOX_BAR_RIGHT },
        { "page", BOX_PAGE },
        { "number", BOX_NUMBER },
        { "confirm", BOX_CONFIRM },
        { "refuse", BOX_REFUSE },
        { "countdown", BOX_COUNTDOWN },
        { "hang_up", BOX_HANG_UP },
        { "tones", BOX_TONES },
        { "emergency_number", BOX_EMERGENCY_NUMBER },
        { "incoming_number", BOX_INCOMING_NUMBER },
        { "answer", BOX_ANSWER },
        { "decline", BOX_DECLINE },
        { "block_offer", BOX_OFFER },
        { "close", BOX_CLOSE },
        { "key_1", BOX_PAD_KEY + 0 },
        { "key_2", BOX_PAD_KEY + 1 },
        { "key_3", BOX_PAD_KEY + 2 },
        { "key_4", BOX_PAD_KEY + 3 },
        { "key_5", BOX_PAD_KEY + 4 },
        { "key_6", BOX_PAD_KEY + 5 },
        { "key_7", BOX_PAD_KEY + 6 },
        { "key_8", BOX_PAD_KEY + 7 },
        { "key_9", BOX_PAD_KEY + 8 },
        { "key_star", BOX_PAD_KEY + 9 },
        { "key_0", BOX_PAD_KEY + 10 },
        { "key_hash", BOX_PAD_KEY + 11 },
        { "pad_number", BOX_PAD_NUMBER },
        { "pad_band", BOX_PAD_BAND },
        { "pad_home", BOX_PAD_HOME },
        { "pad_call", BOX_PAD_CALL },
        { "pad_erase", BOX_PAD_ERASE },
        { "start", BOX_STOPPED_START },
        { "home_keypad", BOX_HOME_KEYPAD },
        { "home_restart", BOX_HOME_RESTART },
        { "home_block", BOX_HOME_BLOCK },
        { "home_cards", BOX_HOME_CARDS },
        { "home_practise", BOX_HOME_PRACTISE },
        { "home_back", BOX_HOME_BACK },
        { "home_log", BOX_HOME_LOG },
        { "home_head", BOX_HOME_HEAD },
        { "card_next", BOX_CARD_NEXT },
        { "card_skip", BOX_CARD_SKIP },
    };
    char path[1024];
    FILE *out;

    snprintf(path, sizeof path, "%s/places.json", folder);
    out = fopen(path, "w");
    if (out == NULL) {
        perror(path);
        exit(1);
    }
    fprintf(out, "{\n  \"panel\": [0, 0, %d, %d]", layout[BOX_PANEL].width,
            layout[BOX_PANEL].height);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct rect r = layout[places[i].box];

        fprintf(out, ",\n  \"%s\": [%d, %d, %d, %d]", places[i].name, r.x, r.y, r.width, r.height);
    }
    fprintf(out, "\n}\n");
    fclose(out);
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: screens FOLDER\n");
        return 2;
    }
    folder = argv[1];
    s.panel = (struct surface){
        .pixels = pixels, .stride = 480, .bounds = layout[BOX_PANEL], .clip = layout[BOX_PANEL]
    };
    s.legacy_pixels = legacy;
    strcpy(s.legacy_label, "LINUX");
    s.now_us = 3600000000;
    s.no.state = CONFIRM_ARMED;
    show_prompts();
    s.hint = WORD_LIFT;
    show_prompt("prompt-early", PROMPT_CALL, "09005123456", 1 << 4 | 1 << 5 | 1 << 8,
                (struct tariff){ TARIFF_PREMIUM_0900, 199, PRICE_PER_MINUTE }, CONFIRM_SETTLING);
    s.hint = WORD_NONE;
    show_keypad("keypad-empty", "", (struct tariff){ 0 }, YES_DIAL_LATER);
    show_keypad("keypad", "03012345678", (struct tariff){ TARIFF_FIXED, 0, PRICE_NONE }, YES_DIAL);
    show_keypad("keypad-112", "112", (struct tariff){ TARIFF_EMERGENCY, 0, PRICE_NONE }, YES_DIAL);
    show_keypad("keypad-premium", "+499009123456",
                (struct tariff){ TARIFF_PREMIUM_0900, 300, PRICE_UP_TO_PER_MINUTE }, YES_DIAL_HOLD);
    s.hint = WORD_REASON + REASON_CALL_UP;
    show_keypad("keypad-refused", "03012345678", (struct tariff){ TARIFF_FIXED, 0, PRICE_NONE },
                YES_DIAL_LATER);
    s.hint = WORD_NONE;
    s.keypad.notes = NOTE_NUMBER_HIDDEN;
    show_keypad("keypad-hidden", "#31#03012345678", (struct tariff){ TARIFF_FIXED, 0, PRICE_NONE },
                YES_DIAL);
    s.keypad.notes = 0;
    show_calls();
    show_incoming();
    show_trying();
    s.call.about = (struct subject){ 0 };
    s.call.state = DIAL_STATE_NONE;
    s.call.started_us = 0;
    show_results();
    show_home();
    show_legacy();
    show_stopped();
    save_places();
    return 0;
}
