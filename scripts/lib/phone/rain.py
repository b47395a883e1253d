# SPDX-License-Identifier: BSD-2-Clause
"""Taps at a steady beat. A process of their own lets them fall: the harness may be busy with another phone's film for
a third of a second, which is as long as a button's quiet. Run as a module it reads what to do as JSON and answers so."""

import json
import pathlib
import subprocess
import sys
import time

from lib.phone.qmp import Qmp

SCRIPTS = pathlib.Path(__file__).resolve().parents[2]
GUARD_SECONDS = 60.0


def fall(monitor, down, up, count, half):
    """The times, by the clock of this machine, at which each report of `down` and `up` was taken, in turns: `half`
    seconds apart. A report is a list of events."""
    asked = json.dumps({"down": down, "up": up, "count": count, "half": half})
    ended = subprocess.run([sys.executable, "-m", "lib.phone.rain", str(monitor)], cwd=SCRIPTS, input=asked, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False,
                           timeout=2 * count * half + GUARD_SECONDS)
    return json.loads(ended.stdout) if ended.returncode == 0 else []


def longest_pause(times):
    return max((later - earlier for earlier, later in zip(times, times[1:])), default=0.0)


def main():
    asked, qmp, times = json.load(sys.stdin), Qmp(sys.argv[1], alive=lambda: False), []
    due = time.monotonic()
    for turn in range(2 * asked["count"]):
        time.sleep(max(0.0, due - time.monotonic()))
        for events in asked["up" if turn % 2 else "down"]:
            qmp.call("input-send-event", events=events)
        times.append(time.monotonic())
        due = max(due + asked["half"], times[-1] + asked["half"] / 2)
    json.dump(times, sys.stdout)


if __name__ == "__main__":
    main()
