# SPDX-License-Identifier: BSD-2-Clause
"""Bounds of the bench: one row for all versions of QEMU, or one more for a version that counts otherwise."""

import pathlib
import tempfile
import unittest

from lib.phone import architecture, plugins
from lib.report import bounds
from lib.phone.board import ROOT

TABLE = ("# said\nname\tbound\taim\torigin\telsewhere\nipc\t440\t340\tasked\tseL4 440\nboot\t1020\t\trecorded\n"
         "idle\t5100\t\trecorded\nidle@10.0\t7000\t\trecorded\n")


class Bounds(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))
        self.path = self.root / "images" / "b" / "bench.tsv"
        self.path.parent.mkdir(parents=True)
        self.path.write_text(TABLE)

    def of(self, version):
        return {name: target.bound for name, target in bounds.read("b", version, self.root).items()}

    def test_a_row_of_a_version_is_for_that_version_alone(self):
        self.assertEqual(self.of("7.2"), {"ipc": 440.0, "boot": 1020.0, "idle": 5100.0})
        self.assertEqual(self.of("10.0"), {"ipc": 440.0, "boot": 1020.0, "idle": 7000.0})

    def test_the_first_version_is_recorded_in_its_own_rows(self):
        bounds.record("b", "7.2", {"ipc": 400, "boot": 500, "idle": 100, "new": 10}, ["ipc", "boot", "idle", "new"], self.root)
        self.assertEqual(self.of("7.2"), {"ipc": 440.0, "boot": 510.0, "idle": 102.0, "new": 10.2})
        self.assertEqual(self.of("10.0")["idle"], 7000.0)

    def test_another_only_where_it_differs(self):
        values = {"ipc": 450, "boot": 1000, "idle": 200, "new": 10}
        bounds.record("b", "10.0", values, list(values), self.root)
        text = self.path.read_text()
        self.assertNotIn("ipc@", text)      # asked for: the same for all
        self.assertNotIn("boot@", text)     # within 3 %
        self.assertEqual(self.of("10.0"), {"ipc": 440.0, "boot": 1020.0, "idle": 204.0, "new": 10.2})
        self.assertEqual(self.of("7.2"), {"ipc": 440.0, "boot": 1020.0, "idle": 5100.0})
        bounds.record("b", "10.0", {"boot": 900}, ["boot"], self.root)
        self.assertEqual((self.of("10.0")["boot"], self.of("7.2")["boot"]), (918.0, 1020.0))


class Shipped(unittest.TestCase):
    def test_each_row_of_a_version_stands_beside_a_tried_one(self):
        for board in architecture.boards():
            for line in (ROOT / "images" / board / "bench.tsv").read_text().splitlines():
                name, _, version = line.split("\t")[0].partition("@")
                if version and not line.startswith("#"):
                    self.assertIn(version, plugins.TRIED[1:], (board, name))


if __name__ == "__main__":
    unittest.main()
