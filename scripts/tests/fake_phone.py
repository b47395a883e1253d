# SPDX-License-Identifier: BSD-2-Clause
"""A phone in a few lines, with the machine's interface: it draws a prompt for what Linux asks, dials what the person
confirms, and keeps the two logs. `lie` makes exactly one witness see something else."""

import contextlib
import hashlib
import struct
from unittest import mock

from lib.phone import board as boards
from lib.scenario import runner
from lib.witnesses import audit, film, touches, wirelog
from . import drawing

WIRE = boards.Region("wire_log", 0x1000, 65536)
AUDIT = boards.Region("audit", 0x20000, 65536)
CODE = boards.Region("display", 0x40000, 4096)
RING = boards.Region("input_ring", 0x50000, 4096)
HOLD, ARM = 1.5, 0.7


def run(item, folder, machine=None, **more):
    """Plays a scenario on such a phone. Its time passes when it is asked for it: nobody sleeps meanwhile."""
    with mock.patch("time.sleep"):
        return runner.run(board(), item, folder, machine=machine or FakePhone, **more)


def board():
    return boards.Board("fake", "none", (), {}, WIRE, AUDIT, (CODE,), 480, 800, RING, {})


class FakeConsole:
    def __init__(self, phone):
        self._phone = phone
        self._text = "ROBIN-GUEST: ready\n"

    def position(self):
        return len(self._text)

    def text(self, start=0):
        return self._text[start:]

    def wait(self, pattern, start=0, timeout=0, clock=None, alive=None):
        return True

    def send(self, text):
        self._text += text

    def run(self, command, timeout=0, clock=None):
        if command.startswith("at 'ATD"):
            self._phone.request(command[7:].rstrip("';"))
        return 0, ""


class FakePhone:
    def __init__(self, _board=None, _folder=None, clock="host", strict=False, lie=""):
        self.board, self.clock, self.lie = board(), clock, lie
        self.console = FakeConsole(self)
        self._now, self._asked, self._down_at, self._call = 0.0, "", None, ""
        self._wire = "0.100000 TX OK\n"
        self._records, self._epoch, self._confirmed = [], 0, 0
        self._log("boot")
        self._code = b"code" * 1024
        self._film, self._asked_at, self.touches, self._told = [], 0.0, [], []
        self._paint(film.AT_FIRST)

    # --- the phone ----------------------------------------------------------------------------------------------

    def request(self, number):
        self._asked, self._asked_at = number, self._now
        self._paint()
        self._epoch += 1
        self._log("requested", number, detail=1)
        self._log("shown", number, detail=6 << 16 | 199)
        if self.lie == "wire":       # the modem hears what nobody confirmed
            self._wire += f"{self._now:.6f} RX ATD{number};\n"

    def _confirm(self):
        number, self._asked = self._asked, ""
        self._log("confirmed", number, detail=6 << 16 | 199)
        if self.lie != "audit":      # the log forgets what it sent
            self._confirmed += 1
            self._log("sent", number, detail=self._confirmed)
        self._wire += f"{self._now:.6f} RX ATD{number};\n"
        self._call = number
        self._now += 0.01
        self._paint()

    def _refuse(self):
        number, self._asked = self._asked, ""
        self._log("refused", number, detail=1)
        self._paint(0x70000 if self.lie == "painter" else CODE.base)
        if self.lie == "memory":     # the attack wrote into the dialler
            self._code = b"evil" + self._code[4:]

    def _log(self, kind, number="", detail=0):
        """The boot record is nobody's; all others are of Linux' prompts."""
        origin, epoch = (0, 0) if kind == "boot" else (1, self._epoch)
        self._records.append((kind, number, int(self._now * 1e6), origin, epoch, detail))

    def _rows(self, number):
        if self.lie == "screen":     # another number than the one that will be dialled
            number = number.replace("0900", "0300")
        return (number[:6], number[6:]) if len(number) > 6 else (number,)

    def _paint(self, writer=CODE.base, number=""):
        """A change of the whole panel, as the film has it."""
        picture = drawing.prompt(self._rows(number)) if number else self.screen()
        data = picture.convert("RGBX").tobytes("raw", "BGRX")
        self._film.append(film.HEAD.pack(int(self._now * 1e9), 0, len(data), writer) + data)

    def film(self):
        return b"".join(self._film)

    def film_time(self):
        return self._now

    phone_time = film_time

    # --- the machine's interface --------------------------------------------------------------------------------

    def time(self):
        self._now += 0.02
        if self.lie == "hold" and self._down_at and self._asked:   # another digit, for as long as the finger holds
            self._paint(number=self._asked.replace("5", "8"))
            self._paint()
        if self._down_at and self._asked and self._down_at[1] < 656 and self._now - self._down_at[2] >= HOLD:
            self._confirm()
        return self._now

    busy_time = progress = time

    def can_leap(self):
        return True

    def leap(self, seconds):
        self._now += seconds
        if self.lie == "later" and self._call and self._now > self._asked_at + 70:   # once more, when everybody has gone
            self._wire += f"{self._now:.6f} RX ATD{self._call};\n"
            self._call = ""

    def pause(self):
        pass

    resume = pause

    @contextlib.contextmanager
    def paused(self):
        yield self

    def screen(self):
        if self._asked:
            is_armed = self.lie == "early" or self._now >= self._asked_at + ARM
            return drawing.prompt(self._rows(self._asked), armed=is_armed)
        if self._call:
            return drawing.call(self._rows(self._call))
        if self.lie == "bar":        # words and colour of the bar contradict each other
            return drawing.linux(label="ROBIN · trusted")
        return drawing.linux()

    def read_memory(self, base, length):
        if base == WIRE.base:
            return self._wire_bytes()[:length]
        return {AUDIT.base: audit_bytes(self._records, self.lie), CODE.base: self._code,
                RING.base: self._ring_bytes()}[base]

    def read_region(self, region):
        return self.read_memory(region.base, region.bytes)

    def _ring_bytes(self):
        events = b"".join(touches.EVENT.pack(touches.TOUCH, x, y, 0) for x, y in self._told)
        return (touches.HEADER.pack(len(self._told)) + events).ljust(4096, b"\0")

    def _wire_bytes(self):
        text = self._wire.encode()
        return wirelog.HEADER.pack(wirelog.MAGIC, 65536 - 16, len(text)) + text.ljust(65536 - 16, b"\0")

    def finger_aim(self, x, y):
        pass

    def finger_down(self, x, y):
        self._down_at = (x, y, self._now)
        self.touches.append(touches.Touch(self._now, x, y, True))
        if self.lie == "leak" or not (self._asked or self._call):
            self._told.append((x, y - 48))

    def finger_move(self, x, y):
        pass

    def finger_up(self):
        if self._down_at and self._asked and 680 <= self._down_at[1] < 760:
            self._refuse()
        self._down_at = None

    def key(self, name, down):
        pass

    def is_alive(self):
        return True

    def close(self):
        pass


def audit_bytes(records, lie=""):
    """The region as trusted/audit writes it."""
    kinds = {name: value for value, name in audit.KINDS.items()}
    bodies = [bytearray(), bytearray()]
    first = [hashlib.sha256(f"Robin audit log 2, ring {ring}".encode()).digest() for ring in range(2)]
    chains, counts = list(first), [0, 0]
    for sequence, (kind, number, time_us, *rest) in enumerate(records):
        origin, epoch, detail = rest or (1, 7, 0)
        ring = 0 if kind in ("boot", "confirmed", "sent", "refused", "result", "blocked") else 1
        words = [0] * 5
        for i, symbol in enumerate(number):
            words[i // 8] |= audit.SYMBOLS.index(symbol) << (4 * (i % 8))
        body = struct.pack("<IIQIII6II", sequence, kinds[kind], time_us, origin, epoch, detail, len(number), *words, 1)
        chains[ring] = hashlib.sha256(chains[ring] + body).digest()
        bodies[ring] += body + (chains[ring] if lie != "chain" else bytes(32))
        counts[ring] += 1
    slots = (512, 230)
    head = hashlib.sha256(b"".join(struct.pack("<I", counts[ring]) + chains[ring] for ring in range(2))).digest()
    header = audit.HEADER.pack(audit.MAGIC, audit.RECORD.size) + b"".join(
        audit.RING.pack(sum(slots[:ring]), slots[ring], counts[ring], first[ring], chains[ring]) for ring in range(2))
    rings = b"".join(bytes(bodies[ring]).ljust(slots[ring] * audit.RECORD.size, b"\0") for ring in range(2))
    return (header + head + rings).ljust(65536, b"\0")
