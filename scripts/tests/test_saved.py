# SPDX-License-Identifier: BSD-2-Clause
"""Which scenarios begin in a saved state, how a phone is told to, and that a difference between the two ways is seen."""

import dataclasses
import pathlib
import tempfile
import types
import unittest
from unittest import mock

from lib.phone import architecture, plugins, saved
from lib.scenario import runner, scenario, selection
from . import fake_phone

TEXT = "title: t\npromises: P1\nlimit: 5\nat ATD09005123456;\n" \
       "wait screen prompt\nhold confirm\nwait screen call\ndialled 09005123456\n"
ARGUMENTS = ("-M", "virt,gic-version=2", "-m", "512M", "-device", "ramfb")
FACTS = {"framebuffer": {"base": 0x41200000, "width": 480, "height": 800}}


def item(header=""):
    path = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-")) / "test.scenario"
    path.write_text(header + TEXT)
    return scenario.load(path)


class States(runner.States):
    """Makes none; counts."""

    made = 0

    def _make(self, board, clock):
        self.made += 1
        return types.SimpleNamespace(clock=clock, close=lambda: None)


class Choice(unittest.TestCase):
    def of(self, header, version="7.2"):
        with mock.patch.object(plugins, "version", lambda program: version):
            return States("out").of(fake_phone.board(), item(header))

    def test_the_shipped_image_with_linux(self):
        for header in ("", "start: ready\n", "start: both\n", "clock: exact\n"):
            self.assertIsNotNone(self.of(header), header)
            self.assertIsNotNone(self.of(header, "10.0"), header)

    def test_what_boots(self):
        for header in ("start: boot\n", "guest: image a.S\n", "append: quiet\n", "build: dial-twice\n"):
            self.assertIsNone(self.of(header), header)

    def test_another_version_of_qemu_boots(self):
        for version in ("7.1", "7.20", "9.2", "10.1", ""):
            self.assertIsNone(self.of("", version), version)

    def test_one_per_clock(self):
        with mock.patch.object(plugins, "version", lambda program: "7.2"):
            states = States("out")
            found = [states.of(fake_phone.board(), item(header)) for header in ("", "", "clock: exact\n", "clock: exact\n")]
        self.assertEqual((states.made, [state.clock for state in found]), (2, ["host", "host", "exact", "exact"]))


class Plugin(unittest.TestCase):
    """Each version that is tried has its own, and no other has any."""

    def test_each_tried_version_has_its_declarations(self):
        folders = {path.name for path in plugins.SOURCES.glob("qemu-*")}
        self.assertEqual(folders, {f"qemu-{version}" for version in plugins.TRIED})

    def test_they_are_compiled_apart(self):
        with mock.patch.object(plugins, "FOLDER", pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))), \
                mock.patch.object(plugins, "version", lambda program: program):
            for name in ("film", "restore", "leap", "count", "stay"):
                made = {plugins.library(name, version).read_bytes() for version in plugins.TRIED}
                self.assertEqual(len(made), len(plugins.TRIED), name)


class Command(unittest.TestCase):
    def board(self):
        return dataclasses.replace(fake_phone.board(), name="test-saved", arguments=ARGUMENTS, facts=FACTS)

    def test_ram_is_shared_to_save_and_private_to_load(self):
        with mock.patch.object(saved, "ROOT", pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))), \
                mock.patch.object(plugins, "library", lambda name, program: pathlib.Path(f"{name}.so")):
            recording = saved.Recording(self.board())
            words = recording.command(self.board())
            self.assertIn("virt,gic-version=2,memory-backend=ram", words)
            self.assertRegex(words[-1], r"size=512M,mem-path=/proc/\d+/fd/\d+,share=on$")
            with saved.Saved(recording._ram, recording._stream, 1.0) as state:
                words = state.command(self.board())
        self.assertTrue(any(word.endswith("share=off") for word in words))
        self.assertEqual(words[-4:-1], ["-incoming", "defer", "-plugin"])
        self.assertEqual(words[-1], "restore.so,panel=1092616192,width=480,height=800")


class Shipped(unittest.TestCase):
    def test_each_board_plays_one_both_ways(self):
        for board in architecture.boards():
            played = [scenario.load(path).start for path in selection.in_test(board)]
            self.assertIn("both", played, board)


class BothWays(unittest.TestCase):
    """From the state the phone tells the truth; booted it lies, or not."""

    def run_both(self, lie):
        def machine(*args, start=None):
            return fake_phone.FakePhone(*args, lie="" if start else lie)

        with mock.patch.object(plugins, "version", lambda program: "7.2"):
            return fake_phone.run(item("start: both\n"), tempfile.mkdtemp(prefix="robin-test-"), machine,
                                  states=States("out"))

    def test_the_same(self):
        result = self.run_both("")
        self.assertTrue(result.passed, result.sentence())

    def test_a_record_is_missing(self):
        found = [str(finding) for finding in self.run_both("audit").findings]
        self.assertTrue([text for text in found if text.startswith("from the saved state: ") and "sent" in text], found)

    def test_a_call_more(self):
        found = [str(finding) for finding in self.run_both("wire").findings]
        self.assertTrue([text for text in found if "booted: RX ATD09005123456;, RX ATD09005123456;" in text], found)


if __name__ == "__main__":
    unittest.main()
