/* SPDX-License-Identifier: BSD-2-Clause */
/* The modem component's shell: the line, the timer and the dialler's requests, around the driver.
 */
#include "line_ring.h"
#include "manifest.h"
#include "modem_driver.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/ipc.h"
#include "runtime/syscall.h"

enum { SIGNAL_LINE = 1, SIGNAL_TIMER = 2 };

_Static_assert((int)AT_COMMAND_BYTES <= (int)LINE_WHOLE_MAX,
               "the modem tells when there is room for a command again");

static struct modem_driver driver;
static struct line_end line;

/* Not more than a ring full each time: a babbling modem must not keep the dialler waiting. A full
 * ring's writer is told that there is room again. */
static bool read_line(void)
{
    uint8_t bytes[LINE_RING_BYTES];
    size_t count = line_read(&line, bytes, sizeof bytes);

    modem_driver_receive(&driver, clock_us(), bytes, (uint32_t)count);
    return count == sizeof bytes;
}

static void settle(bool tell_line)
{
    uint64_t deadline, now = clock_us();

    if (driver.output.length > 0 || tell_line) {
        if (line_write_whole(&line, driver.output.bytes, driver.output.length) > 0) {
            modem_driver_output_taken(&driver);
        }
        (void)sys_signal(CAP_LINE_SIGNAL);
    }
    deadline = modem_driver_deadline(&driver);
    if (deadline != MODEM_NEVER) {
        (void)sys_timer_set(CAP_TIMER, clock_deadline(deadline > now ? deadline - now : 0));
    }
    if (driver.event_count > 0) {
        (void)sys_signal(CAP_DIALLER_SIGNAL);
    }
}

static void take_event(struct ipc_message *m)
{
    struct modem_notice notice = { .answer = MODEM_OK, .event = MODEM_EVENT_NONE };

    (void)modem_driver_take_event(&driver, &notice);
    *m = (struct ipc_message){ .length = MESSAGE_LENGTH(notice) };
    message_put(m->word, &notice, m->length);
}

static void on_message(struct ipc_message *m)
{
    enum modem_answer answer = MODEM_INVALID;
    struct modem_request r;

    if (m->badge != MODEM_BADGE_DIALLER) {
        *m = (struct ipc_message){ .length = 1, .word = { answer } };
        return;
    }
    if (message_head(m->word, m->length) == MODEM_TAKE_EVENT) {
        take_event(m);
        return;
    }
    if (modem_request_take(&r, m->word, m->length)) {
        answer = modem_driver_request(&driver, clock_us(), &r);
    }
    *m = (struct ipc_message){ .length = 1, .word = { answer } };
    settle(false);
}

static void on_signals(abi_word bits)
{
    bool tell_line = (bits & SIGNAL_LINE) != 0 && read_line();

    if (bits & SIGNAL_TIMER) {
        modem_driver_advance(&driver, clock_us());
    }
    settle(tell_line);
}

void component_main(unsigned thread)
{
    struct modem_line *page = (struct modem_line *)MEM_LINE_VA;
    struct ipc_message m = { 0 };
    bool is_asked = false;

    (void)thread;
    line_open(&line, &page->from_modem, &page->to_modem);
    modem_driver_start(&driver, clock_us());
    settle(false);
    for (;;) {
        is_asked = ipc_serve(CAP_ENDPOINT, CAP_REPLY, is_asked, &m);
        if (is_asked) {
            on_message(&m);
        } else {
            on_signals(m.signal_bits);
        }
    }
}
