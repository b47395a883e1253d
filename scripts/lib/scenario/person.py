# SPDX-License-Identifier: BSD-2-Clause
"""The person who holds the phone: a finger and a few keys, only through QEMU's input devices. A person looks before
touching: with each touch of a trusted screen goes a picture taken just before it, and only a complete, deliberate
confirmation of what that picture shows counts as one."""

import contextlib
import time

from lib.report import evidence
from lib.scenario import places
from lib.witnesses import screen, wirelog

HOLD_SECONDS = 1.5
ARM_SECONDS = 8.0          # a person waits that long for a button to become solid
POLL_SECONDS = 0.01
REFUSE_SECONDS = 0.4       # "no" wants 300 ms of quiet, and looks the same before and after
# A button that may be pressed is filled, by label of the bar: confirm, call and answer, hang up; on red it is white.
SOLID = {"robin": ((0x00, 0x5A, 0x9C), (0x0B, 0x5D, 0x2A), (0x9B, 0x1C, 0x31)), "emergency": ((0xFF, 0xFF, 0xFF),)}
HELD = ((0xBF, 0xE0, 0xFF), (0xBF, 0xE8, 0xCC), (0x5E, 0x0F, 0x1C))  # filled by a hold
ARMED = ("confirm", "call", "hang-up", "answer")                    # the buttons that have to be waited for


class PersonError(Exception):
    """The thing that the person was to touch was not there."""


class Person:
    def __init__(self, machine, found, look):
        """`found` is the run's Evidence, `look(name)` takes and reads a picture and returns its Sighting."""
        self._machine, self._found, self._look = machine, found, look
        self._at = (0, 0)

    # --- touches ------------------------------------------------------------------------------------------------

    def tap(self, place):
        """Press and release. On a costly prompt, which wants a hold, a tap confirms nothing."""
        self.wait_until_solid(place)
        self.note(place, is_long=False)
        self._down(place)
        self._pass(0.06)
        self._machine.finger_up()

    def hold(self, place, seconds=0.0):
        """Press and keep pressing until the screen answers, or for a time of one's own, which confirms only if long
        enough."""
        self.wait_until_solid(place)
        self.note(place, is_long=not seconds or seconds >= HOLD_SECONDS)
        before = self._button(place)
        self._down(place)
        if seconds:
            self._pass(seconds)
        else:
            self._pass(HOLD_SECONDS)
            self._until(lambda: self._button(place) not in (before,) + HELD, 3.0)
        self._machine.finger_up()

    def press(self, place):
        """Puts a finger down and leaves it there: an act that a scenario misuses, so never a confirmation."""
        self._record("touch", f"{self._words(place)}, and stays there")
        self._down(place)

    def slide(self, place):
        self._machine.finger_move(*places.point(place))

    def release(self):
        self._machine.finger_up()

    def aim(self, place):
        """The hand is where it will touch, before anything whose moment matters: a mouse has a way to go."""
        self._machine.finger_aim(*places.point(place))

    def rain(self, place, count, every):
        """Taps as fast as a game asks for them, without looking: none of them is a confirmation."""
        self._record("touch", f"rain of {count} taps on {self._words(place)}")
        self._machine.finger_rain(*places.point(place), count, every / 2)

    # --- keys ---------------------------------------------------------------------------------------------------

    def key(self, name):
        self._record("key", name)
        self._machine.key(name, True)
        self._pass(0.04)
        self._machine.key(name, False)

    def key_down(self, name):
        self._record("key", f"{name} down")
        self._machine.key(name, True)

    def key_up(self, name):
        self._record("key", f"{name} up")
        self._machine.key(name, False)

    def attention(self):
        """A press on the trust bar, which no guest can draw or take."""
        self._record("attention", "trust bar")
        self._down("bar")
        self._pass(0.06)
        self._machine.finger_up()

    def type(self, symbols):
        """A number on the trusted keypad."""
        names = {"*": "key-star", "#": "key-hash", "+": "key-plus"}
        for symbol in symbols:
            self._down(names.get(symbol, f"key-{symbol}"))
            self._pass(0.06)
            self._machine.finger_up()
            self._pass(0.06)

    # --- what it means ------------------------------------------------------------------------------------------

    def note(self, place, is_long=False):
        """Looks first where a touch could matter, then writes down what the touch means: only a touch of the
        confirming button of the very screen that is up confirms, and on a costly number only a hold."""
        with self._machine.paused():
            trusted = screen.colour_label(self._machine.screen()) in ("robin", "emergency")
            reading = self._look("").reading if trusted and self._could_matter(place) else None
            self._record(self._meaning(place, reading, is_long), self._words(place), self._machine.film_time())

    @staticmethod
    def _could_matter(place):
        return any(places.contains(name, places.point(place)) for name in ("confirm", "call", "refuse"))

    @staticmethod
    def _meaning(place, reading, is_long):
        if reading is None:
            return "touch"
        kind, at = screen.kind(reading), places.point(place)
        button = {"prompt": "confirm", "emergency": "confirm", "keypad": "call"}.get(kind)
        if kind in ("prompt", "emergency") and places.contains("refuse", at):
            return "refuse"
        if button is None or not places.contains(button, at):
            return "touch"
        return "confirm" if is_long or kind == "emergency" or not screen.is_costly(reading) else "touch"

    @staticmethod
    def _words(place):
        return place if isinstance(place, str) else f"{place[0]} {place[1]}"

    def _record(self, kind, what, film_time=None):
        acts = self._found.acts
        position = self.wire_position()
        acts.append(evidence.Act(len(acts) + 1, self._machine.phone_time(), position, kind, what, film_time))

    def wire_position(self):
        return wirelog.written(self._machine.read_memory(self._machine.board.wire_log.base, wirelog.HEADER.size))

    # --- hands --------------------------------------------------------------------------------------------------

    def _down(self, place):
        self._machine.finger_down(*places.point(place))

    def _button(self, place, picture=None):
        """The colour at the right end of a button: filled when it may be pressed, darker when a hold has filled it."""
        x, y, width, _ = places.box(place) if not isinstance(place, tuple) else (*place, 1, 1)
        return (picture or self._machine.screen()).getpixel((min(x + width - 12, 479), min(y + 12, 799)))

    def _is_solid(self, place):
        picture = self._machine.screen()
        return self._button(place, picture) in SOLID.get(screen.colour_label(picture), ())

    def wait_until_solid(self, place):
        if place in ARMED:
            self._until(lambda: self._is_solid(place), ARM_SECONDS)
        elif place in ("refuse", "decline"):
            self._pass(REFUSE_SECONDS)

    def _until(self, condition, seconds):
        deadline = self._machine.progress() + seconds
        while not condition():
            if self._machine.progress() > deadline:
                return False
            time.sleep(POLL_SECONDS)
        return True

    def _pass(self, seconds):
        """Lets the phone's own time pass."""
        until = self._machine.time() + seconds
        while self._machine.time() < until:
            time.sleep(POLL_SECONDS)


@contextlib.contextmanager
def lifted(machine):
    """Whatever happens inside, no finger stays on the panel."""
    try:
        yield
    finally:
        with contextlib.suppress(Exception):
            machine.finger_up()
