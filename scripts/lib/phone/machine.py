# SPDX-License-Identifier: BSD-2-Clause
"""The emulated phone: QEMU in a process group of its own, its console, its monitor, and what a person does to it.

Time. With clock "host" the phone's counter runs with the wall clock while the phone runs, and stands while it is
paused, so `time()` is the phone's own time since its first instruction. With clock "exact" (QEMU's icount) a
nanosecond is an instruction: `busy_time()` then counts instructions, which is exact as long as the phone never idles;
`time()` adds a tenth of the wall clock, because an idle phone executes none. Limits count `progress()` (progress.py).
Pictures are judged while the phone is paused: a slow reader of pictures costs the phone no time."""

import atexit
import contextlib
import ctypes
import os
import pathlib
import shutil
import signal
import struct
import subprocess
import tempfile
import time

from PIL import Image

from lib.phone import plugins, rain, saved
from lib.report import progress
from lib.scenario import hand
from lib.phone.console import Console
from lib.phone.qmp import Qmp, QmpError
from lib.witnesses import film, touches

PR_SET_PDEATHSIG = 1
NO_LEAP = bytes(8)
_running = set()
_is_over = False  # no emulator starts any more
RAIN_PAUSE_SECONDS = 0.25  # less than the quiet of any button


class MachineError(Exception):
    """The emulator could not be started, or ended when it should not."""


def _die_with_parent():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def end_all():
    """Ends every emulator that this process started, and lets no thread start another; also runs at exit."""
    global _is_over
    _is_over = True
    for machine in list(_running):
        machine.close()


atexit.register(end_all)


class Machine:
    def __init__(self, board, folder, clock="host", display=("-display", "none"), start=saved.PowerOn(), strict=False):
        """`start`: how it begins, see saved.py; `strict`: its film watches the guest's code, too."""
        self.board = board
        self._how, self._strict = start, strict
        self.clock = clock
        self.folder = pathlib.Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._private = pathlib.Path(tempfile.mkdtemp(prefix="robin-"))
        self._leap_file = self._private / "leap"
        self._elapsed, self._resumed_at, self._pauses = start.elapsed, None, 0
        self.console = self._qmp = self._process = None
        self.touches, self._film_offset = [], 0.0   # what the hand did; film time less time()
        self._hand = hand.of(self, self._send)
        self._start(list(display))
        self._thread = self._qmp.call("query-cpus-fast")[0]["thread-id"]
        self._progress = progress.Progress(self._sample)

    def _start(self, display):
        command = self._how.command(self.board) + display + self._plugin_words() + [
            "-S",
            "-serial", f"unix:{self._private}/console,server=on,wait=off",
            "-qmp", f"unix:{self._private}/monitor,server=on,wait=off",
            "-qmp", f"unix:{self._private}/rain,server=on,wait=off"]
        if self.clock == "exact":
            command += ["-icount", "shift=0"]
        if _is_over:
            raise MachineError("everything is being ended")
        self._errors = open(self.folder / "qemu.log", "wb")
        try:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self._errors,
                                             stderr=self._errors, start_new_session=True,
                                             preexec_fn=_die_with_parent)
        except OSError as error:
            raise MachineError(f"{command[0]} does not start: {error.strerror}; run scripts/setup") from error
        _running.add(self)
        try:
            self._qmp = Qmp(self._private / "monitor", alive=self.is_alive)
            self.console = Console(self._private / "console", self.folder / "console.log", alive=self.is_alive)
            self._how.begin(self._qmp)
        except (QmpError, OSError) as error:
            self.close()
            raise MachineError(f"QEMU did not start: {self._last_error() or error}") from error
        self.resume()

    def _plugin_words(self):
        """Of two plugins that are told of a stop in reverse order: the clock leaps, then the film has its time."""
        if not self.can_leap():
            return []
        self._leap_file.write_bytes(NO_LEAP)
        leap = f"{plugins.library('leap', self.board.machine)},ask={self._leap_file},icount={int(self.clock == 'exact')}"
        return film.words(self.board, self._private / "film", self.clock, self._strict) + ["-plugin", leap]

    def film(self):
        """The film up to now, of a phone that stands still."""
        if not plugins.are_tried(self.board.machine):
            raise film.FilmError(plugins.untried(self.board.machine))
        return (self._private / "film").read_bytes()

    def film_time(self):
        """The phone's own clock, exactly, while it stands still; None if there is no film."""
        if not plugins.are_tried(self.board.machine):
            return None
        with open(self._private / "film", "rb") as file:
            return film.last_time(file)

    def _last_error(self):
        lines = (self.folder / "qemu.log").read_text(errors="replace").splitlines()
        return lines[-1] if lines else ""

    # --- time -------------------------------------------------------------------------------------------------

    def time(self):
        running = self._running_seconds()
        return self.busy_time() + 0.1 * running if self.clock == "exact" else running

    def phone_time(self):
        """The phone's own clock, which its logs have: exact while it stands still. An idle phone's runs ahead of `time()`
        with clock "exact", by many seconds in a long scenario."""
        return self.time() + self._film_offset

    def _running_seconds(self):
        return self._elapsed + (time.monotonic() - self._resumed_at if self._resumed_at is not None else 0.0)

    def busy_time(self):
        """Seconds of executed instructions; only with clock "exact"."""
        return self._qmp.call("query-replay")["icount"] * 1e-9

    def progress(self):
        """How far the phone has come, in seconds; what every limit counts."""
        try:
            return self._progress.seconds()
        except progress.Standstill as error:
            raise MachineError(str(error)) from error

    def _sample(self):
        try:
            work, is_idle = progress.of_thread(self._process.pid, self._thread)
        except (OSError, IndexError) as error:
            raise MachineError(f"QEMU has ended: {self._last_error() or error}") from error
        return progress.Sample(self._running_seconds(), self.busy_time() if self.clock == "exact" else work, is_idle)

    def pause(self):
        self._qmp.call("stop")
        if self._resumed_at is not None:
            self._elapsed += time.monotonic() - self._resumed_at
            self._resumed_at = None
        stood = self.film_time()
        self._film_offset = self._film_offset if stood is None else stood - self.time()

    def resume(self):
        self._qmp.call("cont")
        if self._resumed_at is None:
            self._resumed_at = time.monotonic()

    @contextlib.contextmanager
    def paused(self):
        """The phone stands still inside; may be nested."""
        self._pauses += 1
        if self._pauses == 1:
            self.pause()
        try:
            yield self
        finally:
            self._pauses -= 1
            if self._pauses == 0 and self.is_alive():
                self.resume()

    def can_leap(self):
        """Only where the plugins are there."""
        return plugins.are_tried(self.board.machine)

    def leap(self, seconds):
        """The phone's clock goes ahead at once; what was due meanwhile is due now. `time()` and limits do not count it."""
        self._leap_file.write_bytes(struct.pack("<q", int(seconds * 1e9)))
        self.pause()
        if self._leap_file.read_bytes() != NO_LEAP:
            raise MachineError("QEMU's clock could not be moved ahead: its own is not where it was on the tried versions")
        self.resume()

    # --- what can be seen ---------------------------------------------------------------------------------------

    def screen(self):
        """The panel, as a picture."""
        path = self._private / "screen.ppm"
        self._qmp.call("screendump", filename=str(path))
        with Image.open(path) as picture:
            return picture.convert("RGB")

    def read_memory(self, base, length):
        """Physical memory as it lies, without the phone knowing."""
        path = self._private / "memory"
        self._qmp.call("pmemsave", val=base, size=length, filename=str(path))
        return path.read_bytes()

    def read_region(self, region):
        return self.read_memory(region.base, region.bytes)

    def is_alive(self):
        return self._process is not None and self._process.poll() is None

    # --- what a person does ---------------------------------------------------------------------------------------

    def finger_aim(self, x, y):
        """Where a pointer has to be brought before it can press, it is there afterwards."""
        self._touch(self._hand.aim, x, y)

    def finger_down(self, x, y):
        self.touches.append(touches.Touch(self.phone_time(), x, y, True))
        self._touch(self._hand.down, x, y)

    def finger_move(self, x, y):
        self.touches.append(touches.Touch(self.phone_time(), x, y, False))
        self._touch(self._hand.move, x, y)

    def finger_up(self):
        self._hand.up()

    def finger_rain(self, x, y, count, half):
        """`count` taps on one place, down and up `half` seconds apart. MachineError when they could not be kept so
        close that no button saw its quiet."""
        self.finger_aim(x, y)
        offset = self.phone_time() - time.monotonic()
        times = rain.fall(self._private / "rain", *self._hand.reports(x, y), count, half)
        self.touches += [touches.Touch(at + offset, x, y, True) for at in times[::2]]
        if not times or rain.longest_pause(times) > RAIN_PAUSE_SECONDS:
            raise MachineError(f"this computer let {rain.longest_pause(times):.3f} s pass between two of the taps that rained")

    @staticmethod
    def _touch(act, x, y):
        try:
            act(x, y)
        except hand.HandError as error:
            raise MachineError(str(error)) from error

    def key(self, name, down):
        self._send([{"type": "key", "data": {"down": down, "key": {"type": "qcode", "data": name}}}])

    def _send(self, events):
        self._qmp.call("input-send-event", events=events)

    def save(self):
        """The saved state of a phone that was started to be saved; it never runs again."""
        self.pause()
        return self._how.save(self._qmp, self._elapsed)

    def take_events(self):
        return self._qmp.take_events()

    def resets(self):
        """How often the phone has been reset, by whomever."""
        self._qmp.call("query-status")  # flushes what is under way
        return self._qmp.resets

    def reset(self):
        self._qmp.call("system_reset")

    def close(self):
        """Ends the emulator whatever state it is in, and removes its private files."""
        _running.discard(self)
        if self.is_alive():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for part in (self._qmp, self.console):
            if part:
                part.close()
        self._errors.close()
        shutil.rmtree(self._private, ignore_errors=True)
