# SPDX-License-Identifier: BSD-2-Clause
"""What Linux got of touches, against what it should have got."""

import unittest

from lib.witnesses import touches
from . import test_film

ROBIN, LINUX = b"\x70\x3a\x00\0", b"\xd9\xd9\xd9\0"


def ring(events, head=None):
    body = [b""] * touches.EVENTS
    for index, (kind, x, y) in enumerate(events):
        body[index % touches.EVENTS] = touches.EVENT.pack(kind, x, y, 0)
    return touches.HEADER.pack(len(events) if head is None else head) + b"".join(
        event or bytes(touches.EVENT.size) for event in body)


def told(*places):
    return ring([(touches.TOUCH, *place) for place in places])


FILM = test_film.of(*(test_film.change(when, 0, 2, 480, colour=colour) for when, colour in
                      ((0, LINUX), (10, ROBIN), (20, LINUX), (21.0, ROBIN))), test_film.stopped(60))


def found(raw, *hand, start=0):
    return list(touches.contradictions(FILM, [touches.Touch(*touch) for touch in hand], raw, start))


class Ring(unittest.TestCase):
    def test_when_linux_was_visible(self):
        self.assertEqual(touches.visible(FILM)[1:], [(0, True), (10, False), (20, True), (21, False)])

    def test_what_both_know(self):
        self.assertEqual(found(told((5, 52)), (5, 5, 100, True)), [])
        self.assertEqual(found(told((6, 51)), (5, 5, 100, True)), [])       # the tablet's rounding

    def test_a_touch_of_the_trusted_side_is_not_for_linux(self):
        self.assertEqual(len(found(told((5, 52)), (15, 5, 100, True))), 1)

    def test_a_touch_of_the_bar_is_not_for_linux(self):
        self.assertEqual(len(found(told((5, 0)), (5, 5, 20, True))), 1)
        self.assertEqual(found(told((5, 52), (5, 0)), (5, 5, 100, True), (6, 5, 20, False)), [])   # slid up there

    def test_nobody_touched_there(self):
        self.assertEqual(len(found(told((5, 52), (7, 52)), (5, 5, 100, True))), 1)

    def test_linux_gets_what_is_its_own(self):
        self.assertEqual(len(found(told(), (5, 5, 100, True))), 1)
        self.assertEqual(found(told(), (15, 5, 100, True)), [])

    def test_while_the_view_changes_both_are_right(self):
        for raw in (told(), told((5, 52))):
            self.assertEqual(found(raw, (9.5, 5, 100, True)), [])
            self.assertEqual(found(raw, (20.5, 5, 100, True)), [])

    def test_what_was_before_does_not_count_and_what_is_lost_is_not_missed(self):
        self.assertEqual(found(told((5, 52)), start=1), [])
        flood = ring([(touches.TOUCH, 9, 9)] * 200)
        self.assertEqual(found(flood, (5, 9, 57, True), (5, 50, 100, True)), [])
        self.assertEqual(len(found(flood, (5, 50, 100, True))), 1)


if __name__ == "__main__":
    unittest.main()
