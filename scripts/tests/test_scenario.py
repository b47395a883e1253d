# SPDX-License-Identifier: BSD-2-Clause
"""Scenario files: what is understood, and that each mistake is named with its file and line."""

import pathlib
import tempfile
import unittest

from lib.phone import board
from lib.scenario import scenario

HEADER = "title: t\npromises: P1\n"


class Parsing(unittest.TestCase):
    def setUp(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-")) / "x.scenario"

    def load(self, text):
        self.path.write_text(text)
        return scenario.load(self.path)

    def test_all_of_it(self):
        found = self.load("# a comment\n" + HEADER + "clock: exact\nguest: image evil.bin\nlimit: 7\n\n"
                          "at ATD0900;\nshell echo within 3 s\nrepeat 3 times\n  tap 10 20\n  let 200 ms pass\nend\n"
                          "hold confirm 800 ms\nwait screen prompt within 20 s\nmeasure key 5 to pixel within 20 ms\n"
                          "picture one what is seen\ndialled 0900 112\n")
        self.assertEqual(found.clock, "exact")
        self.assertEqual(found.guest, ("image", "evil.bin"))
        self.assertEqual(found.limit, 7)
        self.assertEqual(found.dialled(), ("0900", "112"))
        self.assertEqual(found.steps[1].text, "echo within 3 s")
        self.assertEqual([step.verb for step in found.steps[2].steps], ["tap", "let"])
        self.assertEqual(found.steps[4].within, 20)
        self.assertEqual(found.steps[5].within, 0.02)

    def test_mistakes_are_named(self):
        for line, text, says in (
                (3, HEADER + "fly away\ndialled nothing", "no step 'fly'"),
                (3, HEADER + "tap nowhere\ndialled nothing", "wants a place"),
                (3, HEADER + "wait screen heaven\ndialled nothing", "not 'heaven'"),
                (3, HEADER + "wait panel heaven\ndialled nothing", "not 'heaven'"),
                (3, HEADER + "expect records few requested\ndialled nothing", "expect records N KIND"),
                (3, HEADER + "expect number abc\ndialled nothing", "is not a number"),
                (3, HEADER + "hold confirm long ms\ndialled nothing", "milliseconds"),
                (3, HEADER + "repeat 3 times\ntap 1 2\ndialled nothing", "has no end"),
                (3, HEADER + "end\ndialled nothing", "without a repeat"),
                (3, HEADER + "tap 1 2", "never says what may be dialled"),
                (4, HEADER + "tap 1 2\nclock: exact\ndialled nothing", "above the first step"),
                (3, HEADER + "clock: slow\ndialled nothing", "one of host, exact"),
                (2, "title: t\npromises: P9\ndialled nothing", "no promise 'P9'"),
                (1, "promises: P1\ndialled nothing", "no 'title:'"),
                (3, HEADER + "rain confirm 30\ndialled nothing", "rain PLACE COUNT"),
                (3, HEADER + "let it be\ndialled nothing", "let N s pass"),
                (3, HEADER + "measure key 5 to pixel\ndialled nothing", "within N ms")):
            with self.subTest(says), self.assertRaises(scenario.ScenarioError) as caught:
                self.load(text)
            self.assertIn(says, str(caught.exception))
            self.assertIn(f"x.scenario:{line}:", str(caught.exception))

    def test_missing_file(self):
        with self.assertRaisesRegex(scenario.ScenarioError, "No such file"):
            scenario.load("/nonexistent.scenario")

    def test_shipped_scenarios_parse(self):
        files = sorted((board.ROOT / "legacy" / "scenarios").glob("**/*.scenario"))
        for file in files:
            with self.subTest(file.name):
                scenario.load(file)

    def test_missing_image_is_one_sentence(self):
        with self.assertRaisesRegex(board.BoardError, "no-such-board"):
            board.load("no-such-board")


if __name__ == "__main__":
    unittest.main()
