/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * phone-call: the same calls through oFono as the touch screen makes, from a shell.
 * Exit 0: done. 1: oFono refused, or the wait ran out. 2: wrong use.
 */
#include "telephony.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* A request's answer is waited for, so that the exit status tells it. */
static int outcome(struct telephony *t, bool is_sent)
{
    while (is_sent && t->request != NULL) {
        telephony_poll(t, 100);
    }
    if (!is_sent || t->error[0] != 0) {
        fprintf(stderr, "phone-call: %s\n", t->error[0] == 0 ? "could not ask oFono" : t->error);
        return 1;
    }
    return 0;
}

typedef bool is_reached(const struct telephony *t, const char *argument);

static int wait_until(struct telephony *t, is_reached *reached, const char *argument,
                      const char *seconds)
{
    int64_t end = now_ms() + 1000 * (int64_t)atoi(seconds);
    telephony_refresh(t);
    while (!reached(t, argument)) {
        if (now_ms() >= end) {
            return 1;
        }
        telephony_poll(t, 50);
    }
    return 0;
}

static bool is_modem_there(const struct telephony *t, const char *unused)
{
    (void)unused;
    return t->modem[0] != 0;
}

static bool is_modem_online(const struct telephony *t, const char *unused)
{
    (void)unused;
    return t->is_online && t->has_calls;
}

static bool is_call_in(const struct telephony *t, const char *state)
{
    return strcmp(call_state_name(t->state), state) == 0;
}

static int go_online(struct telephony *t, const char *seconds)
{
    if (wait_until(t, is_modem_there, NULL, seconds) != 0) {
        return 1;
    }
    if (outcome(t, telephony_set_modem(t, "Powered", true)) != 0 ||
        outcome(t, telephony_set_modem(t, "Online", true)) != 0) {
        return 1;
    }
    return wait_until(t, is_modem_online, NULL, seconds);
}

static int print_state(struct telephony *t)
{
    telephony_refresh(t);
    printf("modem %s online %d call %s number %s\n", t->modem[0] == 0 ? "none" : t->modem,
           t->is_online ? 1 : 0, call_state_name(t->state),
           t->state == CALL_NONE ? "-" : t->number);
    return 0;
}

static int usage(void)
{
    fprintf(stderr,
            "usage: phone-call dial NUMBER [enabled|disabled] | hangup | answer | tones DIGITS |\n"
            "       code MMI | state | wait STATE SECONDS | online SECONDS\n"
            "  dial's second argument: hide (enabled) or show (disabled) the own number\n");
    return 2;
}

static int run(struct telephony *t, const char *verb, const char *first, const char *second)
{
    telephony_refresh(t);
    if (strcmp(verb, "dial") == 0 && first != NULL) {
        return outcome(t, telephony_dial(t, first, second == NULL ? "" : second));
    }
    if (strcmp(verb, "hangup") == 0) {
        return outcome(t, telephony_hang_up(t));
    }
    if (strcmp(verb, "answer") == 0) {
        return outcome(t, telephony_answer(t));
    }
    if (strcmp(verb, "tones") == 0 && first != NULL) {
        return outcome(t, telephony_tones(t, first));
    }
    if (strcmp(verb, "code") == 0 && first != NULL) {
        return outcome(t, telephony_service_code(t, first));
    }
    if (strcmp(verb, "state") == 0) {
        return print_state(t);
    }
    if (strcmp(verb, "wait") == 0 && second != NULL) {
        return wait_until(t, is_call_in, first, second);
    }
    return strcmp(verb, "online") == 0 && first != NULL ? go_online(t, first) : usage();
}

int main(int argc, char **argv)
{
    struct telephony t;
    if (argc < 2 || argc > 4) {
        return usage();
    }
    if (!telephony_open(&t)) {
        fprintf(stderr, "phone-call: no D-Bus\n");
        return 1;
    }
    return run(&t, argv[1], argc > 2 ? argv[2] : NULL, argc > 3 ? argv[3] : NULL);
}
