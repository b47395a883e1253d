/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Floods the modem line with dial requests at a steady rate and counts the answers.
 *     flood-line NUMBER RATE SECONDS
 */
#include "modem_tty.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct tally {
    unsigned sent, ok, error, no_carrier;
    char line[64];
    size_t length;
};

static int64_t now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void count_line(struct tally *t)
{
    t->line[t->length] = 0;
    if (strcmp(t->line, "OK") == 0) {
        t->ok++;
    } else if (strcmp(t->line, "ERROR") == 0 || strncmp(t->line, "+CME ERROR", 10) == 0) {
        t->error++;
    } else if (strcmp(t->line, "NO CARRIER") == 0) {
        t->no_carrier++;
    }
    t->length = 0;
}

static void take_answers(int tty, struct tally *t)
{
    char buffer[256];
    ssize_t got;
    while ((got = read(tty, buffer, sizeof buffer)) > 0) {
        for (ssize_t i = 0; i < got; i++) {
            if (buffer[i] == '\r' || buffer[i] == '\n') {
                count_line(t);
            } else if (t->length < sizeof t->line - 1) {
                t->line[t->length++] = buffer[i];
            }
        }
    }
}

static void wait_until(int tty, struct tally *t, int64_t when)
{
    for (;;) {
        take_answers(tty, t);
        int64_t left = when - now_us();
        if (left <= 0) {
            return;
        }
        usleep(left > 500 ? 500 : (useconds_t)left);
    }
}

int main(int argc, char **argv)
{
    struct tally t = { 0 };
    char line[128];
    int tty = argc == 4 ? modem_tty_open() : -1;
    if (tty < 0) {
        fprintf(stderr, "usage: flood-line NUMBER RATE SECONDS\n");
        return 2;
    }
    unsigned rate = (unsigned)atoi(argv[2]);
    unsigned total = rate * (unsigned)atoi(argv[3]);
    (void)snprintf(line, sizeof line, "ATD%s;\r", argv[1]);
    int64_t start = now_us();
    for (t.sent = 0; t.sent < total; t.sent++) {
        wait_until(tty, &t, start + (int64_t)t.sent * 1000000 / (rate == 0 ? 1 : rate));
        if (!modem_tty_send(tty, line)) {
            break;
        }
    }
    int64_t end = now_us();
    wait_until(tty, &t, end + 1000000);
    printf("ROBIN-GUEST: flood sent %u in %lld ms, answered %u: OK %u ERROR %u, NO CARRIER %u\n",
           t.sent, (long long)(end - start) / 1000, t.ok + t.error, t.ok, t.error, t.no_carrier);
    return 0;
}
