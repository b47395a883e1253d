# SPDX-License-Identifier: BSD-2-Clause
"""The harness's table of places agrees with the display server's layout table."""

import re
import unittest

from robinlib import places
from robinlib.board import ROOT

LAYOUT = ROOT / "trusted" / "display" / "tables" / ""
NAMES = {"bar": "BOX_BAR", "confirm": "BOX_CONFIRM", "refuse": "BOX_REFUSE", "hang-up": "BOX_HANG_UP",
         "tones": "BOX_TONES", "answer": "BOX_ANSWER", "decline": "BOX_DECLINE", "offer": "BOX_OFFER",
         "close": "BOX_CLOSE", "call": "BOX_PAD_CALL", "erase": "BOX_PAD_ERASE", "keypad": "BOX_HOME_KEYPAD",
         "restart": "BOX_HOME_RESTART", "block": "BOX_HOME_BLOCK", "cards": "BOX_HOME_CARDS",
         "practise": "BOX_HOME_PRACTISE", "back": "BOX_HOME_BACK", "next": "BOX_CARD_NEXT", "skip": "BOX_CARD_SKIP"}
NUMBERS = r"\{\s*(-?\d+),\s*(-?\d+),\s*(-?\d+),\s*(-?\d+)\s*\}"


class Places(unittest.TestCase):
    def setUp(self):
        self.source = LAYOUT.read_text()

    def test_buttons_are_where_the_display_draws_them(self):
        for name, box in NAMES.items():
            match = re.search(rf"\[{box}\]\s*=\s*{NUMBERS}", self.source)
            self.assertIsNotNone(match, box)
            self.assertEqual(places.box(name), tuple(map(int, match.groups())), name)

    def test_keys_are_where_the_display_draws_them(self):
        match = re.search(r"PAD_KEY\(column, row\) \{ (\d+) \+ (\d+) \* column, (\d+) \+ (\d+) \* row, (\d+), (\d+) \}",
                          self.source)
        x, dx, y, dy, width, height = map(int, match.groups())
        for index, name in enumerate(("1", "2", "3", "4", "5", "6", "7", "8", "9", "star", "0", "hash")):
            row, column = divmod(index, 3)
            self.assertEqual(places.box(f"key-{name}"), (x + dx * column, y + dy * row, width, height), name)

    def test_every_name_is_covered(self):
        keys = {name for name in places.NAMES if name.startswith("key-")}
        self.assertEqual(set(places.NAMES) - keys, set(NAMES))


if __name__ == "__main__":
    unittest.main()
