# SPDX-License-Identifier: BSD-2-Clause
"""How far the phone has come: what limits count. An emulated phone's counter runs with the host's clock, however little
of a busy computer the phone gets, so a limit in that clock would fail a slow computer in the phone's place. Work counts
as the processor time it took (or, under icount, its instructions), rest as the time it lasted. The host's clock alone
is only a guard against a phone that does nothing at all."""

import dataclasses
import os
import time

GUARD_SECONDS, LEAST_SECONDS = 600.0, 0.5   # in so much of the host's time the phone must come at least so far


class Standstill(Exception):
    """The phone did nothing at all."""


@dataclasses.dataclass(frozen=True)
class Sample:
    running: float    # seconds for which the phone was not paused, by the host's clock
    work: float       # seconds of work ever done
    is_idle: bool     # it waits for an interrupt


class Progress:
    def __init__(self, sample, clock=time.monotonic):
        """`sample()` takes a Sample; every question takes one."""
        self._sample, self._clock = sample, clock
        self._last, self._seconds = sample(), 0.0
        self._mark = clock(), 0.0

    def seconds(self):
        """Never more than the phone's own clock; the finer the more often it is asked."""
        now, last = self._sample(), self._last
        worked = max(0.0, now.work - last.work)
        passed = max(0.0, now.running - last.running)
        self._seconds += max(worked, passed) if now.is_idle else worked
        self._last = now
        self._guard()
        return self._seconds

    def _guard(self):
        since, reached = self._mark
        if self._seconds - reached >= LEAST_SECONDS:
            self._mark = self._clock(), self._seconds
        elif self._clock() - since > GUARD_SECONDS:
            raise Standstill(f"the phone did nothing for {GUARD_SECONDS:g} s of this computer's time")


def of_thread(process, thread):
    """(seconds of processor time that the thread ever got, whether it sleeps)."""
    with open(f"/proc/{process}/task/{thread}/stat", encoding="ascii") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK"), fields[0] == "S"
