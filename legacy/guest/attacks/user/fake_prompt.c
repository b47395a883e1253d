/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Paints the best copy of Robin's trusted screen that Linux can: trust bar, number, cost
 * band and buttons, at the places where the real ones are below the real bar. Each tap is
 * logged on the console: what the person gave away to the forger.
 *     fake-prompt [NUMBER [SECONDS]]      0 = until killed
 */
#include "screen.h"
#include "touch.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    BAR = 48,
    BLUE = 0x003a70,
    WHITE = 0xffffff,
    BLACK = 0x111111,
    BAND = 0xffb000,
    CONFIRM = 0x005a9c,
    GREY = 0x595959
};

struct prompt_layout {
    struct rect confirm, refuse;
};

static void draw_shield(const struct canvas *c, int x, int y)
{
    canvas_fill(c, (struct rect){ x, y, 22, 14 }, WHITE);
    for (int row = 0; row < 12; row++) {
        canvas_fill(c, (struct rect){ x + row, y + 14 + row, 22 - 2 * row, 1 }, WHITE);
    }
}

static void draw_bar(const struct canvas *c)
{
    canvas_fill(c, (struct rect){ 0, 0, c->width, BAR }, BLUE);
    draw_shield(c, 14, 11);
    canvas_text(c, 48, 9, FONT_TEXT, WHITE, "ROBIN · trusted");
    canvas_frame(c, (struct rect){ 0, 0, c->width, c->height }, 6, BLUE);
}

/* "09005123456" as "0900 5 123 456": service code, tariff digit, rest in threes. */
static void draw_number(const struct canvas *c, const char *number)
{
    int x = 24, y = 128;
    for (size_t i = 0; number[i] != 0; i++) {
        char digit[2] = { number[i], 0 };
        x += i == 4 || (i > 4 && i % 3 == 2) ? 16 : 0;
        if (x > c->width - 60) {
            x = 24;
            y += 68;
        }
        x = canvas_text(c, x, y, FONT_NUMBER, BLACK, digit);
    }
}

static void draw_prompt(const struct canvas *c, const char *number, const struct prompt_layout *l)
{
    char digits[32];
    (void)snprintf(digits, sizeof digits, "%zu digits", strlen(number));
    canvas_fill(c, (struct rect){ 0, 0, c->width, c->height }, WHITE);
    canvas_text(c, 24, 76, FONT_BOLD, BLACK, "Linux wants to call");
    draw_number(c, number);
    canvas_text(c, 24, 270, FONT_TEXT, GREY, digits);
    canvas_fill(c, (struct rect){ 6, 310, c->width - 12, 104 }, BAND);
    canvas_text(c, 24, 318, FONT_BOLD, BLACK, "0900 premium service");
    canvas_text(c, 24, 360, FONT_PRICE, BLACK, "1.99 € per minute");
    canvas_round(c, l->confirm, 12, CONFIRM);
    canvas_text_centred(c, l->confirm, FONT_BOLD, WHITE, "Hold to call  1.99 €/min");
    canvas_frame(c, l->refuse, 3, BLACK);
    canvas_text_centred(c, l->refuse, FONT_BOLD, BLACK, "Don't call");
    draw_bar(c);
}

static const char *place_name(const struct prompt_layout *l, int x, int y)
{
    struct rect places[] = { l->confirm, l->refuse };
    static const char *const names[] = { "confirm", "refuse" };
    for (int i = 0; i < 2; i++) {
        struct rect r = places[i];
        if (x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height) {
            return names[i];
        }
    }
    return y < BAR ? "bar" : "page";
}

static void report(const struct touch_event *e, const struct prompt_layout *l)
{
    if (e->kind == TOUCH_DOWN || e->kind == TOUCH_UP) {
        printf("ROBIN-GUEST: fake-prompt touch %s at %d,%d on %s\n",
               e->kind == TOUCH_DOWN ? "down" : "up", e->x, e->y, place_name(l, e->x, e->y));
        fflush(stdout);
    } else if (e->kind == TOUCH_KEY) {
        printf("ROBIN-GUEST: fake-prompt key %d\n", e->key);
        fflush(stdout);
    }
}

/* The phone's own screen program stops drawing while the forgery is up. */
static void signal_phone_ui(int signal_number)
{
    int pid = 0;
    FILE *file = fopen("/run/phone-ui.pid", "r");
    if (file != NULL && fscanf(file, "%d", &pid) == 1 && pid > 1) {
        kill(pid, signal_number);
    }
    if (file != NULL) {
        fclose(file);
    }
}

static void watch(struct touch *touch, const struct prompt_layout *layout, int seconds)
{
    struct pollfd set[TOUCH_DEVICES];
    time_t end = time(NULL) + seconds;
    while (seconds == 0 || time(NULL) < end) {
        int count = touch_poll_set(touch, set);
        (void)poll(set, (nfds_t)count, 250);
        for (struct touch_event e = touch_next(touch); e.kind != TOUCH_NONE;
             e = touch_next(touch)) {
            report(&e, layout);
        }
    }
}

int main(int argc, char **argv)
{
    const char *number = argc > 1 ? argv[1] : "09005123456";
    int seconds = argc > 2 ? atoi(argv[2]) : 0;
    static struct screen screen;
    static struct touch touch;
    if (!screen_open(&screen)) {
        return 1;
    }
    int width = screen.canvas.width - 48;
    struct prompt_layout layout = { { 24, screen.canvas.height - 240, width, 96 },
                                    { 24, screen.canvas.height - 120, width, 80 } };
    signal_phone_ui(SIGSTOP);
    touch_open(&touch, screen.canvas.width, screen.canvas.height);
    draw_prompt(&screen.canvas, number, &layout);
    screen_show(&screen);
    printf("ROBIN-GUEST: fake-prompt shown %s\n", number);
    fflush(stdout);
    watch(&touch, &layout, seconds);
    signal_phone_ui(SIGCONT);
    return 0;
}
