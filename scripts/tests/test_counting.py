# SPDX-License-Identifier: BSD-2-Clause
"""What is counted as passed, and what is not, whatever was said last."""

import unittest

from lib.report.counting import counted

PATTERN = r"KTEST: (\d+) passed, (\d+) failed"


class Verdicts(unittest.TestCase):
    def counts(self, status, output, **more):
        count = counted(status, output, PATTERN, **more)
        return count.passed, count.failed

    def test_a_good_one(self):
        self.assertEqual(self.counts(0, "KTEST: 40 passed, 0 failed\n"), (40, 0))

    def test_what_hangs_after_its_verdict_has_failed(self):
        for strict in (True, False):
            self.assertEqual(self.counts(124, "KTEST: 40 passed, 0 failed\n", strict=strict), (40, 1))
        self.assertIn("timed out", counted(124, "KTEST: 40 passed, 0 failed\n", PATTERN, strict=False).why)

    def test_no_verdict_or_an_empty_one_has_failed(self):
        self.assertEqual(self.counts(0, "PANIC\n"), (0, 1))
        self.assertEqual(self.counts(0, "KTEST: 0 passed, 0 failed\n"), (0, 1))

    def test_what_failed_is_counted_once(self):
        self.assertEqual(self.counts(1, "KTEST: 38 passed, 2 failed\n"), (38, 2))

    def test_a_bad_end_counts_where_it_must_be_good(self):
        self.assertEqual(self.counts(1, "KTEST: 40 passed, 0 failed\n"), (40, 1))
        self.assertEqual(self.counts(1, "KTEST: 40 passed, 0 failed\n", strict=False), (40, 0))


if __name__ == "__main__":
    unittest.main()
