# SPDX-License-Identifier: BSD-2-Clause
"""What one run of a scenario left behind: the testimony of each witness, and what the person did when. Positions on
the wire (bytes of wire log written so far) put a person's action and the modem's hearing into one order without
comparing clocks. Every time is the phone's own, as the wire, the audit log and the film have it."""

import dataclasses

from lib.witnesses import audit, integrity, wirelog


@dataclasses.dataclass(frozen=True)
class Sighting:
    """A picture of the panel that was read completely."""
    line: int              # in screens.log
    time: float
    wire_position: int
    reading: object        # witnesses.screen.Reading


@dataclasses.dataclass(frozen=True)
class Act:
    """Something the person did. Only `confirm` can allow a call: see runner.Person."""
    line: int              # in person.log
    time: float
    wire_position: int
    kind: str              # confirm, refuse, touch, key, attention
    what: str
    film_time: float = None   # between the look and the touch, where there is a film


@dataclasses.dataclass(frozen=True)
class Failure:
    """An expectation of the scenario that did not come true."""
    step_line: int
    witness: str
    message: str
    where: tuple = ()


@dataclasses.dataclass
class Evidence:
    wire: list = dataclasses.field(default_factory=list)
    wire_problem: str = ""
    audit: list = dataclasses.field(default_factory=list)
    audit_problem: str = ""
    film: object = None        # witnesses.film.Film
    film_problem: str = ""
    touches: list = dataclasses.field(default_factory=list)      # witnesses.touches.Touch, what the hand did
    ring: bytes = b""      # what Linux was told of it
    ring_start: int = 0    # how many events it had before
    chain_good: bool = True
    chain_said: str = ""
    sightings: list = dataclasses.field(default_factory=list)
    acts: list = dataclasses.field(default_factory=list)
    memory_before: list = dataclasses.field(default_factory=list)
    memory_after: list = dataclasses.field(default_factory=list)
    failures: list = dataclasses.field(default_factory=list)
    legacy_log: list = dataclasses.field(default_factory=list)   # (time, what Linux was told to do)
    measures: list = dataclasses.field(default_factory=list)     # (what, seconds, bound)
    wire_start: int = 0    # wire position at which the scenario began
    audit_start: int = 0   # first audit sequence of the scenario

    def save(self, folder):
        """Writes the logs whose lines the verdict names."""
        (folder / "wire.log").write_text(wirelog.render(self.wire))
        (folder / "audit.log").write_text(audit.render(self.audit))
        (folder / "memory.log").write_text(integrity.render(self.memory_before, self.memory_after))
        (folder / "screens.log").write_text("".join(self._sighting(item) for item in self.sightings))
        (folder / "linux.log").write_text("".join(f"{seconds:.3f} {what}\n" for seconds, what in self.legacy_log))
        (folder / "person.log").write_text("".join(f"{act.time:.3f} {act.kind} {act.what}\n" for act in self.acts))

    @staticmethod
    def _sighting(item):
        reading = item.reading
        number = f" number={reading.number_glyphs} ocr={reading.number_ocr}" if reading.number_glyphs else ""
        price = f" price={reading.price!r}" if reading.price else ""
        return f"{item.time:.3f} {reading.label}{number}{price} picture={reading.picture} words={reading.words!r}\n"

    def dials(self):
        """The dial commands that the modem got during the scenario."""
        return [line for line in wirelog.dials(self.wire) if line.end > self.wire_start]

    def writes(self):
        """… and those that reached its line, though it may have been deaf."""
        return [line for line in wirelog.writes(self.wire) if line.end > self.wire_start]

    def sent(self):
        """The log's record of each of those; one of many stands for each of them."""
        bound = len(self.wire) + 1
        return [record for record in self.records() if record.kind == "sent" for _ in range(min(record.repeats, bound))]

    def records(self):
        return [record for record in self.audit if record.sequence >= self.audit_start]
