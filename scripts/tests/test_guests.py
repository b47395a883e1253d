# SPDX-License-Identifier: BSD-2-Clause
"""Which Debian and which variant of a bare guest a board gets."""

import pathlib
import tempfile
import unittest

from lib.phone import architecture, guests
from lib.phone.board import ROOT, BoardError
from lib.scenario import scenario, selection


class Guests(unittest.TestCase):
    def test_the_board_decides(self):
        self.assertEqual(guests.of("virt-v8").debian, "arm64")
        self.assertEqual(guests.of("virt-v7").debian, "armhf")
        self.assertNotEqual(guests.of("virt-v8").folder, guests.of("virt-v7").folder)
        with self.assertRaises(BoardError):
            guests.of("toaster")

    def test_bare_guests_have_a_variant_for_each_machine(self):
        for board in architecture.boards():
            machine, left_out = guests.of(board).machine, selection.left_out(board)
            for item in map(scenario.load, (path for path in selection.every() if path.stem not in left_out)):
                if item.guest[0] == "image":
                    source = guests.source_for(machine, item.path.parent / item.guest[1])
                    self.assertTrue(source.exists() or source.is_symlink(), f"{board}: {source}")
        images = ROOT / "legacy" / "scenarios" / "images"
        self.assertEqual(guests.source_for("v7", images / "ask.S"), images / "v7" / "ask.S")

    def test_a_file_without_variants_is_taken_as_it_is(self):
        with tempfile.TemporaryDirectory() as folder:
            mine = pathlib.Path(folder) / "mine.S"
            mine.touch()
            self.assertEqual(guests.source_for("v7", mine), mine)


if __name__ == "__main__":
    unittest.main()
