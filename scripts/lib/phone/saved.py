# SPDX-License-Identifier: BSD-2-Clause
"""How a phone begins: switched on, or in a state that was saved of one that had been.

A state is made anew by each process that uses it and ends with it: evidence rests on it, so it is never taken from a
cache. RAM lies in a file that has no name, so that nothing is left behind however the process ends; who saves maps it
shared and leaves it out of the stream, who loads maps it privately, and any number may do so at a time. What QEMU does
not save, scripts/film-plugin/restore.c puts right."""

import dataclasses
import os
import tempfile
import time

from lib.phone import plugins
from lib.phone.board import ROOT
from lib.phone.qmp import QmpError

POLL_SECONDS = 0.01


class PowerOn:
    """Nothing special."""

    elapsed = 0.0   # how long the phone has run before, in seconds

    def command(self, board):
        return board.command()

    def begin(self, qmp):
        """Called when QEMU is there and the phone has not run yet."""


class Recording(PowerOn):
    """Switched on, so that it can be saved later."""

    def __init__(self, board):
        folder = ROOT / "build" / board.name
        folder.mkdir(parents=True, exist_ok=True)
        self._ram, self._stream = tempfile.TemporaryFile(dir=folder), tempfile.TemporaryFile(dir=folder)

    def command(self, board):
        return _with_ram(board.command(), self._ram, "on")

    def save(self, qmp, elapsed):
        """Saves a phone that is paused and never runs again. Returns its Saved."""
        _leave_out_ram(qmp)
        qmp.call("migrate", uri=f"exec:cat > {_path(self._stream)}")
        while (status := qmp.call("query-migrate").get("status")) != "completed":
            if status == "failed":
                raise QmpError("QEMU could not save the phone's state")
            time.sleep(POLL_SECONDS)
        return Saved(self._ram, self._stream, elapsed)


@dataclasses.dataclass(frozen=True)
class Saved(PowerOn):
    ram: object
    stream: object
    elapsed: float

    def command(self, board):
        return _with_ram(board.command(), self.ram, "off") + [
            "-incoming", "defer", "-plugin", str(plugins.library("restore", board.machine)) + _panel(board)]

    def begin(self, qmp):
        _leave_out_ram(qmp)
        qmp.call("migrate-incoming", uri=f"exec:cat {_path(self.stream)}")
        while qmp.call("query-status")["status"] == "inmigrate":
            time.sleep(POLL_SECONDS)

    def close(self):
        self.ram.close()
        self.stream.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def _path(file):
    """A name for a file without one, as long as this process holds it."""
    return f"/proc/{os.getpid()}/fd/{file.fileno()}"


def _with_ram(words, file, share):
    words = list(words)
    words[words.index("-M") + 1] += ",memory-backend=ram"
    size = words[words.index("-m") + 1]
    return words + ["-object", f"memory-backend-file,id=ram,size={size},mem-path={_path(file)},share={share}"]


def _leave_out_ram(qmp):
    qmp.call("migrate-set-capabilities", capabilities=[{"capability": "x-ignore-shared", "state": True}])


def _panel(board):
    """ramfb forgets where the panel is; other panels are saved."""
    panel = board.facts["framebuffer"]
    return (f",panel={panel['base']},width={panel['width']},height={panel['height']}"
            if "ramfb" in board.arguments else "")
