# SPDX-License-Identifier: BSD-2-Clause
"""The wire is watched for longer than the driver is ever silent, and nobody waits for it."""

import pathlib
import re
import tempfile
import time
import unittest

from lib.phone import machine
from lib.scenario import scenario, watch
from lib.phone.board import ROOT
from . import fake_phone, test_verdict


class Period(unittest.TestCase):
    def test_it_is_the_driver_s_longest(self):
        text = (ROOT / "trusted" / "modem" / "modem_calls.c").read_text()
        table = re.search(r"period_ms\[CALL_PHASES\] = \{(.*?)\};", text, re.DOTALL).group(1)
        periods = [int(value) / 1000 for value in re.findall(r"= (\d+)", table)]
        self.assertGreater(len(periods), 5)
        self.assertEqual(watch.LONGEST_SECONDS, max(periods))

    def test_a_leap_is_shorter_than_any_answer_may_take(self):
        text = (ROOT / "trusted" / "modem" / "modem_driver.c").read_text()
        seconds = int(re.search(r"\bANSWER_US = (\d+) \* SECOND_US", text).group(1))
        self.assertLessEqual(watch.LEAP_SECONDS, seconds / 2)


class Late(unittest.TestCase):
    """Every scenario hears what the modem is told long after its last step."""

    def run_confirmed(self, lie):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))
        (folder / "test.scenario").write_text(test_verdict.CONFIRMED)
        return fake_phone.run(scenario.load(folder / "test.scenario"), folder / "run",
                              lambda *args: fake_phone.FakePhone(*args, lie=lie))

    def test_a_second_dial_after_more_than_a_minute(self):
        result = self.run_confirmed("later")
        self.assertIn(("P1", "wire"), [(finding.promise, finding.witness) for finding in result.findings])
        self.assertEqual(len(result.found.dials()), 2)

    def test_it_costs_no_time(self):
        began = time.monotonic()
        phone = fake_phone.FakePhone()
        watch.until_idle(phone)
        self.assertGreater(phone.film_time(), watch.IDLE_SECONDS)
        self.assertLess(time.monotonic() - began, watch.IDLE_SECONDS / 10)


class Busy(fake_phone.FakePhone):
    """One that speaks at each leap: it is watched for a bounded time."""

    def leap(self, seconds):
        super().leap(seconds)
        self._wire += f"{self._now:.6f} RX AT+CHUP\n"


class Bound(unittest.TestCase):
    def test_what_is_never_idle_ends(self):
        phone = Busy()
        watch.until_idle(phone)
        self.assertLess(phone.film_time(), watch.MOST_SECONDS + 5)

    def test_the_last_word_counts_not_the_last_step(self):
        phone = fake_phone.FakePhone()
        phone._now, phone._wire = 100.0, "50.000000 RX AT+CHUP\n99.000000 RX AT+CLCC\n99.010000 TX OK\n"
        watch.until_idle(phone)
        self.assertLess(phone.film_time(), 50 + watch.IDLE_SECONDS + 5)
        self.assertGreaterEqual(phone.film_time(), 50 + watch.IDLE_SECONDS)


class Unmoved(machine.Machine):
    """No emulator, and a plugin that did not find the clock."""

    def __init__(self):
        self._leap_file = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-")) / "leap"

    def pause(self):
        pass


class Refusal(unittest.TestCase):
    def test_a_clock_that_did_not_move_is_said(self):
        with self.assertRaisesRegex(machine.MachineError, "could not be moved ahead"):
            Unmoved().leap(1.0)


if __name__ == "__main__":
    unittest.main()
