# SPDX-License-Identifier: BSD-2-Clause
"""The hand of the person who holds the phone: a finger on a touch panel, or a mouse where the board has no panel that
knows where a finger is. Both are told places of the panel; how they get there is their own affair."""

import time

ABSOLUTE_RANGE = 32768      # QEMU's tablet counts 0..32767 on each axis
POINTER_TIP = (0x1B, 0x0B, 0x2E)  # trusted/display/pointer.c; no screen has that colour
STEP = 100                  # a PS/2 packet moves by 127 at most
ATTEMPT_SECONDS, GIVE_UP_SECONDS = 1.0, 30.0
REST_SECONDS = 0.8          # a little more than the longest quiet that a button asks for


class HandError(Exception):
    """The pointer did not come to its place."""


def of(machine, send):
    """`machine` gives time and pictures, `send(events)` one report of QEMU's input devices."""
    kind = Mouse if machine.board.facts.get("pointer") == "relative" else Finger
    return kind(machine, send)


def _button(is_down):
    return [{"type": "btn", "data": {"down": is_down, "button": "left"}}]


class Finger:
    def __init__(self, machine, send):
        self._board, self._send = machine.board, send

    def aim(self, x, y):
        """A finger is nowhere before it touches."""

    def down(self, x, y):
        self.move(x, y)
        self._send(_button(True))

    def move(self, x, y):
        self._send(self._place(x, y))

    def reports(self, x, y):
        """What a press there is made of, and what a release is."""
        return [self._place(x, y), _button(True)], [_button(False)]

    def _place(self, x, y):
        scale = lambda value, size: (value * ABSOLUTE_RANGE + ABSOLUTE_RANGE // 2) // size
        return [{"type": "abs", "data": {"axis": "x", "value": scale(x, self._board.width)}},
                {"type": "abs", "data": {"axis": "y", "value": scale(y, self._board.height)}}]

    def up(self):
        self._send(_button(False))


class Mouse:
    """Where the pointer is, is known from the lower right corner, in which every way begins, and is checked with the eye
    before it counts. A way keeps to the panel's right edge and to the row of its target: it covers no number."""

    def __init__(self, machine, send):
        self._machine, self._send = machine, send
        self._corner = machine.board.width - 1, machine.board.height - 1
        self._at, self._resets = None, 0

    def aim(self, x, y):
        """Brings the pointer there, before a press whose moment matters."""
        deadline = self._machine.progress() + GIVE_UP_SECONDS
        if self._machine.resets() != self._resets:  # the pointer is somewhere else now
            self._at, self._resets = None, self._machine.resets()
        while self._at != (x, y):
            if self._machine.progress() > deadline or not self._machine.is_alive():
                raise HandError(f"the pointer never came to ({x}, {y})")
            if self._go(self._corner, self._to_corner) and self._go((x, y), lambda: self._from_corner(x, y)):
                self._at = (x, y)
                self._rest()

    def _rest(self):
        """The way may have led over a button that has to stand unchanged before a press (the film shows the pointer)."""
        until = self._machine.progress() + REST_SECONDS
        while self._machine.progress() < until and self._machine.is_alive():
            time.sleep(0.01)

    def down(self, x, y):
        self.aim(x, y)
        self._send(_button(True))

    def move(self, x, y):
        """With the button down: no detour."""
        if self._at is None:
            self.aim(x, y)
        self._by(x - self._at[0], y - self._at[1])
        self._at = (x, y)

    def up(self):
        self._send(_button(False))

    def reports(self, _x, _y):
        """What a press there is made of, and what a release is, once the pointer has been brought there."""
        return [_button(True)], [_button(False)]

    def _go(self, place, way):
        """True: it was seen there. Movements get lost when the phone takes none for a while."""
        way()
        deadline = self._machine.progress() + ATTEMPT_SECONDS
        while self._machine.progress() < deadline:
            if self._machine.screen().getpixel(place) == POINTER_TIP:
                return True
            time.sleep(0.005)
        self._at = None
        return False

    def _to_corner(self):
        x, y = self._at or (0, 0)
        self._by(self._corner[0] - x + STEP, 0)
        self._by(0, self._corner[1] - y + STEP)

    def _from_corner(self, x, y):
        self._by(0, y - self._corner[1])
        self._by(x - self._corner[0], 0)

    def _by(self, dx, dy):
        while dx or dy:
            part = [max(-STEP, min(STEP, way)) for way in (dx, dy)]
            self._send([{"type": "rel", "data": {"axis": axis, "value": way}} for axis, way in zip("xy", part)])
            dx, dy = dx - part[0], dy - part[1]
