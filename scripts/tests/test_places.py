# SPDX-License-Identifier: BSD-2-Clause
"""The places that scenarios name are on the panel and do not overlap within a screen."""

import unittest

from lib.scenario import places

SCREENS = (("bar", "confirm", "refuse"), ("bar", "hang-up", "tones"), ("bar", "answer", "decline"),
           ("bar", "keypad", "restart", "block", "cards", "practise", "back"), ("bar", "next", "skip"),
           ("bar", "call", "erase", "home") + tuple(name for name in places.NAMES if name.startswith("key-")))


class Places(unittest.TestCase):
    def test_inside_the_panel(self):
        for name in places.NAMES:
            x, y, width, height = places.box(name)
            self.assertTrue(0 <= x and 0 <= y and x + width <= 480 and y + height <= 800 and width > 0 < height, name)

    def test_no_two_buttons_of_a_screen_overlap(self):
        for names in SCREENS:
            for name in names:
                hit = [other for other in names if places.contains(other, places.point(name))]
                self.assertEqual(hit, [name])

    def test_a_point_is_itself(self):
        self.assertEqual(places.parse(("12", "34")), (12, 34))
        self.assertEqual(places.point((12, 34)), (12, 34))
        self.assertIsNone(places.parse(("nowhere",)))


if __name__ == "__main__":
    unittest.main()
