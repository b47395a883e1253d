# SPDX-License-Identifier: BSD-2-Clause
"""Holds every field of every record of the audit log against what the other witnesses saw: number, epoch, origin, detail
and order. Each `_of_KIND` below knows one kind; it yields sentences, verdict.py makes findings of them."""

import re

from lib.scenario import numbers
from lib.phone.board import ROOT
from lib.witnesses import screen

OUTCOMES = {1: "refused", 2: "timed out", 3: "withdrawn", 4: "failed", 5: "busy", 6: "ended", 7: "missed", 8: "declined"}
EVENTS = {2: "lost", 3: "taken", 4: "alerting", 5: "active", 6: "ended", 8: "mismatch", 11: "differs"}
REASONS, REJECTIONS, REPORTS, COMMAND, COMMANDS = range(15), (1, 2, 3), range(1, 5), 4, range(6)
CAUSES = {0: "", 1: "BUSY", 2: "NO ANSWER", 3: "ERROR", 4: "", 5: "NO DIALTONE"}  # and what the modem says then
SET_UP = "ATE0V1Q0"   # the first command after a modem was lost
ORIGINS = {"boot": ("user",), "requested": ("linux",), "shown": ("linux", "user"), "confirmed": ("linux", "user"),
           "refused": ("linux", "user", "network"), "sent": ("linux", "user"), "result": ("linux", "user", "network"),
           "rejected": ("linux",), "violation": ("linux",), "restarted": ("linux",), "blocked": ("user",),
           "ringing": ("network",)}
BARE = ("boot", "violation", "restarted", "blocked")  # kinds that name no number
NUMBERED = ("requested", "shown", "confirmed", "sent")
LEGACY_VM = 1
WIRE_SECONDS = 15.0   # a confirmed call may wait that long for another call's end, a dial command for the modem
SECONDS_OF_ACT = {"confirm": WIRE_SECONDS, "refuse": 5.0}  # from a person's touch, with its hold, to its record
ASK_SECONDS = 59.0    # a prompt stands for 60 s
NEAR_SECONDS = 1.0


def contradictions(evidence):
    """(sentence, record) for each field that another witness contradicts."""
    log = _Log(evidence)
    for record in evidence.audit:
        sentences = [*_fields(record), *log.of(record)]
        if record.sequence >= evidence.audit_start:
            yield from ((sentence, record) for sentence in sentences)


def _fields(record):
    """The fields that a record of this kind may have at all."""
    name = f"record {record.sequence} ({record.kind})"
    if record.kind not in ORIGINS:
        yield f"{name} is of no known kind"
        return
    if record.origin not in ORIGINS[record.kind]:
        yield f"{name} names {record.origin} as its origin"
    if record.kind in BARE and record.number:
        yield f"{name} names the number {record.number}, and its kind has none"
    if record.kind in NUMBERED and not record.number:
        yield f"{name} names no number"
    if record.kind in BARE + ("rejected",) and record.epoch:
        yield f"{name} is of no prompt and names epoch {record.epoch}"
    if record.epoch and record.origin == "user":
        yield f"{name} is of the keypad, which has no prompts, and names epoch {record.epoch}"
    if record.repeats != 1 and not _is_coalesced(record):
        yield f"{name} says that it stands for {record.repeats} of its kind"


def _is_coalesced(record):
    return record.repeats > 0 and (record.kind in ("rejected", "violation") or _is_orphan(record) or
                                   (record.kind == "sent" and numbers.may_be_emergency(record.number)))


def _is_orphan(record):
    """A modem's event about a call that the dialler does not have."""
    return record.kind == "result" and record.origin == "network" and not record.number and not record.epoch


_FIRST = {"linux": "requested", "user": "shown", "network": "ringing"}  # of a call, by its origin
_OF_A_CALL = ("requested", "shown", "confirmed", "refused", "sent", "result", "ringing")


class _Log:
    """The log so far, record by record."""

    def __init__(self, evidence):
        self._seen = evidence
        self._restarts, self._confirmed, self._before = 0, 0, None
        self._calls = {}        # (origin, epoch, the keypad's number) -> the records of that prompt or call
        self._newest = 0        # epoch
        self._acts = [act for act in evidence.acts if act.kind in ("confirm", "refuse")]
        self._dials = list(evidence.writes())

    def of(self, record):
        # Calls from the keypad have no epoch: the end of one that makes way for an emergency comes in the middle of it.
        number = record.number if record.origin == "user" else ""
        have = self._calls.setdefault((record.origin, record.epoch, number), [])
        if record.origin == "user" and record.kind == "shown":
            have.clear()        # each call from the keypad is a new one, of no prompt
        rule = getattr(self, f"_of_{record.kind}", None)
        if rule:
            yield from rule(record, have)
        if self._before is not None and record.time < self._before.time:
            yield (f"record {record.sequence} ({record.kind}) is of {record.time:.3f} s, the one before it of "
                   f"{self._before.time:.3f} s")
        if record.kind in _OF_A_CALL:
            yield from self._same_number(record, have)
            have.append(record)
        self._before, self._newest = record, max(self._newest, record.epoch)

    @staticmethod
    def _same_number(record, have):
        """The number of a call that comes in may be told after its first ring."""
        if have and have[-1].number != record.number and (record.origin != "network" or have[-1].number):
            yield (f"record {record.sequence} ({record.kind}) names {record.number}, and record {have[-1].sequence} "
                   f"({have[-1].kind}) of the same call names {have[-1].number}")

    def _of_boot(self, record, _):
        if record.sequence != 0 or record.detail:
            yield f"record {record.sequence} (boot) is not the first, or has the detail {record.detail:#x}"

    def _of_requested(self, record, have):
        if record.detail & 0xFF != LEGACY_VM or (self._is_complete() and record.detail >> 8 != self._restarts):
            yield (f"record {record.sequence} (requested) names the badge {record.detail:#x}, but Linux is machine "
                   f"{LEGACY_VM} and was restarted {self._restarts} times")
        yield from self._new_epoch(record, have)
        shown = self._prompt_after(record)
        if shown and shown.reading.number() not in ("", record.number):
            yield (f"record {record.sequence} (requested) names {record.number}, but the prompt showed "
                   f"{shown.reading.number()}")

    def _of_ringing(self, record, have):
        yield from self._new_epoch(record, have)
        calls = [line.text.split()[0] for line in self._calls_on_the_wire(record, "incoming", "waiting")]
        if record.number and record.number not in calls:
            yield f"record {record.sequence} (ringing) names {record.number}, but the carrier let {calls or 'nobody'} ring"

    def _new_epoch(self, record, have):
        wanted = self._newest + 1
        if have or record.epoch < wanted or (self._is_complete() and record.epoch != wanted):
            yield f"record {record.sequence} ({record.kind}) names epoch {record.epoch}; {wanted} comes next"

    def _of_shown(self, record, have):
        yield from self._follows(record, have, "requested")
        seen = self._prompt_before(record)
        if seen is None:
            return
        number, price = seen.reading.number(), _cents(seen.reading)
        if number and number != record.number:
            yield f"record {record.sequence} (shown) names {record.number}, but the panel showed {number}"
        elif price is not None and price != record.detail & 0xFFFF:
            yield f"record {record.sequence} (shown) says {record.detail & 0xFFFF} cents, but the panel showed {price}"
        elif _categories(seen.reading) and record.detail >> 16 not in _categories(seen.reading):
            yield (f"record {record.sequence} (shown) says category {record.detail >> 16}, but the panel showed "
                   f"{_categories(seen.reading)}")

    def _of_confirmed(self, record, have):
        self._confirmed += 1
        yield from self._follows(record, have, "shown")
        if any(item.kind in ("refused", "confirmed") for item in have):
            yield f"record {record.sequence} says confirmed, and the prompt {record.epoch} was decided before"
        shown = next((item for item in have if item.kind == "shown"), None)
        if shown and record.detail != shown.detail:
            yield (f"record {record.sequence} (confirmed) has the price {record.detail:#x}, and record {shown.sequence} "
                   f"(shown) {shown.detail:#x}")
        if record.sequence < self._seen.audit_start:
            return
        act = self._act(record, "confirm")
        if act is None:
            yield f"record {record.sequence} says confirmed at {record.time:.3f} s, but the person confirmed nothing then"
        elif act.what in ("call", "confirm") and (act.what == "call") != (record.origin == "user"):
            yield f"record {record.sequence} (confirmed) names {record.origin}, but the person pressed '{act.what}'"

    def _of_refused(self, record, have):
        outcome, reason = OUTCOMES.get(record.detail & 0xFF, "?"), record.detail >> 8
        if outcome == "?" or reason not in REASONS or (reason and outcome != "failed"):
            yield f"record {record.sequence} (refused) gives no known reason: {record.detail:#x}"
        yield from self._follows(record, have, _FIRST[record.origin])
        if outcome == "failed" and record.origin != "network":
            yield from self._follows(record, have, "confirmed")
        if record.sequence >= self._seen.audit_start:
            yield from self._decided(record, have, outcome)

    def _decided(self, record, have, outcome):
        lasted = record.time - have[0].time if have else ASK_SECONDS
        refused = self._act(record, "refuse")
        if outcome == "timed out" and lasted < ASK_SECONDS:
            yield f"record {record.sequence} says timed out, after {lasted:.1f} s"
        if outcome == "refused" and refused is None and not self._pressed_something(record):
            yield f"record {record.sequence} says refused at {record.time:.3f} s, but the person refused nothing then"
        if outcome != "refused" and refused is not None and record.origin == "linux":
            yield f"record {record.sequence} says {outcome}, but the person refused at {refused.time:.3f} s"

    def _of_sent(self, record, have):
        yield from self._follows(record, have, "confirmed")
        if self._is_complete() and record.detail != self._confirmed:
            yield (f"record {record.sequence} (sent) has the token {record.detail}, and {self._confirmed} calls were "
                   "confirmed by then")
        if record.sequence < self._seen.audit_start or not self._dials:
            return              # verdict._logged compares how many there are
        tries = max(1, record.repeats)      # one record may stand for many: it is of the last of them
        dial = self._dials[:tries][-1]
        del self._dials[:tries]
        coalesced = any(item.kind == "sent" for item in have)     # then it is logged when the call is taken or over
        if dial.time - record.time > WIRE_SECONDS or (not coalesced and record.time - dial.time > NEAR_SECONDS):
            yield f"record {record.sequence} (sent) is of {record.time:.3f} s, but the modem heard it at {dial.time:.3f} s"

    def _of_result(self, record, have):
        event, cause = EVENTS.get(record.detail >> 8, ""), record.detail & 0xFF
        if not event or cause not in CAUSES or (cause and event not in ("ended", "mismatch", "lost")):
            yield f"record {record.sequence} (result) says what no modem says: {record.detail:#x}"
        if _is_orphan(record):
            return
        yield from self._follows(record, have, "ringing" if record.origin == "network" else "sent")
        before = [item for item in have if item.kind == "result" and item.detail >> 8 in EVENTS]
        if before and before[-1].detail >> 8 >= record.detail >> 8 and event not in ("lost", "differs", "mismatch"):
            yield f"record {record.sequence} says {event} after record {before[-1].sequence}, which is no order of a call"
        yield from self._heard(record, event, cause)

    def _heard(self, record, event, cause):
        """What the wire says about it."""
        near = [line for line in self._seen.wire if abs(line.time - record.time) < NEAR_SECONDS]
        if event in ("alerting", "active") and not self._calls_on_the_wire(record, event):
            yield f"record {record.sequence} says {event}, but the carrier never had {record.number} so"
        if event == "ended" and CAUSES.get(cause) and not any(line.kind == "TX" and CAUSES[cause] in line.text for line in near):
            yield f"record {record.sequence} says {CAUSES[cause]}, but the modem never did"
        if event == "lost" and not any(line.text == SET_UP and line.time > record.time - WIRE_SECONDS
                                       for line in self._seen.wire if line.kind == "RX"):
            yield f"record {record.sequence} says that the modem was lost, but it was never set up again"

    def _of_rejected(self, record, _):
        if record.detail not in REJECTIONS:
            yield f"record {record.sequence} (rejected) gives no known reason: {record.detail:#x}"

    def _of_violation(self, record, _):
        kind, what = record.detail & 0xFF, record.detail >> 8
        if kind not in REPORTS or what not in COMMANDS or (what and kind != COMMAND):
            yield f"record {record.sequence} (violation) is of no known kind: {record.detail:#x}"

    def _of_restarted(self, record, _):
        self._restarts += 1
        if record.detail:
            yield f"record {record.sequence} (restarted) has the detail {record.detail:#x}"

    def _of_blocked(self, record, _):
        if record.detail > 1:
            yield f"record {record.sequence} (blocked) has the detail {record.detail:#x}"

    # --- the other witnesses ------------------------------------------------------------------------------------

    def _follows(self, record, have, kind):
        """Something of the same origin and epoch has to be there already. What a full ring dropped cannot be."""
        if kind == "requested" and record.origin == "user":
            return              # the keypad's call key is request and confirmation
        if self._is_complete() and not any(item.kind == kind for item in have):
            yield (f"record {record.sequence} ({record.kind}) of {record.origin} with epoch {record.epoch} has no record "
                   f"'{kind}' of that origin and epoch before it")

    def _is_complete(self):
        records = self._seen.audit
        return bool(records) and records[-1].sequence - records[0].sequence + 1 == len(records) and not records[0].sequence

    def _act(self, record, kind):
        """The person's act that this record is about; each is of one record."""
        for act in self._acts:
            if act.kind == kind and -NEAR_SECONDS < record.time - act.time < SECONDS_OF_ACT[kind]:
                self._acts.remove(act)
                return act
        return None

    def _pressed_something(self, record):
        """A key or a rain of taps may refuse, too."""
        return any(act.kind in ("key", "touch") and act.time < record.time + NEAR_SECONDS for act in self._seen.acts)

    def _prompt_before(self, record):
        """The last trusted picture with a number that was taken while this prompt, or this number's keypad, was up."""
        start = max((item.time for item in self._seen.audit if item.kind == "requested" and item.epoch == record.epoch
                     and item.origin == record.origin), default=record.time - NEAR_SECONDS)
        fitting = [item for item in self._seen.sightings if start < item.time <= record.time and _names_a_number(item)]
        return fitting[-1] if fitting else None

    def _prompt_after(self, record):
        """The first picture of the prompt that this request opened: before the next record of any prompt's fate."""
        end = min((item.time for item in self._seen.audit if item.sequence > record.sequence
                   and item.kind in ("requested", "refused", "confirmed", "ringing")), default=float("inf"))
        return next((item for item in self._seen.sightings if record.time < item.time < end and _names_a_number(item)
                     and re.search(r"wants to|asks for|m.chte|verlangt|bittet", item.reading.words.lower())), None)

    def _calls_on_the_wire(self, record, *states):
        """The carrier's words by now about this number, or about any where the record is of one that rings."""
        words = [line for line in self._seen.wire if line.kind == "CALL" and line.time < record.time + NEAR_SECONDS]
        return [line for line in words if line.text.split()[1:2] in [[state] for state in states]
                and (record.kind == "ringing" or not record.number or line.text.split()[0] == record.number)]


def _names_a_number(sighting):
    return sighting.reading.is_trusted() and bool(sighting.reading.number())


def _cents(reading):
    """The price that the panel names; None where it should name one and none could be read."""
    match = re.match(r"(\d+)\.(\d\d)", reading.price)
    if match:
        return int(match.group(1)) * 100 + int(match.group(2))
    return None if screen.is_costly(reading) and "unknown" not in reading.words.lower() else 0


def _category_names():
    """{text in small letters: category}, in both languages, from the display's own tables."""
    found = {}
    for language in ("en", "de"):
        text = (ROOT / "trusted" / "display" / "tables" / f"{language}.txt").read_text()
        for match in re.finditer(r"^CATEGORY\.(\d+) +(.+)$", text, re.MULTILINE):
            found[match.group(2).strip().lower()] = int(match.group(1))
    return found


_CATEGORIES = _category_names()


def _categories(reading):
    """The categories that the panel names; of two where one's words hold the other's, the longer."""
    if reading.label == "emergency":
        return {_CATEGORIES["emergency number"]}
    words = reading.words.lower()
    names = [name for name in _CATEGORIES if re.search(rf"\b{re.escape(name)}\b", words)]
    return {_CATEGORIES[name] for name in names if not any(name != other and name in other for other in names)}
