# SPDX-License-Identifier: BSD-2-Clause
"""Sources that several parts of a build want at the same time."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from lib.phone.board import ROOT

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


class MovedCheckout(unittest.TestCase):
    def test_state_follows_the_checkout(self):
        """A checkout is copied somewhere else, what it has fetched included, and the old place goes away."""
        arch = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()
        with tempfile.TemporaryDirectory(prefix="robin-test-") as folder:
            old, new = (pathlib.Path(folder) / name for name in ("old", "new"))
            shutil.copytree(ROOT / "scripts" / "lib", old / "scripts" / "lib", symlinks=True)
            (old / "legacy" / "guest").mkdir(parents=True)
            shutil.copy(ROOT / "legacy" / "guest" / "debian-release", old / "legacy" / "guest")
            shutil.copytree(ROOT / "build" / "apt" / arch, old / "build" / "apt" / arch, symlinks=True)
            for place in (old, new):
                if place is new:
                    old.rename(new)
                asked = subprocess.run([place / "scripts" / "lib" / "apt-private", arch, "apt-config", "dump"],
                                       capture_output=True, text=True, timeout=300, check=False)
                self.assertEqual(asked.returncode, 0, asked.stderr)
                self.assertIn(f'Dir::State "{place}/build/apt/{arch}/state";', asked.stdout)


if __name__ == "__main__":
    unittest.main()
