# SPDX-License-Identifier: BSD-2-Clause
"""What a build takes from the machine: its release, its packages."""

import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from lib.phone.board import ROOT

LIB = ROOT / "scripts" / "lib"


class Folder(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)


class Packages(Folder):
    def setUp(self):
        super().setUp()
        (self.folder / "build.ninja").write_text("rule make\n  command = touch $out\nbuild object: make\ndefault object\n")
        self.build()

    def build(self):
        subprocess.run([LIB / "same-packages", self.folder], check=True, capture_output=True)
        is_kept = (self.folder / "object").exists()
        subprocess.run(["ninja", "-C", self.folder], check=True, capture_output=True)
        return is_kept

    def test_the_same_packages_keep_what_is_built(self):
        self.assertTrue(self.build())

    def test_an_upgraded_package_keeps_nothing(self):
        record = self.folder / "packages.txt"
        self.assertIn("cmake\t", record.read_text())
        record.write_text(re.sub(r"(?m)^cmake\t.*$", "cmake\t0-older", record.read_text()))
        self.assertFalse(self.build())
        self.assertTrue(self.build(), "once")


class Release(Folder):
    def asked(self, text):
        path = self.folder / "os-release"
        path.write_text(text)
        return subprocess.run([LIB / "release"], env={**os.environ, "ROBIN_OS_RELEASE": str(path)}, capture_output=True,
                              text=True, check=False)

    def test_supported(self):
        for number in ("12", "13"):
            result = self.asked(f'PRETTY_NAME="Debian"\nID=debian\nVERSION_ID="{number}"\n')
            self.assertEqual((result.returncode, result.stdout, result.stderr), (0, f"{number}\n", ""))

    def test_anything_else_is_one_sentence(self):
        for text in ('ID=debian\nVERSION_ID="11"\n', "ID=debian\n", 'ID=ubuntu\nVERSION_ID="12"\n', ""):
            result = self.asked(text)
            self.assertEqual((result.returncode, result.stdout, result.stderr.count("\n")), (2, "", 1), text)
            self.assertIn("Debian 12 and 13", result.stderr)

