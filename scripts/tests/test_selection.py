# SPDX-License-Identifier: BSD-2-Clause
"""What a board leaves out exists, and says why; every board has what the scripts read."""

import pathlib
import tempfile
import unittest

from lib.phone import architecture, board
from lib.scenario import scenario, selection


class Shipped(unittest.TestCase):
    def test_every_boards_tables_are_sound(self):
        for name in architecture.boards():
            with self.subTest(name):
                for reason in selection.left_out(name).values():
                    self.assertGreater(len(reason.split()), 3, "that is no reason")
                chosen = selection.in_test(name)
                self.assertTrue(chosen)
                if chosen != selection.every():
                    self.assertFalse({path.stem for path in chosen} & set(selection.left_out(name)))

    def test_the_first_board_leaves_nothing_out(self):
        first = next(iter(architecture.boards()))
        self.assertEqual(selection.left_out(first), {})
        self.assertEqual(selection.in_test(first), selection.every())

    def test_the_guests_that_it_boots_are_all_named(self):
        for name in architecture.boards():
            wanted = {scenario.load(path).guest[1:] for path in selection.in_test(name)
                      if scenario.load(path).guest[0] == "linux"}
            self.assertEqual({(guest.release,) if guest.release else () for guest in selection.guests_in_test(name)},
                             wanted | {()})

    def test_every_board_has_an_architecture_and_an_emulator(self):
        for name in architecture.boards():
            with self.subTest(name):
                facts = architecture.of(name)
                self.assertEqual(set(facts.marks), set(architecture.load("v8").marks))
                self.assertTrue((board.ROOT / "images" / name / "qemu").exists())

    def test_an_unknown_board_is_one_sentence(self):
        with self.assertRaisesRegex(architecture.UnknownBoard, "no board 'nowhere'"):
            architecture.of("nowhere")


class Mistakes(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))
        (self.root / "images" / "b").mkdir(parents=True)

    def table(self, text, name="left-out.tsv"):
        (self.root / "images" / "b" / name).write_text(text)

    def test_a_scenario_that_is_not_there(self):
        self.table("# a comment\npremium-refuse\tthis board has no modem at all\n")
        with self.assertRaisesRegex(board.BoardError, r"left-out.tsv:2: there is no scenario 'premium-refuse'"):
            selection.left_out("b", self.root)

    def test_a_scenario_without_a_reason(self):
        for text in ("premium-refused\n", "premium-refused\t \n"):
            self.table(text)
            with self.assertRaisesRegex(board.BoardError, "without a reason"):
                selection.left_out("b", self.root)

    def test_a_selection_names_what_exists(self):
        self.table("premium-refused\nnothing-like-it\n", "in-test.txt")
        with self.assertRaisesRegex(board.BoardError, "in-test.txt:2"):
            selection.in_test("b", self.root)

    def test_a_table_is_read(self):
        self.table("premium-refused\tthis board has no modem at all\n")
        self.assertEqual(selection.left_out("b", self.root), {"premium-refused": "this board has no modem at all"})


if __name__ == "__main__":
    unittest.main()
