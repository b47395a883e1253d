# SPDX-License-Identifier: BSD-2-Clause
"""Witness 3: the audit log (trusted/protocol/audit.h). scripts/audit-verify, which shares no code with the component,
judges the chain; here the records are only read, so that they can be compared with the wire and the screen."""

import dataclasses
import pathlib
import struct
import subprocess

from lib.phone.board import ROOT

MAGIC = 0x32445541  # "AUD2"
HEADER = struct.Struct("<II")
RING = struct.Struct("<III32s32s")  # first slot, capacity, count, chain before the oldest, chain
RINGS = 2                           # calls; the rest
RECORDS_AT = HEADER.size + RINGS * RING.size + 32
RECORD = struct.Struct("<IIQIII6II32s")
KINDS = {1: "boot", 2: "requested", 3: "shown", 4: "confirmed", 5: "refused", 6: "sent", 7: "result",
         8: "rejected", 9: "violation", 10: "restarted", 11: "blocked", 12: "ringing"}
ORIGINS = {0: "user", 1: "linux", 2: "network"}
SYMBOLS = "0123456789*#+"
COUNTED = ("rejected", "violation")  # kinds of which many are coalesced into one record


class AuditError(Exception):
    """The memory there is not an audit log."""


@dataclasses.dataclass(frozen=True)
class AuditRecord:
    line: int      # from 1, as in the saved audit.log
    sequence: int
    kind: str
    time: float
    origin: str
    epoch: int
    detail: int
    number: str
    repeats: int

    def text(self):
        words = [f"{self.time:.6f}", f"#{self.sequence}", self.kind, self.origin]
        if self.number:
            words.append(self.number)
        words += [f"epoch={self.epoch}", f"detail={self.detail:#x}"]
        return " ".join(words + ([f"repeats={self.repeats}"] if self.repeats > 1 else []))


def unpack_number(words):
    length, packed = words[0], words[1:]
    if length > 8 * len(packed):
        return f"?length={length}"
    digits = [(packed[i // 8] >> (4 * (i % 8))) & 0xF for i in range(length)]
    return "".join(SYMBOLS[d] if d < len(SYMBOLS) else "?" for d in digits)


def parse(raw):
    """The records of both rings in the order in which they were appended, and the count and head of the log."""
    if len(raw) < RECORDS_AT:
        raise AuditError("the audit region is too short")
    magic, record_bytes = HEADER.unpack_from(raw)
    if magic != MAGIC:
        raise AuditError(f"no audit log there: magic is 0x{magic:08x}, not 0x{MAGIC:08x}")
    rings = [RING.unpack_from(raw, HEADER.size + index * RING.size)[:3] for index in range(RINGS)]
    slots = max(first + capacity for first, capacity, _ in rings)
    if record_bytes != RECORD.size or RECORDS_AT + slots * RECORD.size > len(raw):
        raise AuditError(f"the audit log describes records of {record_bytes} bytes, {slots} of them: not ours")
    kept = sorted(RECORD.unpack_from(raw, RECORDS_AT + (first + index % capacity) * RECORD.size)
                  for first, capacity, count in rings for index in range(max(0, count - capacity), count))
    records = [_record(line, fields) for line, fields in enumerate(kept, start=1)]
    return records, sum(count for _, _, count in rings), raw[RECORDS_AT - 32:RECORDS_AT]


def _record(line, fields):
    sequence, kind, time_us, origin, epoch, detail = fields[:6]
    return AuditRecord(line, sequence, KINDS.get(kind, f"kind{kind}"), time_us / 1e6,
                       ORIGINS.get(origin, f"origin{origin}"), epoch, detail,
                       unpack_number(fields[6:12]), fields[12])


def verify(path, verifier=ROOT / "scripts" / "audit-verify"):
    """(good, sentence) from the independent verifier of the chain."""
    if not pathlib.Path(verifier).exists():
        return False, f"{verifier} is missing: the chain was not verified"
    result = subprocess.run([str(verifier), str(path)], capture_output=True, text=True, check=False, timeout=60)
    said = (result.stdout.strip() or result.stderr.strip()).splitlines()
    return result.returncode == 0, said[-1] if said else f"audit-verify ended with {result.returncode}"


def render(records):
    return "".join(record.text() + "\n" for record in records)
