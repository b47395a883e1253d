# SPDX-License-Identifier: BSD-2-Clause
"""Counts real test cases out of what cmocka, ctest, unittest and the project's own tools print."""

import re


class Count:
    """Test cases of one part, and why it is not what it should be."""

    def __init__(self, passed=0, failed=0, skipped=0, why=""):
        self.passed, self.failed, self.skipped, self.why = passed, failed, skipped, why

    def add(self, other):
        self.passed, self.failed, self.skipped = (self.passed + other.passed, self.failed + other.failed,
                                                  self.skipped + other.skipped)

    def __str__(self):
        more = f", {self.skipped} skipped" if self.skipped else ""
        return f"{self.passed} passed, {self.failed} failed{more}"


def reason(status, output):
    lines = [line for line in output.splitlines() if line.strip()]
    errors = [line for line in lines if re.search(r"error|FAILED|failed|cannot|missing|BROKEN|COULD NOT", line)]
    said = (errors or lines or ["no message"])[-1].strip()[:160]
    return f"timed out: {said}" if status == 124 else f"ended with {status}: {said}"


def unittests(status, output):
    ran = re.search(r"^Ran (\d+) tests?", output, re.MULTILINE)
    if not ran:
        return Count(failed=1, why=reason(status, output))
    total = int(ran.group(1))
    lost = sum(int(n) for n in re.findall(r"(?:failures|errors)=(\d+)", output))
    skipped = sum(int(n) for n in re.findall(r"skipped=(\d+)", output))
    failed = min(max(lost, 1 if status else 0), total) if status else 0
    return Count(total - failed - skipped, failed, skipped, reason(status, output) if failed else "")


def cases(lines, passed):
    """cmocka prints '[       OK ] name' and '[  FAILED  ] name'; python's unittest 'Ran N tests'."""
    good = sum(1 for line in lines if re.match(r"\d+: \[ +OK +\]", line))
    bad = sum(1 for line in lines if re.match(r"\d+: \[ +FAILED +\] \w+$", line)) // 2
    ran = sum(int(n) for line in lines for n in re.findall(r"^\d+: Ran (\d+) tests?", line))
    if good + bad == 0:
        good = max(ran, 1) if passed else 0
    return Count(good, max(bad, 0 if passed else 1))


def counted(status, output, pattern, strict=True):
    """A program that hangs after its verdict (124: it was ended) has failed, whatever it said."""
    match = re.search(pattern, output)
    if not match:
        return Count(failed=1, why=reason(status, output))
    passed, failed = map(int, match.groups())
    if failed == 0 and (passed == 0 or status == 124 or (strict and status != 0)):
        failed = 1
    return Count(passed, failed, why=reason(status, output) if failed else "")
