# SPDX-License-Identifier: BSD-2-Clause
"""What scripts/prove takes for a proof, and what it does not."""

import collections
import importlib.machinery
import importlib.util
import json
import pathlib
import tempfile
import unittest

from lib.phone.board import ROOT

LOADER = importlib.machinery.SourceFileLoader("prove", str(ROOT / "scripts" / "prove"))
prove = importlib.util.module_from_spec(importlib.util.spec_from_loader("prove", LOADER))
LOADER.exec_module(prove)
HOLDS = {"description": "assertion a", "status": "SUCCESS"}
REACHED = {"description": "reached: b", "status": "FAILURE"}


def verdict(*results, status=10, texts=()):
    with tempfile.TemporaryDirectory(prefix="robin-test-") as folder:
        output = pathlib.Path(folder) / "out.json"
        said = [{"messageText": text} for text in texts] + ([{"result": list(results)}] if results else [])
        output.write_text(json.dumps(said))
        return prove.judge(output, status)["verdict"]


class Verdict(unittest.TestCase):
    def test_what_holds_and_is_reached_is_proved(self):
        self.assertEqual(verdict(HOLDS, REACHED), "proved")

    def test_what_fails_is_named(self):
        self.assertIn("assertion c", verdict(HOLDS, REACHED, {"description": "assertion c", "status": "FAILURE"}))

    def test_what_is_not_known_does_not_hold(self):
        self.assertTrue(verdict(REACHED, {"description": "assertion c", "status": "UNKNOWN"}).startswith("FALSE"))

    def test_a_harness_that_contradicts_itself_proves_nothing(self):
        self.assertTrue(verdict(HOLDS, {**REACHED, "status": "SUCCESS"}, status=0).startswith("nothing"))
        self.assertTrue(verdict(HOLDS, status=0).startswith("nothing"))

    def test_a_prover_that_stopped_has_no_verdict(self):
        self.assertIn("out of memory", verdict(status=6, texts=["SAT checker ran out of memory"]))
        self.assertTrue(verdict(HOLDS, REACHED, status=-9).startswith("no verdict"))


class Table(unittest.TestCase):
    def test_every_proof_has_three_faults(self):
        """Proofs that are cases of one kind of input have them together."""
        faults = collections.Counter()
        for name, proof in prove.load().items():
            kind = next((word for word in proof.get("define", []) if word.startswith("KIND=DIAL_INPUT_")), name)
            faults[kind] += len(proof.get("seeds", {}))
        for kind, count in faults.items():
            self.assertGreaterEqual(count, 3, kind)

    def test_every_fault_applies_to_its_file(self):
        for name, proof in prove.load().items():
            faults = proof.get("seeds", {})
            for fault, seed in faults.items():
                self.assertEqual((ROOT / seed["file"]).read_text().count(seed["old"]), 1, f"{name} {fault}")
                self.assertIn(seed["file"], [*proof["files"], *proof.get("holds", [])], f"{name} {fault}")


if __name__ == "__main__":
    unittest.main()
