# SPDX-License-Identifier: BSD-2-Clause
"""Taps that rain fall at their beat, whatever the harness does meanwhile."""

import json
import pathlib
import socket
import tempfile
import threading
import unittest

from lib.phone import rain

DOWN, UP = [["aim"], ["down"]], [["up"]]


def answer(listener, heard):
    """An emulator that takes every report."""
    client, _ = listener.accept()
    with client, client.makefile("rwb") as stream:
        stream.write(b'{"QMP": {}}\n')
        stream.flush()
        for line in stream:
            asked = json.loads(line)
            if asked["execute"] == "input-send-event":
                heard.append(asked["arguments"]["events"])
            stream.write(b'{"return": {}}\n')
            stream.flush()


class Rain(unittest.TestCase):
    def test_every_tap_falls_down_and_up_in_turn(self):
        heard = []
        with tempfile.TemporaryDirectory(prefix="robin-test-") as folder, socket.socket(socket.AF_UNIX) as listener:
            path = pathlib.Path(folder) / "rain"
            listener.bind(str(path))
            listener.listen()
            emulator = threading.Thread(target=answer, args=(listener, heard), daemon=True)
            emulator.start()
            times = rain.fall(path, DOWN, UP, 5, 0.02)
            emulator.join(10)
        self.assertEqual(heard, (DOWN + UP) * 5)
        self.assertEqual(len(times), 10)
        self.assertGreaterEqual(times[-1] - times[0], 8 * 0.02)

    def test_no_emulator_no_rain(self):
        with tempfile.TemporaryDirectory(prefix="robin-test-") as folder:
            self.assertEqual(rain.fall(pathlib.Path(folder), DOWN, UP, 1, 0.01), [])

    def test_the_longest_pause_is_told(self):
        self.assertEqual(rain.longest_pause([1.0, 1.5, 1.75]), 0.5)
        self.assertEqual(rain.longest_pause([]), 0.0)


if __name__ == "__main__":
    unittest.main()
