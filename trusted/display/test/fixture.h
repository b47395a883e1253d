/* SPDX-License-Identifier: BSD-2-Clause */
/* A display server on the host: a panel in memory, and a clock that the test moves. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "paint.h"

enum { NO_ARM = CONFIRM_FRAMES_US + CONFIRM_QUIET_SHORT_US };
enum { W = 480, H = 800, SECOND = 1000000, MILLI = 1000 };

extern struct server s;
extern uint32_t panel[W * H], legacy[W * (H - 48)];
extern struct input_ring ring;
extern uint64_t now;

struct number number_of(const char *text);

void boot_with_label(const char *label);
void boot(void); /* cards are up */
void boot_to_legacy(void);
void run(uint64_t us); /* time passes; the shell's loop runs whenever the server wants it */
void redraw(void);     /* what the shell does after each message */

void touch(int32_t x, int32_t y);
void lift(void);
void touch_box(enum box box); /* down in the middle of it */
void tap_box(enum box box);
void tap_no(enum box box); /* after as long as a button wants that costs nothing */
void press_key(uint32_t code);
void release_key(uint32_t code);

enum display_answer send(uint32_t badge, const abi_word *words, uint32_t count);
/* A message of protocol/display.h. */
#define SEND(badge, ...) send_message(badge, &(__VA_ARGS__), MESSAGE_LENGTH(__VA_ARGS__))
enum display_answer send_message(uint32_t badge, const void *message, uint32_t length);
enum display_answer tell_outcome(uint32_t origin, uint32_t outcome, const char *number);
enum display_answer tell_legacy(uint32_t state);
enum display_answer tell_refusal(uint32_t serial, uint32_t reason);
enum display_answer cancel_prompt(uint64_t epoch);
enum display_answer input(uint32_t kind, uint32_t a, uint32_t b);

struct request {
    uint32_t kind, hold, category, cents, unit, groups, notes, epoch, origin, country;
    uint32_t flags, tries;       /* of a call */
    const char *number, *second; /* second: of a call that rings beside it; NULL: none */
};
enum display_answer ask(struct request r);
enum display_answer tell_call_of(uint32_t state, struct request r);
enum display_answer tell_call(uint32_t state, uint32_t origin, uint32_t category,
                              const char *number);
enum display_answer tell_price_in(uint32_t serial, struct tariff tariff, uint32_t country);
enum display_answer tell_price(uint32_t serial, uint32_t category, uint32_t cents, uint32_t unit);
/* The prompt's EVENT_SHOWN are only counted, and the last one kept. */
struct event next_event(void);
extern struct event shown;
extern unsigned shown_count;
bool has_decision(enum decision decision); /* one is due and it is this; takes it */

#define PREMIUM .category = TARIFF_PREMIUM_0900, .cents = 199, .unit = PRICE_PER_MINUTE, .hold = 1
#define FROM_LINUX .origin = ORIGIN_LEGACY, .epoch = 7
#define PREMIUM_CALL \
    (struct request){ .kind = PROMPT_CALL, PREMIUM, FROM_LINUX, .number = "09005123456" }
#define PLAIN_CALL                                                                         \
    (struct request){                                                                      \
        .kind = PROMPT_CALL, .category = TARIFF_FIXED, FROM_LINUX, .number = "03012345678" \
    }
#define EMERGENCY                                                                           \
    (struct request){                                                                       \
        .kind = PROMPT_EMERGENCY, .category = TARIFF_EMERGENCY, FROM_LINUX, .number = "112" \
    }
