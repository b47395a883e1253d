# SPDX-License-Identifier: BSD-2-Clause
"""A command whose reader has seen enough ends without a word, as in `scripts/size | head -1`."""

import os
import subprocess
import unittest

from lib.phone.board import ROOT

COMMANDS = (("check", "--quick"), ("size",), ("replay", "--list"), ("test", "--list"))


class Reader(unittest.TestCase):
    def test_one_that_left_is_no_error(self):
        for name, *words in COMMANDS:
            with self.subTest(name):
                reader, writer = os.pipe()
                os.close(reader)
                try:
                    result = subprocess.run([ROOT / "scripts" / name, *words], stdout=writer, stderr=subprocess.PIPE, text=True,
                                            check=False)
                finally:
                    os.close(writer)
                self.assertNotIn("Traceback", result.stderr)
                self.assertNotIn("Broken pipe", result.stderr)


if __name__ == "__main__":
    unittest.main()
