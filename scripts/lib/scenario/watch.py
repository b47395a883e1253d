# SPDX-License-Identifier: BSD-2-Clause
"""The end of every run: the wire is watched until the modem has been idle for one and a half times the driver's longest
period. Nobody waits for that: the phone's clock is moved ahead in leaps (scripts/film-plugin/leap.c), and what comes due
in each is done before the next one."""

import time

from lib.witnesses import wirelog

LONGEST_SECONDS = 60.0    # the list of calls while there is none: list_period_us() in trusted/modem/modem_calls.c
IDLE_SECONDS, MOST_SECONDS = 1.5 * LONGEST_SECONDS, 4 * LONGEST_SECONDS
LEAP_SECONDS = 1.0        # less than any answer may take: what is under way is not lost
SETTLE_SECONDS, LAST_SECONDS = 0.02, 0.5
ROUTINE = ("RX AT+CLCC", "TX OK", "TX +CLCC")   # what the modem hears and says of an idle phone


def until_idle(machine):
    """Ends early only where a call or an attack goes on for longer than MOST_SECONDS."""
    let_pass(machine, LAST_SECONDS)
    if not machine.can_leap():
        return
    began = machine.phone_time()
    while machine.phone_time() < min(_last_word(machine) + IDLE_SECONDS, began + MOST_SECONDS):
        machine.leap(LEAP_SECONDS)
        let_pass(machine, SETTLE_SECONDS)
    let_pass(machine, LAST_SECONDS)


def _last_word(machine):
    """When the wire last carried more than routine."""
    try:
        lines = wirelog.parse(machine.read_region(machine.board.wire_log))
    except wirelog.WireLogError:   # the verdict says so, too
        return machine.phone_time()
    return max((line.time for line in lines if not f"{line.kind} {line.text}".startswith(ROUTINE)), default=0.0)


def let_pass(machine, seconds):
    """In the phone's time."""
    until = machine.time() + seconds
    while machine.time() < until:
        time.sleep(0.01)
