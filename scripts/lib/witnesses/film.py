# SPDX-License-Identifier: BSD-2-Clause
"""Witness 5: a film of the panel (scripts/film-plugin/film.c), each change of the memory that is scanned out, with the
phone's own time and the code that stored it. From it any moment's picture is made. It begins when the phone is switched
on, or where its saved state begins, and ends with the run."""

import array
import collections
import gzip
import itertools
import struct
import typing

from PIL import Image

from lib.phone import plugins
from lib.phone.board import number

HEAD = struct.Struct("<QIII")
UNEXPLAINED, AT_FIRST, STOPPED = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
PAGE_BYTES, PIXEL_BYTES = 4096, 4
ONE_COLOUR = 1 << 31               # in a change's length: its first pixel stands for all
RAM_ALIGNMENT = 0x40000000         # where the boards' RAM begins
MEGABYTE = 1 << 20
PAINTERS = ("kernel", "display")   # the kernel's own pictures: its start, and its last words


class FilmError(Exception):
    """There is no film, or it is not one; the message is the reason."""


def words(board, path, clock, is_strict):
    """QEMU's words that make it film; strict: stores of the guest's code are watched like all others."""
    panel, ram = board.facts["framebuffer"], number(board.facts["framebuffer"]["base"]) & -RAM_ALIGNMENT
    values = {"panel": panel["base"], "panel-bytes": panel["width"] * panel["height"] * PIXEL_BYTES, "ram": ram,
              "ram-bytes": _megabytes(board) * MEGABYTE, "icount": int(clock == "exact"), "out": path}
    guest = board.facts.get("guest_ram", {"bytes": 0})
    if not is_strict and guest["bytes"]:
        values.update({"skip": guest["base"], "skip-bytes": guest["bytes"]})
    options = [f"{name}={value}" for name, value in values.items()]
    return ["-plugin", ",".join([str(plugins.library("film", board.machine)), *options])]


def _megabytes(board):
    return int(board.arguments[board.arguments.index("-m") + 1].removesuffix("M"))


class Change(typing.NamedTuple):
    time: float      # the phone's seconds since power-on
    offset: int      # in the panel's memory
    bytes: int
    writer: int      # the physical page of the storing code, or one of the three above
    place: int       # of its data in the film
    is_plain: bool   # of one colour: its first pixel is all its data


class Scene(typing.NamedTuple):
    """Changes that follow each other closely, and the panel as they left it."""
    first: float
    last: float
    writers: dict    # who: how many changes
    box: tuple       # left, top, right, bottom of all that changed
    picture: Image.Image


class Film:
    """A film may hold millions of changes: they stay packed, and are looked at one after the other."""

    def __init__(self, raw, board):
        self.width, self.height = board.width, board.height
        self._code = [(region.base // PAGE_BYTES * PAGE_BYTES, region.base + region.bytes, region.name)
                      for region in board.read_only]
        self._raw, self._places, self._names = memoryview(raw), array.array("Q"), {}
        self._index()
        if not self._places:
            raise FilmError("the film is empty")

    def _index(self):
        at, limit = 0, self.width * self.height * PIXEL_BYTES
        while at + HEAD.size <= len(self._raw):
            _, offset, said, _ = HEAD.unpack_from(self._raw, at)
            length = said & ~ONE_COLOUR
            if offset + length > limit:
                raise FilmError(f"the film is torn: a change of {length} bytes at {offset:#x}")
            self._places.append(at)
            at += HEAD.size + (PIXEL_BYTES if said & ONE_COLOUR else length)
        if at != len(self._raw):
            raise FilmError("the film ends in the midst of a change")

    def __len__(self):
        return len(self._places)

    def __getitem__(self, index):
        place = self._places[index]
        time_ns, offset, said, writer = HEAD.unpack_from(self._raw, place)
        return Change(time_ns / 1e9, offset, said & ~ONE_COLOUR, writer, place + HEAD.size, bool(said & ONE_COLOUR))

    def data(self, change):
        if not change.is_plain:
            return self._raw[change.place:change.place + change.bytes]
        return (bytes(self._raw[change.place:change.place + PIXEL_BYTES]) * (change.bytes // PIXEL_BYTES + 1))[:change.bytes]

    def writer(self, change):
        """Whose code it was, or "" where the film only says what stood there."""
        if change.writer not in self._names:
            near = (name for base, end, name in self._code if base <= change.writer < end)
            self._names[change.writer] = {UNEXPLAINED: "no code that was seen", AT_FIRST: "", STOPPED: ""}.get(
                change.writer) if change.writer >= STOPPED else next(near, f"code at {change.writer:#x}")
        return self._names[change.writer]

    def strangers(self):
        """{who is neither kernel nor display: (its first change, how many)}."""
        found = {}
        for change in self:
            name = self.writer(change)
            if name and name not in PAINTERS:
                first, count = found.get(name, (change, 0))
                found[name] = first, count + 1
        return found

    def picture(self, until):
        """The panel at that moment, with all that had changed up to it."""
        memory = bytearray(self.width * self.height * PIXEL_BYTES)
        for change in itertools.takewhile(lambda change: change.time <= until, self):
            memory[change.offset:change.offset + change.bytes] = self.data(change)
        return self._drawn(memory)

    def cuts(self, rest):
        """Where scenes end: the index after each change that is followed by a rest, or by nothing."""
        last = None
        for index, change in enumerate(self):
            if last is not None and change.bytes and change.time - last >= rest:
                yield index
            last = change.time if change.bytes or last is None else last
        yield len(self)

    def scenes(self, cuts):
        """One between each two cuts."""
        memory, begin = bytearray(self.width * self.height * PIXEL_BYTES), 0
        for end in cuts:
            changes = [change for change in map(self.__getitem__, range(begin, end)) if change.bytes]
            for change in changes:
                memory[change.offset:change.offset + change.bytes] = self.data(change)
            if changes:
                yield Scene(changes[0].time, changes[-1].time, dict(collections.Counter(map(self.writer, changes))),
                            self._box(changes), self._drawn(memory))
            begin = end

    def _box(self, changes):
        """Changes go on from one row to the next: those of more than one are as wide as the panel."""
        ends = [(change.offset // PIXEL_BYTES, (change.offset + change.bytes - 1) // PIXEL_BYTES) for change in changes]
        is_wide = any(first // self.width != last // self.width for first, last in ends)
        return (0 if is_wide else min(first % self.width for first, _ in ends),
                min(first for first, _ in ends) // self.width,
                self.width if is_wide else max(last % self.width for _, last in ends) + 1,
                max(last for _, last in ends) // self.width + 1)

    def _drawn(self, memory):
        return Image.frombuffer("RGB", (self.width, self.height), bytes(memory), "raw", "BGRX", 0, 1)

    def last_change(self, boxes, until):
        """The last moment up to `until` at which something in the boxes changed; the film's beginning, if nothing did."""
        for index in range(len(self) - 1, 0, -1):
            change = self[index]
            if change.time <= until and change.bytes and any(self._touches(change, box) for box in boxes):
                return change.time
        return self[0].time

    def is_same(self, boxes, one, other):
        """Whether the boxes held the same at two moments."""
        first, second = self.picture(one), self.picture(other)
        corners = [(x, y, x + width, y + height) for x, y, width, height in boxes]
        return all(first.crop(corner).tobytes() == second.crop(corner).tobytes() for corner in corners)

    def _touches(self, change, box):
        x, y, width, height = box
        first, last = change.offset // PIXEL_BYTES, (change.offset + change.bytes - 1) // PIXEL_BYTES
        return any(first < row * self.width + x + width and last >= row * self.width + x
                   for row in range(max(y, first // self.width), min(y + height, last // self.width + 1)))


def last_time(file):
    """The time of a film's last word, which a phone that stands still has just written; None before the first."""
    if file.seek(0, 2) < HEAD.size:
        return None
    file.seek(-HEAD.size, 2)
    time_ns, _, _, writer = HEAD.unpack(file.read())
    return time_ns / 1e9 if writer == STOPPED else None


def keep(raw, path):
    """Packed, beside the other logs."""
    path.write_bytes(gzip.compress(raw, 1))
