# SPDX-License-Identifier: BSD-2-Clause
"""Limits count what the phone did, not how long a busy computer took over it."""

import os
import threading
import time
import unittest

from lib.report import progress


class Phone:
    """A phone of which a computer under load runs only a part."""

    def __init__(self):
        self.host = self.running = self.work = 0.0
        self.is_idle = False
        self.progress = progress.Progress(lambda: progress.Sample(self.running, self.work, self.is_idle), lambda: self.host)

    def let(self, seconds, share=1.0, is_idle=False, paused=False):
        self.host += seconds
        if not paused:
            self.running += seconds
        self.work += 0 if is_idle or paused else seconds * share
        self.is_idle = is_idle
        return self.progress.seconds()


class Limits(unittest.TestCase):
    def test_work_counts_as_far_as_it_came(self):
        phone = Phone()
        for _ in range(1800):
            seconds = phone.let(0.1, share=0.1)
        self.assertAlmostEqual(seconds, 18.0, 3)

    def test_rest_counts_in_full(self):
        phone = Phone()
        for _ in range(100):
            seconds = phone.let(0.1, is_idle=True)
        self.assertAlmostEqual(seconds, 10.0, 3)

    def test_a_pause_does_not_count(self):
        phone = Phone()
        phone.let(1, is_idle=True)
        self.assertAlmostEqual(phone.let(400, paused=True), 1.0, 3)

    def test_a_spinning_phone_meets_its_limit(self):
        phone = Phone()
        for _ in range(100):
            seconds = phone.let(0.6)
        self.assertAlmostEqual(seconds, 60.0, 3)

    def test_a_phone_that_does_nothing_at_all_is_given_up(self):
        phone = Phone()
        phone.let(progress.GUARD_SECONDS - 1, share=0.0)
        with self.assertRaises(progress.Standstill):
            phone.let(2, share=0.0)

    def test_one_that_crawls_is_not(self):
        phone = Phone()
        for _ in range(20):
            phone.let(progress.GUARD_SECONDS / 2, share=0.002)


class Threads(unittest.TestCase):
    """The kernel's own words on a thread that works and on one that waits."""

    def test_working_and_waiting(self):
        tids, stop, busy = {}, threading.Event(), threading.Event()

        def wait():
            tids["wait"] = threading.get_native_id()
            stop.wait()

        threads = [threading.Thread(target=wait)]
        threads[0].start()
        busy.wait(0.05)
        before = progress.of_thread(os.getpid(), threading.get_native_id())[0]
        until = time.thread_time() + 0.2
        while time.thread_time() < until:
            pass
        self.assertGreaterEqual(progress.of_thread(os.getpid(), threading.get_native_id())[0] - before, 0.15)
        self.assertTrue(progress.of_thread(os.getpid(), tids["wait"])[1])
        self.assertFalse(progress.of_thread(os.getpid(), threading.get_native_id())[1])
        stop.set()
        threads[0].join()


if __name__ == "__main__":
    unittest.main()
