# SPDX-License-Identifier: BSD-2-Clause
"""The real verifier against logs made here, the mutants against the sources they change, the report against a run."""

import json
import pathlib
import re
import subprocess
import tempfile
import unittest

from lib.phone import board, builds
from lib.report import report
from lib.scenario import runner, scenario
from lib.phone.board import ROOT
from lib.witnesses import audit
from . import fake_phone


class Verifier(unittest.TestCase):
    """scripts/audit-verify is the judge of the chain; it must refuse what the fake's lie produces."""

    def verify(self, lie):
        path = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-")) / "audit.bin"
        path.write_bytes(fake_phone.audit_bytes([("boot", "", 1), ("sent", "112", 2)], lie))
        return audit.verify(path)

    def test_good(self):
        self.assertEqual(self.verify("")[0], True, self.verify("")[1])

    def test_broken(self):
        self.assertEqual(self.verify("chain")[0], False)


class Mutants(unittest.TestCase):
    def test_each_patch_fits_and_changes_one_component(self):
        for name in scenario.MUTANTS:
            patch = builds.PATCHES / f"{name}.patch"
            with self.subTest(name):
                self.assertEqual(len(builds.mutated_components(patch)), 1)
                result = subprocess.run(["patch", "-p1", "--fuzz=0", "--dry-run", "-i", str(patch)], cwd=ROOT,
                                        capture_output=True, text=True, check=False)
                self.assertEqual(result.returncode, 0, result.stdout)

    def test_any_reader_s_own(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))
        patch, path = folder / "own.patch", folder / "own.scenario"
        path.write_text("title: t\npromises: P1\nbuild: own.patch\nverdict: broken P1 P6\ndialled nothing\n")
        item = scenario.load(path)
        self.assertEqual((builds.patch_of(item), item.broken), (patch.resolve(), {"P1", "P6"}))
        for changed, components in (("trusted/display/paint.c", ["display"]), ("legacy/vmm/main.c", ["vmm"])):
            patch.write_text(f"--- a/{changed}\n+++ b/{changed}\n@@ -1 +1 @@\n-a\n+b\n")
            self.assertEqual(builds.mutated_components(patch), components)
        for changed in ("kernel/exit.c", "trusted/protocol/number.c", "scripts/replay", "README.md", "../x/y"):
            patch.write_text(f"--- a/{changed}\n+++ b/{changed}\n@@ -1 +1 @@\n-a\n+b\n")
            self.assertRaisesRegex(board.BoardError, "a mutant changes components", builds.mutated_components, patch)
        self.assertRaises(board.BoardError, builds.mutated_components, folder / "missing.patch")

    def test_each_has_a_scenario_that_wants_it_caught(self):
        wanted = {item.build for item in map(scenario.load, builds.SCENARIOS.glob("*.scenario"))
                  if item.broken}
        self.assertEqual(wanted, {name for name in scenario.MUTANTS if name not in scenario.FAILURES})


class Report(unittest.TestCase):
    @staticmethod
    def written():
        """A run in which a call was heard that nobody confirmed, and its report."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))
        path = folder / "x.scenario"
        path.write_text("title: <T>\npromises: P1\nlimit: 2\nat ATD09005123456;\nwait screen prompt\ntap refuse\n"
                        "dialled nothing\n")
        item = scenario.load(path)
        result = fake_phone.run(item, folder, lambda *a: fake_phone.FakePhone(*a, lie="wire"))
        facts = report.Facts("now", "fake", [("hash", "00")], ["1.000000 RX ATD09005123456;"], "",
                             [("Linux", 10, False), ("Robin", 1, True)], "<svg></svg>", ["everything"], [("a", "b")])
        return folder, report.write(folder, result, facts).read_text()

    def test_broken_run_says_so_on_top(self):
        folder, text = self.written()
        self.assertIn("A promise was broken", text)
        self.assertIn("BROKEN: modem heard 09005123456", text)
        self.assertIn("&lt;T&gt;", text)
        self.assertNotIn("http://", text.replace("http://www.w3.org", ""))
        facts = json.loads((folder / "report.json").read_text())
        self.assertEqual(facts["linux"][0]["what"], "ATD09005123456;")

    def test_it_needs_nothing_else(self):
        text = self.written()[1]
        self.assertFalse(re.search(r"<script|<link|@import|url\(|(src|href)=\"(?!#|data:)", text))

    def test_each_event_leads_to_its_log_line_and_to_its_picture(self):
        text = self.written()[1]
        lanes = text[text.index("<h2>Time line"):text.index("<h2>The same attack")]
        events = re.split(r"<div class=\"event ", lanes)[1:]
        self.assertEqual({event.split(" ")[0].split('"')[0] for event in events}, {"legacy", "screen", "person", "modem"})
        seen = False
        for event in events:
            seen = seen or event.startswith("screen")
            targets = re.findall(r"href=\"#([^\"]+)\"", event)
            self.assertTrue([name for name in targets if re.match(r"(linux|screens|person|wire)\.log-\d+$", name)], event)
            self.assertEqual(any(name.startswith("pic-") for name in targets), seen, event)
            for name in targets:
                self.assertEqual(text.count(f"id=\"{name}\""), 1, name)


if __name__ == "__main__":
    unittest.main()
