/* SPDX-License-Identifier: BSD-2-Clause */
/* The simulated modem as the driver's peer in host tests. */
#include "sim_peer.h"

#include "sim.h"

#include <string.h>

static struct sim sim;
static struct line_end end;
static struct wire_log_region wire_log;

void sim_peer_start(struct modem_line *line, uint64_t now_us)
{
    memset(&wire_log, 0, sizeof wire_log);
    line_open(&end, &line->to_modem, &line->from_modem);
    sim_start(&sim, &carrier_default, &wire_log, now_us);
}

void sim_peer_turn(uint64_t now_us)
{
    uint8_t bytes[LINE_RING_BYTES];

    sim_receive(&sim, now_us, bytes, line_read(&end, bytes, sizeof bytes));
    sim_advance(&sim, now_us);
    sim_output_drop(&sim, line_write(&end, sim.output, sim.output_length));
}

uint64_t sim_peer_deadline(void)
{
    return sim_deadline(&sim);
}

void sim_peer_incoming(uint64_t at_us, const char *number)
{
    sim_schedule_incoming(&sim, at_us, number);
}

const char *sim_peer_wire_log(void)
{
    return wire_log.text;
}

unsigned sim_peer_count(const char *text)
{
    unsigned count = 0;

    for (const char *at = strstr(wire_log.text, text); at != NULL; at = strstr(at + 1, text)) {
        count++;
    }
    return count;
}
