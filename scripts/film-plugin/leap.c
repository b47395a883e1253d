/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A QEMU plugin that moves the phone's clock ahead, so that what the phone does a minute later need
 * not be waited for: -plugin leap.so,ask=FILE[,icount=1] FILE holds one i64. Whenever the phone
 * stops, its clock goes ahead by so many nanoseconds and FILE is set to zero. QEMU keeps the clock
 * in a field that is found by its value: of a phone that stands still it is the time itself, under
 * icount the time less the instructions. Where not just one field has that value nothing is moved,
 * and FILE keeps its number.
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "qemu.h"

EXPORT extern int qemu_plugin_version;
EXPORT int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv);

int qemu_plugin_version = PLUGIN_INTERFACE;

enum { STATE_WORDS = 12 }; /* of QEMU's struct TimersState */

static int ask = -1;
static bool is_icount;

static int64_t *clock_field(void)
{
    const int64_t wanted = qemu_clock_get_ns(CLOCK_OF_PHONE) - (is_icount ? icount_get_raw() : 0);
    int64_t *found = NULL;

    for (size_t i = 0; i < STATE_WORDS; i++) {
        if (timers_state[i] != wanted) {
            continue;
        }
        if (found != NULL) {
            return NULL;
        }
        found = &timers_state[i];
    }
    return found;
}

static void state_changed(void *unused, bool is_running, int state)
{
    const int64_t none = 0;
    int64_t wanted = 0, *field;

    (void)unused;
    (void)state;
    if (is_running || pread(ask, &wanted, sizeof wanted, 0) != sizeof wanted || wanted <= 0) {
        return;
    }
    field = clock_field();
    if (field != NULL && pwrite(ask, &none, sizeof none, 0) == sizeof none) {
        *field += wanted;
    }
}

int qemu_plugin_install(uint64_t id, const struct qemu_info *info, int argc, char **argv)
{
    (void)id;
    (void)info;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "ask=", 4) == 0) {
            ask = open(argv[i] + 4, O_RDWR | O_CLOEXEC);
        }
        is_icount |= strcmp(argv[i], "icount=1") == 0 || strcmp(argv[i], "icount=on") == 0;
    }
    if (ask < 0) {
        fprintf(stderr, "leap: wants a file that it can read and write\n");
        return -1;
    }
    return qemu_add_vm_change_state_handler(state_changed, NULL) != NULL ? 0 : -1;
}
