/* SPDX-License-Identifier: BSD-2-Clause */
/* The virtual modem with the VMM's own way to the dialler; a program in the guest types. */
#include "joined.h"

#include <string.h>

#include "machine.h"
#include "runtime/syscall.h"
#include "vmodem.h"

#define SHOWN __attribute__((visibility("default")))

enum { OUTPUT_MAX = 65536 };

static struct vmodem modem;
static char output[OUTPUT_MAX], heard[OUTPUT_MAX];
static size_t length;

static void take(void *context, const char *bytes, uint32_t count)
{
    (void)context;
    for (uint32_t i = 0; i < count && length < OUTPUT_MAX - 1; i++) {
        output[length++] = bytes[i];
    }
}

static void show_carrier(void *context, bool is_on)
{
    (void)context;
    (void)is_on;
}

void machine_wake_at(uint64_t time_us)
{
    (void)sys_timer_set(JOINED_CAP(TASK_TEST, TEST_SIGNAL_TIME), time_us);
}

uint64_t machine_time_us(void)
{
    return joined_now_us();
}

SHOWN void joined_guest_start(void)
{
    modem = (struct vmodem){ .say = { .send = take }, .carrier = show_carrier };
    vmodem_reset(&modem);
    length = 0;
}

SHOWN void joined_guest_type(const char *text)
{
    for (; *text != '\0'; text++) {
        vmodem_receive(&modem, (uint8_t)*text);
    }
}

SHOWN const char *joined_guest_heard(void)
{
    memcpy(heard, output, length);
    heard[length] = '\0';
    length = 0;
    return heard;
}

SHOWN void joined_guest_signalled(void)
{
    vmodem_call_changed(&modem);
}

SHOWN void joined_guest_time(void)
{
    vmodem_time(&modem);
}
