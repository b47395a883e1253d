# SPDX-License-Identifier: BSD-2-Clause
"""Lets the witnesses contradict. Each rule below looks at one promise; what it finds names the witness, the file and
the line. No finding from any of them: the promises of this run hold."""

import dataclasses

from lib.scenario import numbers, places
from lib.witnesses import integrity, screen, touches, wirelog
from lib.witnesses import record as fields

# What arms when (trusted/display/confirm.h, tables/screens.txt): for so long a prompt has stood before its answer.
QUIET_SECONDS, HOLD_SECONDS, EMERGENCY_SECONDS = 0.7, 1.5, 0.3


@dataclasses.dataclass(frozen=True)
class Finding:
    promise: str          # P1 … P7, or "scenario" for an expectation
    witness: str          # wire, screen, audit, memory, scenario
    message: str
    where: tuple = ()     # "file:line"

    def __str__(self):
        return self.message + (f" ({', '.join(self.where)})" if self.where else "") + "."


def judge(evidence, expected_dials):
    """Every finding, the gravest first."""
    rules = (_testimony, _confirmed, _commands, _shown_is_dialled, _unexpected, _logged, _records, _memory, _bar, _painters,
             _stood, _touches, _scenario, _missing)
    return [finding for rule in rules for finding in rule(evidence, expected_dials)]


def compare(loaded, booted):
    """The same scenario from a saved state and from power-on: calls and records must be the same."""
    found = []
    for witness, one, other in (("wire", *map(_calls, (loaded, booted))), ("audit", *map(_entries, (loaded, booted)))):
        if one != other:
            found.append(Finding("scenario", witness, f"from the saved state: {', '.join(one) or 'nothing'}; booted: "
                                 f"{', '.join(other) or 'nothing'}", (f"{witness}.log", f"booted/{witness}.log")))
    return found


def _calls(evidence):
    return [f"{line.kind} {line.text}" for line in evidence.wire
            if line.end > evidence.wire_start and (line.dialled() or line.kind == "CALL")]


def _entries(evidence):
    return [" ".join([record.kind, record.origin, record.number]).strip() for record in evidence.records()]


def heard(dial):
    return f"modem heard {dial.written()} at {dial.time:.3f} s"


def _testimony(evidence, _):
    """A witness that cannot speak is a failure too."""
    if evidence.wire_problem:
        yield Finding("P1", "wire", evidence.wire_problem)
    if evidence.audit_problem:
        yield Finding("P6", "audit", evidence.audit_problem)
    elif not evidence.chain_good:
        yield Finding("P6", "audit", f"the audit log's chain is broken: {evidence.chain_said}", ("audit.bin",))


def _confirmed(evidence, _):
    """P1: before each dial the number was on the panel, and afterwards the person confirmed; once each."""
    unused = [act for act in evidence.acts if act.kind == "confirm"]
    dials, sent = evidence.writes(), evidence.sent()
    for index, dial in enumerate(dials):
        if 0 < index < len(sent) and dials[index - 1].written() == dial.written() and _is_again(sent[index - 1:index + 1]):
            continue
        before = [act for act in unused if act.wire_position < dial.end]
        act = next((act for act in before if _before(evidence.sightings, act, dial)), None)
        if act:
            unused.remove(act)
        elif not before:
            yield Finding("P1", "wire", f"{heard(dial)}, but no confirmation precedes it",
                          (f"wire.log:{dial.line}",) + _audit_line(evidence, dial))
        else:
            yield Finding("P1", "screen", f"{heard(dial)}, but that number was not on the screen before the "
                          f"confirmation: {_seen(evidence, before[-1])}",
                          (f"wire.log:{dial.line}", f"person.log:{before[-1].line}"))


def _commands(evidence, _):
    """P1: nothing but what the driver has a reason to write reaches the modem, and no call is taken before the person did
    anything."""
    during = [line for line in evidence.wire if line.end > evidence.wire_start]
    for line in wirelog.strange(during):
        yield Finding("P1", "wire", f"modem heard '{line.text[:80]}' at {line.time:.3f} s, which its driver never says",
                      (f"wire.log:{line.line}",))
    for line in wirelog.answers(during):
        if not any(act.wire_position < line.end for act in evidence.acts):
            yield Finding("P1", "wire", f"modem took a call at {line.time:.3f} s, and nobody had touched the phone",
                          (f"wire.log:{line.line}",))


def _is_again(sent):
    """Of an emergency call the driver writes the dial command anew until a modem takes it: the same token says so."""
    before, record = sent
    return numbers.may_be_emergency(record.number) and (before.number, before.detail) == (record.number, record.detail)


def _before(sightings, act, dial):
    """The trusted picture of this number that the person saw before the act."""
    for sighting in reversed(sightings):
        reading = sighting.reading
        if sighting.wire_position <= act.wire_position and sighting.time <= act.time and reading.is_trusted():
            return sighting if reading.number() == dial.written() else None
    return None


def _seen(evidence, act):
    earlier = [item for item in evidence.sightings if item.time <= act.time]
    if not earlier:
        return "no picture was taken"
    last = earlier[-1]
    return f"it showed {last.reading.number_glyphs or 'no number'} (screens.log:{last.line})"


def _shown_is_dialled(evidence, _):
    """P2: both readers of the panel agree with each other wherever a trusted number stands."""
    for item in evidence.sightings:
        if item.reading.is_trusted() and item.reading.number_glyphs and item.reading.disagreement():
            yield Finding("P2", "screen", f"the number on the screen is doubtful: {item.reading.disagreement()}",
                          (f"screens.log:{item.line}", item.reading.picture))


def _unexpected(evidence, expected):
    """The scenario's last word: these numbers, in this order, and no others …"""
    dials = evidence.dials()
    for index, dial in enumerate(dials):
        if index >= len(expected) or not numbers.same(dial.dialled(), expected[index]):
            wanted = f"{expected[index]} was to be dialled" if index < len(expected) else "nothing was to be dialled then"
            yield Finding("P1", "wire", f"{heard(dial)}, but {wanted}", (f"wire.log:{dial.line}",))
            return


def _missing(evidence, expected):
    """… and none of them missing."""
    dials = evidence.dials()
    if len(dials) < len(expected):
        yield Finding("scenario", "wire", f"the modem never heard {expected[len(dials)]}, which was confirmed",
                      (f"wire.log:{len(evidence.wire)}",))


def _logged(evidence, _):
    """P6: the log has each dial, with the same number, after a confirmation of its own, and none that never was."""
    if evidence.audit_problem:
        return
    dials, sent = evidence.writes(), evidence.sent()
    for dial, record in zip(dials, sent):
        if dial.written() != record.number:
            yield Finding("P6", "audit", f"{heard(dial)}, but the audit log says {record.number} was sent",
                          (f"wire.log:{dial.line}", f"audit.log:{record.line}"))
    for dial in dials[len(sent):]:
        yield Finding("P6", "audit", f"{heard(dial)}, but the audit log has no record of sending it",
                      (f"wire.log:{dial.line}",))
    for record in sent[len(dials):]:
        yield Finding("P6", "audit", f"the audit log says {record.number} was sent, but the modem never heard it",
                      (f"audit.log:{record.line}",))
    yield from _each_confirmed(evidence.records())


def _records(evidence, _):
    """P6: no field of any record contradicts the wire, the screen or the person."""
    if not evidence.audit_problem:
        for sentence, entry in fields.contradictions(evidence):
            yield Finding("P6", "audit", sentence, (f"audit.log:{entry.line}",))


def _each_confirmed(records):
    confirmed = sent = None
    for record in records:
        if record.kind == "confirmed":
            confirmed = record
        elif record.kind == "sent":
            is_again = confirmed is None and sent is not None and _is_again((sent, record))
            if not is_again and (confirmed is None or confirmed.number != record.number):
                yield Finding("P6", "audit", f"the audit log says {record.number} was sent without a confirmation "
                              "of that number before it", (f"audit.log:{record.line}",))
            confirmed, sent = None, record


def _memory(evidence, _):
    for sentence in integrity.differences(evidence.memory_before, evidence.memory_after):
        yield Finding("P3", "memory", f"trusted memory: {sentence}", ("memory.log",))


def _bar(evidence, _):
    """P5: the bar's colour and its words say the same, in every picture."""
    for item in evidence.sightings:
        if item.reading.label not in ("robin", "linux", "emergency"):
            yield Finding("P5", "screen", f"the trust bar is not what it must be: {item.reading.label}, "
                          f"it reads '{item.reading.bar_words}'", (f"screens.log:{item.line}", item.reading.picture))


def _painters(evidence, _):
    """P5: nobody but the kernel and the display ever changes the panel."""
    for name, (first, count) in evidence.film.strangers().items() if evidence.film else ():
        yield Finding("P5", "film", f"{name} changed the panel {count} times, first at {first.time:.6f} s", ("film.gz",))


def _stood(evidence, _):
    """P1 and P2: what was answered had stood unchanged for as long as what arms it asks for, until the answer."""
    for record in _answers(evidence) if evidence.film else ():
        act = _act_of(evidence, record)
        pressed = act.film_time if act is not None else None
        if record.origin != "user" and not numbers.is_emergency(record.number):
            yield from _judge_prompt(evidence, record)
        elif pressed is not None:
            yield from _judge_press(evidence, record, pressed)


def _answers(evidence):
    """The confirmations after which something was sent."""
    confirmed = None
    for record in evidence.records():
        if record.kind == "confirmed":
            confirmed = record
        elif record.kind == "sent" and confirmed is not None:
            yield confirmed
            confirmed = None


def _act_of(evidence, record):
    """The person's own, by their order among the confirmations."""
    before = sum(1 for other in evidence.records() if other.kind == "confirmed" and other.sequence < record.sequence)
    acts = [act for act in evidence.acts if act.kind == "confirm"]
    return acts[before] if before < len(acts) else None


def _judge_prompt(evidence, record):
    picture = evidence.film.picture(record.time)
    reading = screen.read(picture)
    wanted = QUIET_SECONDS + (HOLD_SECONDS if screen.is_costly(reading) else 0.0)
    yield from _judge(evidence, record, reading, record.time, wanted, _prompt_boxes(evidence, record.time))


def _judge_press(evidence, record, pressed):
    """Keypad and emergencies, up to the press: the page of the call stands there before the log has the answer."""
    reading, is_typed = screen.read(evidence.film.picture(pressed)), record.origin == "user"
    wanted = QUIET_SECONDS if not numbers.is_emergency(record.number) else 0.0 if is_typed else EMERGENCY_SECONDS
    boxes = [places.box("typed"), places.box("typed-price")] if is_typed else _prompt_boxes(evidence, pressed)
    yield from _judge(evidence, record, reading, pressed, wanted, boxes)


def _prompt_boxes(evidence, until):
    """Bar, number, category, price and Refuse; not the confirming button, nor the seconds that are left."""
    bar, confirm, refuse = places.box("bar"), places.box("confirm"), places.box("refuse")
    if _call_is_up(evidence, until):  # its state and clock stand there
        bar = (*bar[:2], places.box("bar-right")[0], bar[3])
    return [bar, (0, bar[3], evidence.film.width, confirm[1] - bar[3]),
            (refuse[0], confirm[1] + confirm[3], refuse[2], places.box("countdown")[1] - confirm[1] - confirm[3])]


def _call_is_up(evidence, until):
    states = [line.text.split()[1] for line in evidence.wire if line.kind == "CALL" and line.time <= until]
    return bool(states) and states[-1] != "ended"


def _judge(evidence, record, reading, until, wanted, boxes):
    where = (f"audit.log:{record.line}", "film.gz")
    if reading.number_glyphs.lstrip("+") != record.number.lstrip("+"):
        yield Finding("P2", "film", f"{record.number} was confirmed at {record.time:.3f} s, but the panel showed "
                      f"{reading.number_glyphs or 'no number'}", where)
    stood = until - evidence.film.last_change(boxes, until)
    if stood < wanted:
        promise = "P2" if evidence.film.is_same(boxes, until - wanted, until) else "P1"
        yield Finding(promise, "film", f"{record.number} was confirmed at {record.time:.3f} s, but what stood on the panel had "
                      f"been changed {stood * 1000:.0f} ms before, not {wanted * 1000:.0f} ms", where)


def _touches(evidence, _):
    """P5: who is visible has the input: Linux got the touches below its bar, and no others."""
    if evidence.film:
        for sentence in touches.contradictions(evidence.film, evidence.touches, evidence.ring, evidence.ring_start):
            yield Finding("P5", "input", sentence, ("input.bin", "film.gz"))


def _scenario(evidence, _):
    for failure in evidence.failures:
        yield Finding("scenario", failure.witness, failure.message, failure.where)


def _audit_line(evidence, dial):
    same = [record for record in evidence.records() if record.number == dial.dialled()]
    return (f"audit.log:{same[-1].line}",) if same else ()
