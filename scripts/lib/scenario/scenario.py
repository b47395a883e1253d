# SPDX-License-Identifier: BSD-2-Clause
"""Scenario files: a header of `name: value` lines, then one step a line. docs/scenarios.md describes the format; this
file is its only parser. Every complaint names file and line."""

import dataclasses
import pathlib
import re

from lib.scenario import numbers, places

HEADERS = ("title", "promises", "guest", "append", "clock", "build", "verdict", "limit", "pace", "start", "film")
PROMISES = tuple(f"P{n}" for n in range(1, 8))
SCREENS = ("linux", "prompt", "emergency", "keypad", "home", "call", "incoming", "outcome", "cards", "stopped")
AUDIT_KINDS = ("boot", "requested", "shown", "confirmed", "refused", "sent", "result", "rejected", "violation",
               "restarted", "blocked", "ringing")
CALL_STATES = ("dialling", "alerting", "active", "ended")
# The last ones break the VMM, which the promises do not rest on, or let a trusted part fail: their replays must hold.
FAILURES = ("garbage-vcpu", "crash-vmm", "crash-display", "crash-supervisor", "crash-modem", "display-refuses")
MUTANTS = ("skip-confirm", "shorten-number", "dial-twice", "swap-number", "log-another", "hold-at-once", "dial-when-idle",
           "touches-leak", "other-digit-while-held", "arms-at-once", "audit-refuses",
           *FAILURES)


class ScenarioError(Exception):
    """A scenario file says something that has no meaning; the message begins with file:line."""


@dataclasses.dataclass(frozen=True)
class Step:
    line: int
    verb: str
    words: tuple          # the rest of the line, split; `text` keeps it whole
    text: str
    within: float = 0.0   # seconds of the phone's time, 0 = the scenario's limit
    steps: tuple = ()     # of a repeat block

    def __str__(self):
        return f"{self.verb} {self.text}".strip()


@dataclasses.dataclass(frozen=True)
class Scenario:
    path: pathlib.Path
    title: str
    promises: tuple
    steps: tuple
    guest: tuple = ("linux",)
    append: str = ""
    clock: str = "host"
    build: str = ""             # a mutant's name, or the path of a patch
    verdict: str = "holds"      # "broken P1 P6" for mutants: the witnesses must object on these promises
    limit: float = 60.0
    pace: str = "works"         # "waits": most of its time nothing happens; it takes no other scenario's place
    start: str = "ready"        # "boot": from power-on; "both": once so, once from a saved state, and compared
    film: str = ""              # "strict": the guest's own stores are watched one by one

    @property
    def name(self):
        return self.path.stem

    def begins_ready(self):
        """Whether a saved state of the shipped image serves it."""
        return self.start != "boot" and self.guest == ("linux",) and not self.build and not self.append

    @property
    def broken(self):
        """The promises that must break."""
        return frozenset(self.verdict.split()[1:])

    def dialled(self):
        """The last word on what the modem may have heard in the whole run."""
        final = [step for step in self.steps if step.verb == "dialled"][-1]
        return () if final.words == ("nothing",) else tuple(numbers.symbols(word) for word in final.words)


def load(path):
    path = pathlib.Path(path)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise ScenarioError(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ScenarioError(f"{path}: not text: {error.reason}") from error
    return _Parser(path).parse(lines)


class _Parser:
    def __init__(self, path):
        self.path = path
        self.headers = {}
        self.blocks = [[]]       # innermost last
        self.openers = []        # the repeat steps that wait for their end

    def parse(self, lines):
        for index, raw in enumerate(lines, start=1):
            line = raw.strip()
            if not line or line.startswith("#"):
                continue
            header = re.match(r"^([a-z]+):\s*(.*)$", line)
            if header and header.group(1) in HEADERS:
                self._header(index, *header.groups())
            else:
                self._step(index, line)
        if self.openers:
            self._fail(self.openers[-1].line, "this repeat has no end")
        return self._finish(len(lines))

    def _fail(self, line, message):
        raise ScenarioError(f"{self.path}:{line}: {message}")

    # --- header -------------------------------------------------------------------------------------------------

    def _header(self, line, name, value):
        if self.blocks != [[]]:
            self._fail(line, f"'{name}:' belongs above the first step")
        if name in self.headers:
            self._fail(line, f"'{name}:' was already given")
        if not value:
            self._fail(line, f"'{name}:' says nothing")
        choices = {"clock": ("host", "exact"), "verdict": ("holds", "broken P1 …"),
                   "pace": ("works", "waits"), "start": ("ready", "boot", "both"),
                   "film": ("strict",)}
        if name == "build" and value not in MUTANTS and not value.endswith(".patch"):
            self._fail(line, f"'build:' is one of {', '.join(MUTANTS)}, or the path of a .patch file, not '{value}'")
        if name == "verdict" and value.startswith("broken "):
            self._promises(line, value.removeprefix("broken "))
        elif name in choices and value not in choices[name]:
            self._fail(line, f"'{name}:' is one of {', '.join(choices[name])}, not '{value}'")
        self.headers[name] = self._value(line, name, value)

    def _value(self, line, name, value):
        if name == "promises":
            return self._promises(line, value)
        if name == "guest":
            return self._guest(line, value.split())
        return self._number(line, value) if name == "limit" else value

    def _promises(self, line, value):
        for word in value.split():
            if word not in PROMISES:
                self._fail(line, f"there is no promise '{word}'; they are P1 to P7")
        return tuple(value.split())

    def _guest(self, line, words):
        if words[:1] == ["image"] and len(words) == 2 or words[:1] == ["linux"] and len(words) <= 2:
            return tuple(words)
        return self._fail(line, "'guest:' is 'linux', 'linux RELEASE' or 'image FILE'")

    def _finish(self, last_line):
        for name in ("title", "promises"):
            if name not in self.headers:
                self._fail(1, f"the header has no '{name}:'")
        steps = tuple(self.blocks[0])
        if not any(step.verb == "dialled" for step in steps):
            self._fail(last_line, "the scenario never says what may be dialled: end it with 'dialled nothing' "
                                  "or 'dialled NUMBER …'")
        return Scenario(path=self.path, steps=steps, **self.headers)

    # --- steps --------------------------------------------------------------------------------------------------

    def _step(self, line, text):
        verb, _, rest = text.partition(" ")
        if verb == "end":
            self._end(line)
            return
        if verb not in VERBS:
            self._fail(line, f"there is no step '{verb}'; the steps are {', '.join(sorted(VERBS) + ['end'])}")
        rest, within = self._within(line, verb, rest.strip())
        step = Step(line, verb, tuple(rest.split()), rest, within)
        problem = VERBS[verb](step)
        if problem:
            self._fail(line, problem)
        self.blocks[-1].append(step)
        if verb == "repeat":
            self.openers.append(step)
            self.blocks.append([])

    def _within(self, line, verb, rest):
        """A limit of one's own at the end of the line: `within 20 s`, `within 20 ms`."""
        match = re.search(r"\s+within\s+([0-9.]+)\s*(ms|s)$", " " + rest)
        if not match or verb in ("at", "shell", "start"):
            return rest, 0.0
        seconds = self._number(line, match.group(1)) * (0.001 if match.group(2) == "ms" else 1)
        return (" " + rest)[: match.start()].strip(), seconds

    def _end(self, line):
        if not self.openers:
            self._fail(line, "'end' without a repeat")
        body, opener = self.blocks.pop(), self.openers.pop()
        self.blocks[-1][-1] = dataclasses.replace(opener, steps=tuple(body))

    def _number(self, line, text):
        try:
            value = float(text)
        except ValueError:
            self._fail(line, f"'{text}' is not a number")
        if value <= 0:
            self._fail(line, f"'{text}' is not above zero")
        return value


# --- what each step wants: a function gives a sentence when its words are wrong, else None ---------------------------


def _some_text(what):
    return lambda step: None if step.text else f"'{step.verb}' wants {what}"


def _nothing(step):
    return f"'{step.verb}' takes no words" if step.words else None


def _place(step):
    if places.parse(step.words) is None:
        return (f"'{step.verb}' wants a place: X Y, or one of {', '.join(places.NAMES)}; "
                f"not '{step.text or 'nothing'}'")
    return None


def _hold(step):
    words = step.words
    if len(words) >= 3 and words[-1] == "ms":
        if not words[-2].isdigit():
            return f"'hold' wants milliseconds before 'ms', not '{words[-2]}'"
        words = words[:-2]
    return _place(dataclasses.replace(step, words=words))


def _key(step):
    return None if len(step.words) == 1 else f"'{step.verb}' wants one key name, as QEMU calls it (esc, ret, 1 …)"


def _digits(step):
    good = step.text and all(symbol in numbers.SYMBOLS for symbol in numbers.symbols(step.text))
    return None if good else f"'{step.verb}' wants symbols of a number, not '{step.text}'"


def _rain(step):
    match = re.fullmatch(r"(.+) (\d+) taps every (\d+) ms", step.text)
    if not match or places.parse(tuple(match.group(1).split())) is None:
        return "'rain' is written: rain PLACE COUNT taps every N ms"
    return None


def _let(step):
    good = re.fullmatch(r"[0-9.]+ (ms|s) pass", step.text)
    return None if good else "'let' is written: let N s pass"


def _wait(step):
    return _watched(step, ("screen", "number", "words", "console", "wire", "call", "audit", "stable", "panel"))


def _expect(step):
    kinds = ("screen", "number", "price", "words", "label", "focus", "audit", "legacy", "head", "unchanged", "modem",
             "call", "records")
    return _watched(step, kinds)


def _watched(step, kinds):
    if not step.words or step.words[0] not in kinds:
        return f"'{step.verb}' wants one of {', '.join(kinds)}, not '{step.text or 'nothing'}'"
    kind, rest = step.words[0], step.words[1:]
    if kind in ("stable", "head", "unchanged"):
        return f"'{step.verb} {kind}' takes no words" if rest else None
    if not rest:
        return f"'{step.verb} {kind}' says nothing"
    if kind == "records":
        return None if re.fullmatch(rf"\d+ ({'|'.join(AUDIT_KINDS)})", " ".join(rest)) else \
            "'expect records' is written: expect records N KIND"
    choices = {"screen": SCREENS, "panel": SCREENS, "label": ("robin", "linux", "emergency"),
               "focus": ("robin", "linux"), "legacy": ("alive", "dead"), "audit": AUDIT_KINDS, "call": CALL_STATES}.get(kind)
    for word in rest if choices else ():
        if word not in choices:
            return f"'{step.verb} {kind}' is one of {', '.join(choices)}, not '{word}'"
    if kind == "number" and not numbers.is_number(numbers.symbols(" ".join(rest))):
        return f"'{' '.join(rest)}' is not a number"
    return None


def _measure(step):
    match = re.fullmatch(r"(key \S+|press .+|tap .+) to (pixel|wire)", step.text)
    if not match or not step.within:
        return "'measure' is written: measure key NAME to pixel within N ms, or measure tap PLACE to wire within N ms"
    words = match.group(1).split()
    if words[0] != "key" and places.parse(tuple(words[1:])) is None:
        return f"'measure press' wants a place, not '{' '.join(words[1:])}'"
    return None


def _picture(step):
    return None if re.fullmatch(r"[a-z0-9-]+( .+)?", step.text) else "'picture' wants a name (a-z 0-9 -), then a caption"


def _repeat(step):
    good = re.fullmatch(r"\d+ times", step.text)
    return None if good else "'repeat' is written: repeat N times"


def _dialled(step):
    if step.words == ("nothing",):
        return None
    good = step.words and all(numbers.is_number(numbers.symbols(word)) for word in step.words)
    return None if good else f"'dialled' wants 'nothing' or numbers without gaps, not '{step.text or 'nothing at all'}'"


VERBS = {
    "at": _some_text("AT text"), "shell": _some_text("a command"), "start": _some_text("a command"),
    "module": _some_text("a module's name"), "console": _some_text("text"),
    "aim": _place, "tap": _place, "hold": _hold, "press": _place, "slide": _place, "release": _nothing, "rain": _rain,
    "key": _key, "key-down": _key, "key-up": _key, "attention": _nothing, "type": _digits,
    "wait": _wait, "expect": _expect, "let": _let, "measure": _measure, "picture": _picture, "repeat": _repeat,
    "dialled": _dialled,
}
