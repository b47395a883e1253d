# SPDX-License-Identifier: BSD-2-Clause
"""A run in which all witnesses agree holds; a run in which any single one of them disagrees does not."""

import dataclasses
import pathlib
import tempfile
import unittest
from unittest import mock

from lib.scenario import scenario
from lib.witnesses import glyphs
from lib.witnesses import film
from . import fake_phone

REFUSED = """title: refused
promises: P1 P2 P3 P5 P6
limit: 5
at ATD09005123456;
wait screen prompt
expect number 0900 5 123456
expect price 1.99
tap refuse
wait screen linux
dialled nothing
"""
CONFIRMED = """title: confirmed
promises: P1 P2 P3 P5 P6
limit: 5
at ATD09005123456;
wait screen prompt
hold confirm
wait screen call
dialled 09005123456
"""


class OneWitnessDisagrees(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))

    def run_text(self, text, lie="", verdict=""):
        path = self.folder / "test.scenario"
        path.write_text((f"verdict: {verdict}\n" if verdict else "") + text)
        return fake_phone.run(scenario.load(path), self.folder / "run",
                              lambda *args: fake_phone.FakePhone(*args, lie=lie))

    def assert_only(self, result, witness, promise):
        self.assertFalse(result.passed, result.sentence())
        self.assertIn((witness, promise), [(finding.witness, finding.promise) for finding in result.findings])
        self.assertTrue(result.sentence().startswith("BROKEN: "))

    def test_all_agree_refused(self):
        result = self.run_text(REFUSED)
        self.assertTrue(result.passed, result.sentence())
        self.assertIn("heard nothing", result.sentence())

    def test_all_agree_confirmed(self):
        result = self.run_text(CONFIRMED)
        self.assertTrue(result.passed, result.sentence())
        self.assertEqual([dial.dialled() for dial in result.found.dials()], ["09005123456"])

    def test_wire_alone(self):
        result = self.run_text(REFUSED, "wire")
        self.assert_only(result, "wire", "P1")
        self.assertRegex(result.sentence(), r"modem heard 09005123456 at [0-9.]+ s, but no confirmation precedes it "
                                            r"\(wire\.log:\d+, audit\.log:\d+\)")

    def test_screen_alone(self):
        self.assert_only(self.run_text(CONFIRMED, "screen"), "screen", "P1")

    def test_tesseract_alone(self):
        """The panel shows the right number and tesseract reads another: nobody may say which of the two readers is right."""
        with mock.patch("lib.witnesses.screen._read_digits", lambda mask: ""):
            result = self.run_text(CONFIRMED)
        self.assert_only(result, "screen", "P2")
        self.assertIn("tesseract reads ''", result.sentence() + str(result.findings))

    def test_glyphs_alone(self):
        honest = glyphs.read_line
        with mock.patch("lib.witnesses.glyphs.read_line", lambda *words: honest(*words).replace("5", "6")):
            result = self.run_text(CONFIRMED)
        self.assert_only(result, "screen", "P2")
        self.assertIn("the glyphs read '09006123466'", str(result.findings))

    def test_memory_is_not_what_was_built(self):
        """Before and after are the same, so only what the build says can tell."""
        built = dataclasses.replace(fake_phone.CODE, sha256="0" * 64)
        with mock.patch("tests.fake_phone.CODE", built):
            self.assert_only(self.run_text(REFUSED), "memory", "P3")

    def test_each_witness_is_alone(self):
        """No lie is seen by another witness, too: it is that one that fails the run. (What the wire alone hears is held
        against the log, which must have it.)"""
        for lie, text, witness in (("audit", CONFIRMED, "audit"), ("chain", REFUSED, "audit"), ("memory", REFUSED, "memory")):
            with self.subTest(lie):
                self.assertEqual({finding.witness for finding in self.run_text(text, lie).findings}, {witness})

    def test_audit_alone(self):
        self.assert_only(self.run_text(CONFIRMED, "audit"), "audit", "P6")

    def test_chain_alone(self):
        self.assert_only(self.run_text(REFUSED, "chain"), "audit", "P6")

    def test_memory_alone(self):
        self.assert_only(self.run_text(REFUSED, "memory"), "memory", "P3")

    def test_bar_alone(self):
        self.assert_only(self.run_text(REFUSED.replace("wait screen linux", "picture after"), "bar"), "screen", "P5")

    def test_a_failed_wait_fails_the_run(self):
        result = self.run_text(CONFIRMED.replace("wait screen call", "wait screen home within 1 s"))
        self.assertFalse(result.passed)
        self.assertIn("test.scenario:7", result.sentence())

    def test_an_expected_dial_that_never_came(self):
        result = self.run_text(REFUSED.replace("dialled nothing", "dialled 09005123456"))
        self.assertIn("never heard 09005123456", result.sentence())

    def test_film_alone(self):
        for lie, text, promise in (("hold", CONFIRMED, "P2"), ("early", CONFIRMED, "P1"), ("painter", REFUSED, "P5")):
            with self.subTest(lie):
                result = self.run_text(text, lie)
                self.assert_only(result, "film", promise)
                self.assertEqual({finding.witness for finding in result.findings}, {"film"})

    def test_input_alone(self):
        result = self.run_text(CONFIRMED, "leak")
        self.assert_only(result, "input", "P5")
        self.assertEqual({finding.witness for finding in result.findings}, {"input"})

    def test_without_a_film_nothing_is_judged_good(self):
        def unfilmed(_):
            raise film.FilmError("QEMU 9.9 is none on which Robin's plugins were tried (7.2)")

        with mock.patch.object(fake_phone.FakePhone, "film", unfilmed):
            good, bad = self.run_text(REFUSED), self.run_text(REFUSED, "wire")
        self.assertEqual((good.passed, good.status), (False, 2))
        self.assertEqual(good.sentence(), "NOT JUDGED: the panel was not filmed: "
                         "QEMU 9.9 is none on which Robin's plugins were tried (7.2).")
        self.assertEqual(bad.status, 1)

    def test_mutant_wants_its_promise_broken(self):
        for verdict, lie, passes in (("broken P6", "chain", True), ("broken P6", "", False), ("broken P1", "chain", False),
                                     ("broken P1 P6", "chain", False), ("broken P1 P6", "wire", True),
                                     ("broken P6", "wire", False)):
            with self.subTest((verdict, lie)):
                self.assertEqual(self.run_text(REFUSED, lie, verdict=verdict).passed, passes)

    def test_a_failed_expectation_does_not_make_a_mutant_pass(self):
        text = REFUSED.replace("expect price 1.99", "expect price 9.99")
        self.assertFalse(self.run_text(text, verdict="broken P1").passed)

    def test_a_wait_in_a_repeat_wants_a_new_record_each_time(self):
        ask, wait = "at ATD09005123456;\n", "wait audit requested within 1 s\n"
        head, end = REFUSED[:REFUSED.index("at ")], "wait screen prompt\ntap refuse\nwait screen linux\ndialled nothing\n"
        each = self.run_text(f"{head}repeat 2 times\n{ask}{wait}end\n{end}")
        self.assertTrue(each.passed, each.sentence())
        once = self.run_text(f"{head}{ask}repeat 2 times\n{wait}end\n{end}")
        self.assertIn("the audit log had no 'requested'", once.sentence())

    def test_a_tap_that_acts_when_the_finger_comes_is_not_measured_from_its_leaving(self):
        def down(phone, x, y, honest=fake_phone.FakePhone.finger_down):
            honest(phone, x, y)
            phone._confirm()

        text = REFUSED[:REFUSED.index("expect")] + "measure tap confirm to wire within 20 ms\ndialled 09005123456\n"
        with mock.patch.object(fake_phone.FakePhone, "finger_down", down):
            result = self.run_text(text)
        self.assertIn("measure its press", str(result.findings))

    def test_logs_are_kept(self):
        self.run_text(CONFIRMED)
        for name in ("wire.log", "audit.log", "screens.log", "person.log", "memory.log", "audit.bin", "result.json"):
            self.assertTrue((self.folder / "run" / name).stat().st_size, name)


if __name__ == "__main__":
    unittest.main()
