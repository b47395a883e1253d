/* SPDX-License-Identifier: BSD-2-Clause */
#include "fixture.h"
#include "pointer.h"

struct server s;
uint32_t panel[W * H] __attribute__((aligned(8))), legacy[W * (H - 48)] __attribute__((aligned(8)));
struct input_ring ring;
uint64_t now;
abi_word reply[16];

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
    if (s.damage != 0) {
        pointer_lift(&s);
        paint(&s);
        pointer_lay(&s);
        confirm_painted(&s.confirm, now);
    }
}

void boot_with_label(const char *label)
{
    s = (struct server){ .panel = { panel, W, { 0, 0, W, H }, { 0, 0, W, H } }, .legacy_pixels = legacy,
                         .route.ring = &ring };
    strncpy(s.legacy_label, label, LABEL_BYTES - 1);
    server_start(&s, now);
}

void boot(void)
{
    now = 100 * SECOND;
    memset(&ring, 0, sizeof ring);
    for (size_t i = 0; i < sizeof legacy / sizeof legacy[0]; i++)
        legacy[i] = 0x00abcdef;
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
    answer = server_handle(&s, (struct server_message){ badge, words, count }, reply);
    redraw();
    return answer;
}

static void input(uint32_t kind, uint32_t a, uint32_t b)
{
    assert_int_equal(send(DISPLAY_BADGE_INPUT, (abi_word[]){ DISPLAY_INPUT, kind, a, b }, 4), DISPLAY_OK);
}

void touch(int32_t x, int32_t y) { input(INPUT_TOUCH, (uint32_t)x, (uint32_t)y); }
void lift(void) { input(INPUT_TOUCH_UP, 0, 0); }
void press_key(uint32_t code) { input(INPUT_KEY, code, 1); }
void release_key(uint32_t code) { input(INPUT_KEY, code, 0); }

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

enum display_answer ask(struct request r)
{
    struct number n = number_of(r.number);
    abi_word w[PROMPT_WORDS] = { DISPLAY_PROMPT, r.epoch, 0, r.kind | r.hold << 8, r.origin, r.category,
                                 r.cents, r.unit, r.notes, r.groups, r.country };

    number_put(w + PROMPT_WORD_NUMBER, &n);
    return send(DISPLAY_BADGE_DIALLER, w, PROMPT_WORDS);
}

enum display_answer tell_call_of(uint32_t state, struct request r)
{
    struct number n = number_of(r.number);
    abi_word w[CALL_WORDS] = { DISPLAY_CALL, state, r.origin, r.category, r.cents, r.unit, r.groups,
                               (uint32_t)now, (uint32_t)(now >> 32), r.country };

    number_put(w + CALL_WORD_NUMBER, &n);
    return send(DISPLAY_BADGE_DIALLER, w, CALL_WORDS);
}

enum display_answer tell_call(uint32_t state, uint32_t origin, uint32_t category, const char *number)
{
    return tell_call_of(state, (struct request){ .origin = origin, .category = category, .cents = 199,
                                                 .unit = PRICE_PER_MINUTE, .number = number });
}

enum display_answer tell_price(uint32_t serial, uint32_t category, uint32_t cents, uint32_t unit)
{
    return send(DISPLAY_BADGE_DIALLER, (abi_word[]){ DISPLAY_PRICE, serial, category, cents, unit, 0, 0 }, 7);
}

struct event next_event(void)
{
    assert_int_equal(send(DISPLAY_BADGE_DIALLER, (abi_word[]){ DISPLAY_TAKE_EVENT }, 1), DISPLAY_OK);
    return (struct event){ (enum display_event)reply[1], (uint32_t)reply[2], number_take(reply + 3) };
}

bool has_decision(enum decision decision)
{
    bool is_it = s.is_decision_due && s.decision == decision;

    s.is_decision_due = false;
    return is_it;
}
