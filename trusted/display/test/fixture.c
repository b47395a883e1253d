/* SPDX-License-Identifier: BSD-2-Clause */
/* A display on the host whose picture tests can read. */
#include "fixture.h"
#include "pointer.h"

struct server s;
uint32_t panel[W * H] __attribute__((aligned(8))), legacy[W * (H - 48)] __attribute__((aligned(8)));
struct input_ring ring;
uint64_t now;

struct number number_of(const char *text)
{
    struct number n = { 0 };

    for (; *text != '\0'; text++) {
        const char *symbols = "0123456789*#+", *found = strchr(symbols, *text);

        n.packed[n.length / 8] |= (uint32_t)(found - symbols) << (4 * (n.length % 8));
        n.length++;
    }
    return n;
}

void redraw(void)
{
    if (s.damage == 0) {
        return;
    }
    while (s.damage != 0) {
        pointer_lift(&s);
        paint(&s);
        pointer_lay(&s);
    }
    server_painted(&s, now);
}

void boot_with_label(const char *label)
{
    s = (struct server){ .panel = { panel, W, { 0, 0, W, H }, { 0, 0, W, H } },
                         .legacy_pixels = legacy,
                         .route.ring = &ring };
    strncpy(s.legacy_label, label, LABEL_BYTES - 1);
    server_start(&s, now);
}

void boot(void)
{
    now = 100 * SECOND;
    shown_count = 0;
    memset(&ring, 0, sizeof ring);
    for (size_t i = 0; i < sizeof legacy / sizeof legacy[0]; i++) {
        legacy[i] = 0x00abcdef;
    }
    boot_with_label("LINUX");
    redraw();
}

void boot_to_legacy(void)
{
    boot();
    tap_box(BOX_CARD_SKIP);
    assert_int_equal(s.view, VIEW_LEGACY);
    run(SECOND);
}

void run(uint64_t us)
{
    uint64_t end = now + us;

    for (unsigned turns = 0; server_wake_us(&s) <= end; turns++) {
        assert_true(turns < 100000); /* the server asks for ever earlier deadlines */
        now = server_wake_us(&s) > now ? server_wake_us(&s) : now;
        server_tick(&s, now);
        redraw();
    }
    now = end;
    server_tick(&s, now);
    redraw();
}

enum display_answer send(uint32_t badge, const abi_word *words, uint32_t count)
{
    enum display_answer answer;

    server_tick(&s, now);
    answer = server_handle(&s, (struct server_message){ badge, words, count });
    redraw();
    return answer;
}

enum display_answer send_message(uint32_t badge, const void *message, uint32_t length)
{
    abi_word words[64];

    assert_in_range(length, 1, 64);
    message_put(words, message, length);
    return send(badge, words, length);
}

enum display_answer input(uint32_t kind, uint32_t a, uint32_t b)
{
    return SEND(DISPLAY_BADGE_INPUT, (struct input_report){ DISPLAY_INPUT, kind, a, b });
}

static void must_input(uint32_t kind, uint32_t a, uint32_t b)
{
    assert_int_equal(input(kind, a, b), DISPLAY_OK);
}

void touch(int32_t x, int32_t y)
{
    must_input(INPUT_TOUCH, (uint32_t)x, (uint32_t)y);
}
void lift(void)
{
    must_input(INPUT_TOUCH_UP, 0, 0);
}
void press_key(uint32_t code)
{
    must_input(INPUT_KEY, code, 1);
}
void release_key(uint32_t code)
{
    must_input(INPUT_KEY, code, 0);
}

void touch_box(enum box box)
{
    touch(layout[box].x + layout[box].width / 2, layout[box].y + layout[box].height / 2);
}

void tap_box(enum box box)
{
    touch_box(box);
    run(30 * MILLI);
    lift();
}

struct event shown;
unsigned shown_count;

void tap_no(enum box box)
{
    run(NO_ARM);
    tap_box(box);
}

static struct shown_number about_of(struct request r)
{
    return (struct shown_number){
        { r.category, r.cents, r.unit }, r.groups, r.country, number_of(r.number)
    };
}

enum display_answer ask(struct request r)
{
    return SEND(DISPLAY_BADGE_DIALLER, (struct prompt_request){ .operation = DISPLAY_PROMPT,
                                                                .epoch = wide_split(r.epoch),
                                                                .kind = r.kind,
                                                                .needs_hold = r.hold,
                                                                .origin = r.origin,
                                                                .notes = r.notes,
                                                                .about = about_of(r) });
}

enum display_answer cancel_prompt(uint64_t epoch)
{
    return SEND(DISPLAY_BADGE_DIALLER,
                (struct prompt_cancel){ DISPLAY_CANCEL_PROMPT, wide_split(epoch) });
}

enum display_answer tell_call_of(uint32_t state, struct request r)
{
    return SEND(DISPLAY_BADGE_DIALLER,
                (struct call_view){ .operation = DISPLAY_CALL,
                                    .state = state,
                                    .origin = r.origin,
                                    .started_us = wide_split(now),
                                    .about = about_of(r),
                                    .flags = r.flags,
                                    .tries = r.tries,
                                    .is_waiting = r.second != NULL,
                                    .waiting = r.second != NULL ? number_of(r.second)
                                                                : (struct number){ 0 } });
}

enum display_answer tell_outcome(uint32_t origin, uint32_t outcome, const char *number)
{
    return SEND(DISPLAY_BADGE_DIALLER, (struct outcome_view){ .operation = DISPLAY_OUTCOME,
                                                              .origin = origin,
                                                              .outcome = outcome,
                                                              .about.number = number_of(number) });
}

enum display_answer tell_legacy(uint32_t state)
{
    return SEND(DISPLAY_BADGE_ROOT, (struct legacy_view){ DISPLAY_LEGACY_STATE, state });
}

enum display_answer tell_refusal(uint32_t serial, uint32_t reason)
{
    return SEND(DISPLAY_BADGE_DIALLER, (struct refusal_view){ DISPLAY_REFUSAL, serial, reason });
}

enum display_answer tell_call(uint32_t state, uint32_t origin, uint32_t category,
                              const char *number)
{
    return tell_call_of(state, (struct request){ .origin = origin,
                                                 .category = category,
                                                 .cents = 199,
                                                 .unit = PRICE_PER_MINUTE,
                                                 .number = number });
}

enum display_answer tell_price_in(uint32_t serial, struct tariff tariff, uint32_t country)
{
    return SEND(DISPLAY_BADGE_DIALLER,
                (struct price_view){ .operation = DISPLAY_PRICE,
                                     .serial = serial,
                                     .about = { .tariff = tariff, .country = country } });
}

enum display_answer tell_price(uint32_t serial, uint32_t category, uint32_t cents, uint32_t unit)
{
    return tell_price_in(serial, (struct tariff){ category, cents, unit }, 0);
}

struct event next_event(void)
{
    for (;;) {
        struct event_notice e;

        assert_int_equal(send(DISPLAY_BADGE_DIALLER, (abi_word[]){ DISPLAY_TAKE_EVENT }, 1),
                         DISPLAY_OK);
        e = outbox_take(&s.outbox);
        if (e.event != EVENT_SHOWN) {
            return (struct event){ (enum display_event)e.event, e.value, e.number };
        }
        shown = (struct event){ EVENT_SHOWN, e.value, e.number };
        shown_count++;
    }
}

bool has_decision(enum decision decision)
{
    bool is_it = s.outbox.is_decision_due && s.outbox.decision == decision;

    s.outbox.is_decision_due = false;
    return is_it;
}
