# SPDX-License-Identifier: BSD-2-Clause
"""Pictures and acts bear the phone's own time, as its logs do, however far the harness's clock is from it."""

import pathlib
import tempfile
import unittest

from lib.scenario import scenario
from lib.phone.machine import Machine
from . import fake_phone, test_verdict

AHEAD = 40.0


class Ahead(fake_phone.FakePhone):
    """An idle phone under clock "exact": its clock is far ahead of what the harness counts."""

    def time(self):
        return super().time() - AHEAD

    busy_time = progress = time


class TwoClocks(unittest.TestCase):
    def test_a_phone_whose_clock_is_ahead_is_believed(self):
        folder = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))
        path = folder / "test.scenario"
        path.write_text(test_verdict.CONFIRMED)
        result = fake_phone.run(scenario.load(path), folder / "run", Ahead)
        self.assertTrue(result.passed, result.sentence())
        for item in result.found.sightings + result.found.acts:
            self.assertGreaterEqual(item.time, 0.0)

    def test_a_touch_comes_after_the_look(self):
        """What a picture stood for is counted up to the touch, and the look before it takes the phone a frame."""
        folder = pathlib.Path(tempfile.mkdtemp(prefix="robin-test-"))
        path = folder / "test.scenario"
        path.write_text(test_verdict.CONFIRMED)
        found = fake_phone.run(scenario.load(path), folder / "run").found
        touch = next(act for act in found.acts if act.kind == "confirm")
        self.assertEqual(touch.film_time, max(item.time for item in found.sightings if item.time <= touch.time))

    def test_the_machine_s_time_of_the_phone_is_the_film_s_while_it_stands(self):
        machine = Standing(film=31.7)
        machine.pause()
        self.assertAlmostEqual(machine.phone_time(), 31.7)

    def test_without_a_film_it_is_the_harness_s(self):
        machine = Standing(film=None)
        machine.pause()
        self.assertAlmostEqual(machine.phone_time(), machine.time())


class Standing(Machine):
    """No emulator: a film that ends at a moment, and a harness that counted 14.1 s."""

    def __init__(self, film):
        self.clock, self._film, self._film_offset = "host", film, 0.0
        self._elapsed, self._resumed_at, self._qmp = 14.1, None, self

    def call(self, command):
        pass

    def film_time(self):
        return self._film


if __name__ == "__main__":
    unittest.main()
