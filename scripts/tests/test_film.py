# SPDX-License-Identifier: BSD-2-Clause
"""The film: what it says of writers, moments and changes, and what it refuses to read."""

import dataclasses
import io
import unittest

from lib.phone import board as boards
from lib.scenario import places
from lib.phone.board import ROOT
from lib.witnesses import film, verdict
from . import fake_phone

KERNEL, DISPLAY = boards.Region("kernel", 0x40001800, 0x1000), boards.Region("display", 0x40010000, 0x2000)
WIDTH = 480


def board():
    return dataclasses.replace(fake_phone.board(), read_only=(KERNEL, DISPLAY))


def change(seconds, x, y, pixels, writer=0x40010000, colour=b"\1\2\3\0"):
    return film.HEAD.pack(int(seconds * 1e9), (y * WIDTH + x) * 4, len(pixels * colour), writer) + pixels * colour


def stopped(seconds):
    return film.HEAD.pack(int(seconds * 1e9), 0, 0, film.STOPPED)


def of(*changes):
    return film.Film(b"".join(changes), board())


class Painters(unittest.TestCase):
    def test_kernel_and_display_may(self):
        found = of(change(0, 0, 0, 480, film.AT_FIRST), change(1, 0, 0, 9, 0x40001000), change(2, 0, 0, 9, 0x40011000),
                   stopped(3)).strangers()
        self.assertEqual(found, {})

    def test_nobody_else_may(self):
        for writer, name in ((0x40012000, "code at 0x40012000"), (0x40003000, "code at 0x40003000"), (0, "code at 0x0"),
                             (0x50000000, "code at 0x50000000"), (film.UNEXPLAINED, "no code that was seen")):
            found = of(change(1, 0, 0, 9), change(2, 0, 0, 9, writer), change(3, 0, 0, 9, writer)).strangers()
            self.assertEqual([(who, first.time, count) for who, (first, count) in found.items()], [(name, 2.0, 2)])


class Moments(unittest.TestCase):
    def test_the_picture_of_each(self):
        filmed = of(change(1, 10, 20, 2, colour=b"\1\2\3\0"), change(2, 11, 20, 1, colour=b"\7\10\11\0"))
        self.assertEqual([filmed.picture(when).getpixel((11, 20)) for when in (0.5, 1.0, 1.9, 2.0)],
                         [(0, 0, 0), (3, 2, 1), (3, 2, 1), (9, 8, 7)])

    def test_one_colour_is_kept_once(self):
        """As film.c writes it, of whole pixels or not: the same picture in a fraction of the bytes."""
        for size in (4000, 3997, 7):
            head = int(1e9), (7 * WIDTH + 3) * 4
            plain = of(film.HEAD.pack(*head, size | film.ONE_COLOUR, 0x40010000) + b"\1\2\3\0", stopped(2))
            long = of(film.HEAD.pack(*head, size, 0x40010000) + (b"\1\2\3\0" * 1000)[:size], stopped(2))
            self.assertEqual(plain.picture(1).tobytes(), long.picture(1).tobytes())
            self.assertEqual((len(plain), plain[0].bytes), (2, size))

    def test_the_last_change_in_a_box(self):
        filmed = of(change(1, 0, 0, 480), change(2, 23, 300, 1), change(3, 24, 300, 1), change(4, 99, 300, 1),
                    change(5, 470, 299, 30), stopped(6))
        box = (24, 300, 75, 1)
        self.assertEqual(filmed.last_change([box], 9.0), 3.0)
        self.assertEqual(filmed.last_change([box], 2.9), 1.0)
        self.assertEqual(filmed.last_change([(0, 300, 24, 1)], 9.0), 5.0)   # a change may go on in the next row
        self.assertEqual(filmed.last_change([(0, 0, 1, 1), box], 9.0), 3.0)

    def test_what_came_back_is_the_same(self):
        filmed = of(change(1, 0, 0, 9), change(2, 0, 0, 9, colour=b"\7\7\7\0"), change(3, 0, 0, 9))
        self.assertTrue(filmed.is_same([(0, 0, 9, 1)], 1.0, 3.0))
        self.assertFalse(filmed.is_same([(0, 0, 9, 1)], 1.0, 2.0))
        self.assertTrue(filmed.is_same([(9, 0, 9, 1)], 1.0, 2.0))


class Reading(unittest.TestCase):
    def test_what_is_torn_or_empty_is_refused(self):
        good = change(1, 0, 0, 9)
        for raw in (b"", good[:-1], good + b"\0", change(1, 479, 799, 2)):
            with self.assertRaises(film.FilmError):
                film.Film(raw, board())

    def test_the_phone_s_clock_is_its_last_word_when_it_stands(self):
        self.assertEqual(film.last_time(io.BytesIO(change(1, 0, 0, 9) + stopped(2.5))), 2.5)
        self.assertIsNone(film.last_time(io.BytesIO(change(1, 0, 0, 9))))
        self.assertIsNone(film.last_time(io.BytesIO(b"")))


class Table(unittest.TestCase):
    """The verdict asks for what the phone promises: the display server's own table of what arms when."""

    def test_times(self):
        text = (ROOT / "trusted" / "display" / "confirm.h").read_text()
        for name, seconds in (("CONFIRM_QUIET_US", verdict.QUIET_SECONDS), ("CONFIRM_HOLD_US", verdict.HOLD_SECONDS),
                              ("CONFIRM_QUIET_SHORT_US", verdict.EMERGENCY_SECONDS)):
            self.assertIn(f"{name} = {seconds * 1e6:.0f},", text)

    def test_what_must_stand_does_not_overlap_what_changes(self):
        for _, y, _, height in (places.box("confirm"), places.box("countdown")):
            for box in verdict._prompt_boxes(fake_phone_evidence(), 1.0):
                self.assertTrue(box[1] + box[3] <= y or box[1] >= y + height, (box, y))


def fake_phone_evidence():
    class Evidence:
        wire, film = [], of(change(1, 0, 0, 9))

    return Evidence


if __name__ == "__main__":
    unittest.main()
