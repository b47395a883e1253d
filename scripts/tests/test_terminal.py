# SPDX-License-Identifier: BSD-2-Clause
"""What a person sees of the steps, on a terminal, without colour, and in a file."""

import io
import os
import unittest
from unittest import mock

from lib.phone import builds
from lib.report import terminal
from lib.phone.board import BoardError


class Screen(io.StringIO):
    def __init__(self, is_terminal):
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self):
        return self._is_terminal


def shown(is_terminal, **environment):
    """Everything that two steps, the first with a tool that tells its progress, write."""
    screen = Screen(is_terminal)
    with mock.patch.dict(os.environ, {"TERM": "xterm", "COLUMNS": "120", **environment}):
        if "NO_COLOR" not in environment:
            os.environ.pop("NO_COLOR", None)
        steps = terminal.Terminal(screen)
        steps.begin("build the image")
        for line in ("[1/4] CC a.c", "fetch-packages: downloading 3 packages …", "dlstatus:1:50.5:Retrieving 2 of 3", "noise"):
            steps.heard(line + "\n")
        steps.begin("start")
        steps.end("no", good=False)
        steps.verdict(True, "HOLDS: 1.99 € · all")
    return screen.getvalue()


class Steps(unittest.TestCase):
    def test_in_a_file_each_step_is_one_plain_line(self):
        text = shown(False)
        self.assertTrue(text.isascii())
        self.assertFalse(set("\r\033") & set(text))
        self.assertRegex(text, r"\A  build the image \.+ \d+\.\d s\n  start \.+ no \d+\.\d s\nHOLDS: 1\.99 EUR - all\n\Z")

    def test_without_colour_a_terminal_gets_a_plain_bar(self):
        text = shown(True, NO_COLOR="1")
        self.assertTrue(text.isascii())
        self.assertNotIn("\033", text)
        self.assertIn("[#####...............]  25 %", text)
        self.assertIn("downloading 3 packages ... [##########..........]  50 %", text)

    def test_a_terminal_gets_a_bar_and_keeps_one_line_a_step(self):
        text = shown(True)
        self.assertIn("[█████░░░░░░░░░░░░░░░]  25 %", text)
        self.assertEqual(text.count("\n"), 3)
        self.assertRegex(text, "\033\\[32m✓\033\\[0m build the image")
        self.assertRegex(text, "\033\\[31m✗\033\\[0m start no")

    def test_a_dumb_terminal_is_a_file(self):
        self.assertEqual(shown(True, TERM="dumb").count("\r"), 0)


class Tools(unittest.TestCase):
    def test_a_failing_tool_says_what_it_said_and_how_to_hear_all_of_it(self):
        heard = []
        with mock.patch.object(builds, "listener", heard.append), self.assertRaises(BoardError) as caught:
            builds.run(["sh", "-c", "echo [1/2] CC; echo x.c: error: no; exit 3"], "the build")
        self.assertEqual(heard, ["[1/2] CC\n", "x.c: error: no\n"])
        self.assertIn("the build ended with 3: x.c: error: no; again, with all it says: sh -c", str(caught.exception))

    def test_a_missing_tool_is_named(self):
        with self.assertRaisesRegex(BoardError, "no-such-tool.*scripts/setup"):
            builds.run(["no-such-tool"], "the build")


if __name__ == "__main__":
    unittest.main()
