# SPDX-License-Identifier: BSD-2-Clause
"""Sources that several parts of a build want at the same time."""

import pathlib
import subprocess
import tempfile
import unittest

from robinlib.board import ROOT

FETCH = ROOT / "scripts" / "lib" / "fetch-source"
SOURCE = "bearssl" # the smallest that a build needs; the build of any board has downloaded it


class AtTheSameTime(unittest.TestCase):
    def test_all_who_ask_get_the_whole_source(self):
        with tempfile.TemporaryDirectory(prefix="robin-test-") as folder:
            place = pathlib.Path(folder) / SOURCE
            asking = [subprocess.Popen([FETCH, SOURCE, place], cwd=ROOT, text=True, stdout=subprocess.DEVNULL,
                                       stderr=subprocess.PIPE) for _ in range(4)]
            ended = [(one.communicate(timeout=300)[1], one.returncode) for one in asking]
            self.assertEqual([status for _, status in ended], [0] * len(ended), [text for text, _ in ended])
            self.assertTrue((place / ".source").exists())
            self.assertTrue((place / "inc" / "bearssl_hash.h").exists())
            self.assertEqual([kept.name for kept in pathlib.Path(folder).glob("*.unpacked")], [])


if __name__ == "__main__":
    unittest.main()
