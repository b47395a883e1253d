#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Every way to tamper with a log must be found. Run by ctest: audit_verify_test.py EXAMPLE VERIFIER"""

import hashlib
import struct
import subprocess
import sys
import unittest

EXAMPLE, VERIFIER = sys.argv[1:3]
HEADER_BYTES, RECORD_BYTES, BODY_BYTES, CAPACITY = 80, 88, 56, 740
COUNT_AT, FIRST_CHAIN_AT, HEAD_AT = 12, 16, 48


def log(entries):
    return bytearray(subprocess.run([EXAMPLE, str(entries)], capture_output=True, check=True).stdout)


def judge(raw, *options):
    done = subprocess.run([VERIFIER, *options, "-"], input=bytes(raw), capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode()


def at(index):
    return HEADER_BYTES + index * RECORD_BYTES


def record(raw, index):
    return raw[at(index):at(index) + RECORD_BYTES]


class Tampering(unittest.TestCase):
    def broken(self, raw, word, *options):
        status, said = judge(raw, *options)
        self.assertEqual(status, 1, said)
        self.assertIn(word, said)

    def test_good_logs(self):
        for entries in (0, 1, 50, 739, 740, 741, 1500):
            status, said = judge(log(entries))
            self.assertEqual(status, 0, said)
            self.assertIn(f"HOLDS: {entries} records", said)

    def test_empty_head_is_the_hash_of_the_name(self):
        self.assertEqual(log(0)[HEAD_AT:HEAD_AT + 32], hashlib.sha256(b"Robin audit log 1").digest())

    def test_every_changed_byte(self):
        good = log(3)
        for offset in range(at(0), at(3)):
            raw = bytearray(good)
            raw[offset] ^= 1
            self.assertEqual(judge(raw)[0], 1, f"byte {offset}")

    def test_removed(self):
        raw = log(20)
        raw[at(7):at(19)] = raw[at(8):at(20)]
        raw[at(19):at(20)] = bytes(RECORD_BYTES)
        struct.pack_into("<I", raw, COUNT_AT, 19)
        self.broken(raw, "where record 7 belongs")

    def test_removed_and_renumbered(self):
        raw = log(20)
        raw[at(7):at(19)] = raw[at(8):at(20)]
        raw[at(19):at(20)] = bytes(RECORD_BYTES)
        for index in range(7, 19):
            struct.pack_into("<I", raw, at(index), index)
        struct.pack_into("<I", raw, COUNT_AT, 19)
        self.broken(raw, "was changed")

    def test_swapped(self):
        raw = log(20)
        raw[at(4):at(5)], raw[at(9):at(10)] = record(raw, 9), record(raw, 4)
        self.broken(raw, "where record 4 belongs")

    def test_cut_off(self):
        raw = log(20)
        struct.pack_into("<I", raw, COUNT_AT, 15)
        self.broken(raw, "head")

    def test_cut_off_with_its_head(self):
        raw = log(20)
        struct.pack_into("<I", raw, COUNT_AT, 15)
        raw[HEAD_AT:HEAD_AT + 32] = record(raw, 14)[BODY_BYTES:]
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

    def test_other_memory(self):
        self.assertEqual(judge(bytes(65536))[0], 2)

    def test_first_chain(self):
        for entries in (20, 1000):
            raw = log(entries)
            raw[FIRST_CHAIN_AT] ^= 1
            self.assertEqual(judge(raw)[0], 1)

    def test_rewritten_from_a_middle_record_on(self):
        raw = log(20)
        struct.pack_into("<I", raw, at(10) + 24, 99)
        chain = bytes(record(raw, 9)[BODY_BYTES:])
        for index in range(10, 20):
            chain = hashlib.sha256(chain + record(raw, index)[:BODY_BYTES]).digest()
            raw[at(index) + BODY_BYTES:at(index + 1)] = chain
        raw[HEAD_AT:HEAD_AT + 32] = chain
        self.assertEqual(judge(raw)[0], 0)  # a chain without a key cannot tell: the screen's head can
        self.broken(raw, "should begin", "--head", log(20)[HEAD_AT:HEAD_AT + 16].hex())


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
