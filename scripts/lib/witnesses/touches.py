# SPDX-License-Identifier: BSD-2-Clause
"""Witness 6: what Linux got of the person's touches, out of the ring in which the display leaves them for it
(trusted/protocol/input.h), against what it should have got: those below the bar while Linux was visible. When that was,
the film says."""

import dataclasses
import itertools
import struct

HEADER, EVENT = struct.Struct("<I12x"), struct.Struct("<IiiI")
EVENTS, TOUCH = 128, 2
LEGACY_BAR = b"\xd9\xd9\xd9"            # of the bar that says Linux
BAR_PIXEL, BAR_HEIGHT = (18, 2), 48     # no letter and no hatch ever stands there
BEFORE, AFTER, NEAR = 0.3, 1.0, 1       # seconds and pixels: the harness's clock and QEMU's tablet are that coarse


@dataclasses.dataclass(frozen=True)
class Touch:
    time: float      # the phone's own
    x: int           # of the panel
    y: int
    is_down: bool    # False: the finger moved there


def written(raw):
    return HEADER.unpack_from(raw)[0]


def got(raw, start):
    """(the touches that Linux got since `start` events, in its own coordinates, whether some of them are lost)."""
    head = written(raw)
    first = max(start, head - EVENTS)
    events = [EVENT.unpack_from(raw, HEADER.size + index % EVENTS * EVENT.size) for index in range(first, head)]
    return [(x, y) for kind, x, y, _ in events if kind == TOUCH], first > start


def visible(film):
    """[(from when, whether Linux is visible)], by the colour of the bar."""
    offset, found, shown = (BAR_PIXEL[1] * film.width + BAR_PIXEL[0]) * 4, [(float("-inf"), False)], bytearray(4)
    for change in film:
        if change.offset < offset + 4 and offset < change.offset + change.bytes:
            data = film.data(change)
            for index in range(max(offset, change.offset), min(offset + 4, change.offset + change.bytes)):
                shown[index - offset] = data[index - change.offset]
            found.append((change.time, bytes(shown[:3]) == LEGACY_BAR))
    return found


def _seen(timeline, start, end):
    """The set of what was visible between two moments."""
    until = itertools.chain((time for time, _ in timeline[1:]), [float("inf")])
    return {is_legacy for (since, is_legacy), over in zip(timeline, until) if since <= end and over >= start}


def contradictions(film, touches, raw, start):
    """A sentence for each touch that Linux got and should not have, or the other way round."""
    timeline, (heard, is_torn) = visible(film), got(raw, start)
    allowed, required = [], []
    for touch in touches:
        seen, at = _seen(timeline, touch.time - BEFORE, touch.time + AFTER), (touch.x, max(0, touch.y - BAR_HEIGHT))
        if True in seen and (touch.y >= BAR_HEIGHT or not touch.is_down):
            allowed.append(at)
        if seen == {True} and touch.is_down and touch.y >= BAR_HEIGHT:
            required.append((touch, at))
    for at in dict.fromkeys(at for at in heard if not _has(allowed, at)):
        yield f"Linux got a touch at ({at[0]}, {at[1]}) of its own screen that the person did not give it"
    for touch, at in required if not is_torn else ():
        if not _has(heard, at):
            yield f"Linux never got the touch of ({touch.x}, {touch.y}) at {touch.time:.3f} s, while it was visible"


def _has(places, at):
    return any(abs(x - at[0]) <= NEAR and abs(y - at[1]) <= NEAR for x, y in places)
