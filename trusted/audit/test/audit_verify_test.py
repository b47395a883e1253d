#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every way to tamper with a log must be found. Run by ctest: audit_verify_test.py EXAMPLE VERIFIER"""

import hashlib
import importlib.machinery
import importlib.util
import struct
import subprocess
import sys
import unittest

EXAMPLE, VERIFIER = sys.argv[1:3]
RECORD_BYTES, BODY_BYTES, RINGS_AT, RING_BYTES, CAPACITIES = 88, 56, 8, 76, (512, 230)
HEAD_AT = RINGS_AT + 2 * RING_BYTES
RECORDS_AT = HEAD_AT + 32
COUNT_AT, FIRST_CHAIN_AT, CHAIN_AT = 8, 12, 44  # in a ring
CALLS, OTHER = 0, 1


def log(entries, mixed=None):
    command = [EXAMPLE, str(entries)] + ([str(mixed)] if mixed is not None else [])
    return bytearray(subprocess.run(command, capture_output=True, check=True).stdout)


def judge(raw, *options):
    done = subprocess.run([VERIFIER, *options, "-"], input=bytes(raw), capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def verifier():
    """The verifier in this process: for tests of hundreds of logs."""
    sys.dont_write_bytecode = True
    loader = importlib.machinery.SourceFileLoader("audit_verify", VERIFIER)
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("audit_verify", loader))
    loader.exec_module(module)
    return module


def ring_at(ring, field):
    return RINGS_AT + ring * RING_BYTES + field


def count_of(raw, ring):
    return struct.unpack_from("<I", raw, ring_at(ring, COUNT_AT))[0]


def at(ring, index):
    return RECORDS_AT + (sum(CAPACITIES[:ring]) + index % CAPACITIES[ring]) * RECORD_BYTES


def record(raw, ring, index):
    return bytes(raw[at(ring, index):at(ring, index) + RECORD_BYTES])


def remove(raw, ring, index):
    """Takes a record out and lets the later ones move up."""
    count = count_of(raw, ring)
    raw[at(ring, index):at(ring, count - 1)] = raw[at(ring, index + 1):at(ring, count - 1) + RECORD_BYTES]
    raw[at(ring, count - 1):at(ring, count - 1) + RECORD_BYTES] = bytes(RECORD_BYTES)
    struct.pack_into("<I", raw, ring_at(ring, COUNT_AT), count - 1)


def bind(raw, ring):
    """Makes all hashes of a ring anew, and the head: what somebody would do who can write all of the memory."""
    count = count_of(raw, ring)
    start = max(0, count - CAPACITIES[ring])
    chain = bytes(raw[ring_at(ring, FIRST_CHAIN_AT):][:32])
    for index in range(start, count):
        chain = hashlib.sha256(chain + record(raw, ring, index)[:BODY_BYTES]).digest()
        raw[at(ring, index) + BODY_BYTES:at(ring, index) + RECORD_BYTES] = chain
    raw[ring_at(ring, CHAIN_AT):ring_at(ring, CHAIN_AT) + 32] = chain
    bind_head(raw)


def bind_head(raw):
    parts = b"".join(bytes(raw[ring_at(r, COUNT_AT):][:4]) + bytes(raw[ring_at(r, CHAIN_AT):][:32]) for r in range(2))
    raw[HEAD_AT:HEAD_AT + 32] = hashlib.sha256(parts).digest()


class Tampering(unittest.TestCase):
    def broken(self, raw, word, *options):
        status, said = judge(raw, *options)
        self.assertEqual(status, 1, said)
        self.assertIn(word, said)

    def test_good_logs(self):
        for entries, mixed in ((0, 0), (1, 1), (50, 50), (742, 742), (743, 743), (1500, 1500), (1500, 20), (6000, 1000)):
            status, said = judge(log(entries, mixed))
            self.assertEqual(status, 0, said)
            self.assertIn(f"HOLDS: {entries} records", said)

    def test_says_what_is_gone(self):
        self.assertNotIn("no longer", judge(log(100))[1])
        raw = log(1000, 50)
        gone = count_of(raw, OTHER) - CAPACITIES[OTHER]
        self.assertIn(f"of which {gone} are no longer here", judge(raw)[1])

    def test_calls_outlive_a_flood(self):
        before, after = log(50), log(6000, 50)
        calls = count_of(before, CALLS)
        self.assertGreater(calls, 10)
        self.assertEqual([record(before, CALLS, i) for i in range(calls)], [record(after, CALLS, i) for i in range(calls)])

    def test_empty_head_is_the_hash_of_the_names(self):
        chains = [hashlib.sha256(f"Robin audit log 2, ring {ring}".encode()).digest() for ring in range(2)]
        self.assertEqual(log(0)[HEAD_AT:HEAD_AT + 32], hashlib.sha256(bytes(4) + chains[0] + bytes(4) + chains[1]).digest())

    def test_every_changed_byte(self):
        good, checker = log(24), verifier()
        checker.verify(bytes(good))
        for offset in (*range(4, RECORDS_AT), *range(at(CALLS, 0), at(CALLS, 3)), *range(at(OTHER, 0), at(OTHER, 3))):
            raw = bytearray(good)
            raw[offset] ^= 1
            with self.assertRaises((checker.Broken, checker.Unreadable), msg=f"byte {offset}"):
                checker.verify(bytes(raw))

    def test_removed(self):
        for ring in (CALLS, OTHER):
            raw = log(60)
            remove(raw, ring, 3)
            self.broken(raw, "does not fit")

    def test_a_removed_record_is_missed_even_when_all_is_bound_anew(self):
        for ring, entries, mixed in ((CALLS, 60, 60), (OTHER, 60, 60), (CALLS, 1000, 60)):
            raw = log(entries, mixed)
            remove(raw, ring, 3)
            bind(raw, ring)
            self.broken(raw, "never given")

    def test_a_call_is_not_taken_for_dropped_noise(self):
        raw = log(1000, 60)
        remove(raw, CALLS, 3)
        struct.pack_into("<I", raw, ring_at(OTHER, COUNT_AT), count_of(raw, OTHER) + CAPACITIES[OTHER])
        bind(raw, CALLS)
        bind_head(raw)
        self.broken(raw, "missing")

    def test_counts_are_bound(self):
        raw = log(6000, 3000)
        struct.pack_into("<I", raw, ring_at(CALLS, COUNT_AT), count_of(raw, CALLS) + CAPACITIES[CALLS])
        self.broken(raw, "head")

    def test_swapped(self):
        raw = log(60)
        one, two = record(raw, CALLS, 4), record(raw, CALLS, 9)
        raw[at(CALLS, 4):at(CALLS, 5)], raw[at(CALLS, 9):at(CALLS, 10)] = two, one
        self.broken(raw, "does not fit")
        bind(raw, CALLS)
        self.broken(raw, "does not belong after")

    def test_swapped_between_the_rings(self):
        raw = log(60)
        one, two = record(raw, CALLS, 4), record(raw, OTHER, 4)
        raw[at(CALLS, 4):at(CALLS, 5)], raw[at(OTHER, 4):at(OTHER, 5)] = two, one
        self.broken(raw, "does not fit")

    def test_a_time_that_runs_back(self):
        raw = log(60)
        struct.pack_into("<Q", raw, at(CALLS, 5) + 8, 10)
        bind(raw, CALLS)
        self.broken(raw, "older than")

    def test_cut_off(self):
        raw = log(60)
        struct.pack_into("<I", raw, ring_at(CALLS, COUNT_AT), 5)
        self.broken(raw, "does not end with")

    def test_cut_off_with_its_chain(self):
        raw = log(60)
        struct.pack_into("<I", raw, ring_at(CALLS, COUNT_AT), 5)
        bind(raw, CALLS)
        self.broken(raw, "cut off")

    def test_cut_off_cleanly_is_found_by_what_the_screen_says(self):
        raw, head = log(20), log(20)[HEAD_AT:HEAD_AT + 16].hex()
        cut = log(15)
        self.assertEqual(judge(cut)[0], 0)
        self.broken(cut, "expected", "--count", "20")
        self.broken(cut, "should begin", "--head", head)
        self.assertEqual(judge(raw, "--count", "20", "--head", head)[0], 0)

    def test_cut_off_file(self):
        self.assertEqual(judge(log(20)[:1000])[0], 2)
        self.assertEqual(judge(log(20)[:100])[0], 2)

    def test_other_memory(self):
        self.assertEqual(judge(bytes(65536))[0], 2)

    def test_first_chain(self):
        for ring, entries in ((CALLS, 20), (OTHER, 20), (OTHER, 1000)):
            raw = log(entries)
            raw[ring_at(ring, FIRST_CHAIN_AT)] ^= 1
            self.assertEqual(judge(raw)[0], 1)

    def test_rewritten_from_a_middle_record_on(self):
        raw, head = log(60), log(60)[HEAD_AT:HEAD_AT + 16].hex()
        struct.pack_into("<I", raw, at(CALLS, 10) + 24, 99)
        bind(raw, CALLS)
        self.assertEqual(judge(raw)[0], 0)  # a chain without a key cannot tell: the screen's head can
        self.broken(raw, "should begin", "--head", head)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
