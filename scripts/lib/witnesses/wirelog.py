# SPDX-License-Identifier: BSD-2-Clause
"""Witness 1: what the modem really received. modem-sim writes its lines into a ring at a fixed physical address
(modem-sim/wire_log.h); the harness reads that memory through QEMU."""

import dataclasses
import re
import struct

MAGIC = 0x45524957  # "WIRE"
HEADER = struct.Struct("<IIQ")
DEAF = "(deaf) "     # before what reached a modem that did not listen

_LINE = re.compile(r"^(\d+)\.(\d{6}) (RX|TX|CALL) ?(.*)$")
# One command of a V.250 command line: extended ones end at ';', S has a number and a value, basic ones a number.
_COMMAND = re.compile(r'\s*(?:(?P<dial>D)(?P<number>[^;]*);?|[+^$](?P<extended>(?:"[^"]*"|[^;"])*);?|S\d+(?:=\d*|\?)?'
                      r'|[&\\%*#]?[A-Z]\s*\d*\??)', re.IGNORECASE)
# All that the driver has a reason to write, besides dialling: its beginning, the list of calls, hanging up, answering,
# tones; a line without a word, which modem-sim logs as (abort), ends what is being carried out (V.250 5.6.1).
_DRIVER = re.compile(r'|\(abort\)|ATE0V1Q0|AT\+CMEE=1|AT\+CRC=0|AT\+CCWA=1|AT\+CNMI=2,0,0,0|AT\+CUSD=0|AT\+CSCS="GSM"|AT\+CPIN\?'
                     r'|AT\+CLCC|AT\+CHUP|(?P<answer>ATA|AT\+CHLD=1)|AT\+CHLD=0|AT\+VTS=[0-9*#]')
# Supplementary services and data that cost money or divert calls: what sets them, not what asks about them.
_COSTLY = re.compile(r'(CCFC=[^,]*,[13]\b|CUSD=1,"|CTFR=|CMGS=|CMSS=|CGDATA=|CGACT=1)', re.IGNORECASE)


class WireLogError(Exception):
    """The memory there is not a wire log, or it was overrun."""


@dataclasses.dataclass(frozen=True)
class WireLine:
    line: int      # from 1, as in the saved wire.log
    time: float    # the phone's seconds since power-on
    kind: str      # RX, TX, CALL
    text: str
    end: int       # bytes of log up to and including this line

    def dialled(self):
        """The number that this line tells the modem to dial, or None."""
        return _dialled(self.text) if self.kind == "RX" else None

    def written(self):
        """Likewise, though the modem may have been deaf."""
        return _dialled(self.text.removeprefix(DEAF)) if self.kind == "RX" else None


def strange(lines):
    """Lines that were heard, do not dial, and are not the driver's to say."""
    return [line for line in lines if line.kind == "RX" and line.written() is None
            and not _DRIVER.fullmatch(line.text.removeprefix(DEAF))]


def answers(lines):
    """The commands that take a call."""
    return [line for line in lines if line.kind == "RX" and (match := _DRIVER.fullmatch(line.text)) and match.group("answer")]


def _dialled(line):
    """Reads a command line as a modem does, command by command. What cannot be read makes the whole line suspect."""
    if line[:2].upper() != "AT":
        return None
    position = 2
    while position < len(line):
        match = _COMMAND.match(line, position)
        if not match or match.end() == position:
            return line
        if match.group("dial"):
            return re.sub(r"^[TP]|[IG ]+$", "", match.group("number"), flags=re.IGNORECASE)
        if match.group("extended") and _COSTLY.match(match.group("extended")):
            return line
        position = match.end()
    return None


def parse(raw):
    """All complete lines of a ring. A ring that was overrun has lost lines, and then nothing can be vouched for."""
    if len(raw) < HEADER.size:
        raise WireLogError("the wire log region is too short")
    magic, capacity, written = HEADER.unpack_from(raw)
    if magic != MAGIC:
        raise WireLogError(f"no wire log there: magic is 0x{magic:08x}, not 0x{MAGIC:08x}")
    if capacity != len(raw) - HEADER.size:
        raise WireLogError(f"the wire log says it holds {capacity} bytes, its region {len(raw) - HEADER.size}")
    if written > capacity:
        raise WireLogError(f"the wire log was overrun: {written} bytes written, {capacity} kept")
    return parse_text(raw[HEADER.size:HEADER.size + written])


def parse_text(text):
    lines, end = [], 0
    for index, chunk in enumerate(text.split(b"\n")[:-1]):
        end += len(chunk) + 1
        match = _LINE.match(chunk.decode("ascii", "replace"))
        if not match:
            raise WireLogError(f"wire.log:{index + 1}: not a line of a wire log: {chunk[:60]!r}")
        seconds = int(match.group(1)) + int(match.group(2)) / 1e6
        lines.append(WireLine(index + 1, seconds, match.group(3), match.group(4), end))
    return lines


def written(raw_header):
    """How many bytes were ever written: the position that orders a person's action against the wire."""
    magic, _, count = HEADER.unpack_from(raw_header)
    if magic != MAGIC:
        return 0  # modem-sim has not started yet
    return count


def dials(lines):
    return [line for line in lines if line.dialled() is not None]


def writes(lines):
    """The dial commands that reached the modem's line, heard or not."""
    return [line for line in lines if line.written() is not None]


def call_state(lines):
    """The carrier's last word on a call: dialling, alerting, active, ended; "none" before the first."""
    words = [line.text.split() for line in lines if line.kind == "CALL"]
    return words[-1][1] if words and len(words[-1]) > 1 else "none"


def render(lines):
    """The text saved as wire.log, whose line numbers the verdict names."""
    return "".join(f"{line.time:.6f} {line.kind} {line.text}\n" for line in lines)
