/* SPDX-License-Identifier: BSD-2-Clause */
/* modem-sim as a component: it stands where a phone has its modem. */
#include "line_ring.h"
#include "manifest.h"
#include "runtime/clock.h"
#include "runtime/component.h"
#include "runtime/syscall.h"
#include "sim.h"

enum { SIGNAL_LINE = 1, SIGNAL_TIMER = 2 };

static struct sim sim;
static struct line_end line;

/* Never 0, which is SIM_NEVER. */
static uint64_t now_us(void)
{
    return clock_us() + 1;
}

static bool read_line(void)
{
    uint8_t bytes[LINE_RING_BYTES];
    size_t count = line_read(&line, bytes, sizeof bytes);

    sim_receive(&sim, now_us(), bytes, count);
    return count > LINE_RING_BYTES - LINE_WHOLE_MAX; /* a writer may wait for room */
}

static void write_line(bool tell)
{
    size_t count = line_write(&line, sim.output, sim.output_length);

    sim_output_drop(&sim, count);
    if (count > 0 || tell) {
        (void)sys_signal(CAP_LINE_SIGNAL);
    }
}

static void set_timer(void)
{
    uint64_t deadline = sim_deadline(&sim);
    uint64_t now = now_us();

    if (deadline != SIM_NEVER) {
        (void)sys_timer_set(CAP_TIMER, clock_deadline(deadline > now ? deadline - now : 0));
    }
}

static void turn(abi_word bits)
{
    bool tell = (bits & SIGNAL_LINE) != 0 && read_line();

    sim_advance(&sim, now_us());
    write_line(tell);
    set_timer();
}

void component_main(unsigned thread)
{
    struct modem_line *page = (struct modem_line *)MEM_LINE_VA;
    abi_word bits = SIGNAL_LINE;

    (void)thread;
    line_open(&line, &page->to_modem, &page->from_modem);
    sim_start(&sim, &carrier_default, (struct wire_log_region *)MEM_WIRE_LOG_VA, now_us());
    for (;;) {
        turn(bits);
        (void)sys_wait(CAP_NOTIFICATION, &bits);
    }
}
