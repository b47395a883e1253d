# SPDX-License-Identifier: BSD-2-Clause
"""What each line of a scenario does. A `wait` that never comes true ends the scenario; an `expect` that is not true is
a failure and the scenario goes on. Waiting is for events (a picture that changed, a line on a console or a wire),
with limits in what the phone does (progress.py)."""

import hashlib
import re
import time

from lib.report import evidence
from lib.scenario import numbers, places
from lib.phone.console import ConsoleTimeout
from lib.scenario.person import POLL_SECONDS, Person
from lib.witnesses import audit, screen, wirelog

SETTLING_SECONDS, SETTLING_TRIES = 0.017, 6
SETTLE_SECONDS = 3.0      # how long an expectation may take to come true
NUMBER_BLOCK = (0, 112, 480, 548)  # number and band of a prompt: the same pixels from shown to answered


class StepFailed(Exception):
    """The scenario cannot go on."""

    def __init__(self, witness, message, where=()):
        super().__init__(message)
        self.witness, self.where = witness, where


class Steps:
    def __init__(self, machine, scenario, found, folder, say=lambda text: None):
        self.machine, self.scenario, self.found, self.folder, self.say = machine, scenario, found, folder, say
        self.person = Person(machine, found, self.look)
        self.captions = {}            # picture file -> caption
        self._last = (b"", None)      # hash of the last picture read, its sighting
        self._block = ""              # hash of the prompt's number block when it was first seen
        self._wire_seen = found.wire_start
        self._audit_seen = found.audit_start
        # What an attack's own image said while it started is part of the scenario; Linux's boot is not.
        self._console_seen = 0 if scenario.guest[0] == "image" else machine.console.position()

    def run_all(self):
        try:
            for step in self.scenario.steps:
                self.run(step)
        except (StepFailed, ConsoleTimeout) as failure:
            self._fail(step, getattr(failure, "witness", "console"), str(failure), getattr(failure, "where", ()))

    def run(self, step):
        self.say(str(step))
        getattr(self, "do_" + step.verb.replace("-", "_"))(step)

    def _fail(self, step, witness, message, where=()):
        place = f"{self.scenario.path.name}:{step.line}"
        self.found.failures.append(evidence.Failure(step.line, witness, f"{message}, at '{step}'", (place,) + where))

    def _limit(self, step):
        return step.within or self.scenario.limit

    # --- Linux --------------------------------------------------------------------------------------------------

    def _linux(self, what):
        self.found.legacy_log.append((self.machine.phone_time(), what))

    def do_at(self, step):
        self._linux(step.text)
        self._shell("at '" + step.text.replace("'", "'\\''") + "'", self._limit(step))

    def do_shell(self, step):
        self._linux(step.text)
        self._shell(step.text, self._limit(step))

    def do_start(self, step):
        self._linux(step.text)
        self.machine.console.send(f"({step.text}) </dev/null &\n")

    def do_module(self, step):
        self._linux(f"insmod {step.text}")
        self._shell(f"attack {step.text}", self._limit(step))

    def do_console(self, step):
        self._linux(step.text)
        self._console_seen = self.machine.console.position()
        self.machine.console.send(step.text + "\n")

    def _shell(self, command, limit):
        status, output = self.machine.console.run(command, limit, self.machine.progress)
        if status == 127:
            raise StepFailed("console", f"Linux has no such command: {output.splitlines()[-1] if output else command}")

    # --- the person ---------------------------------------------------------------------------------------------

    def do_tap(self, step):
        self.person.tap(places.parse(step.words))

    def do_hold(self, step):
        words, seconds = step.words, 0.0
        if words[-1] == "ms":
            words, seconds = words[:-2], int(words[-2]) / 1000
        self.person.hold(places.parse(words), seconds)

    def do_press(self, step):
        self.person.press(places.parse(step.words))

    def do_slide(self, step):
        self.person.slide(places.parse(step.words))

    def do_release(self, step):
        self.person.release()

    def do_aim(self, step):
        self.person.aim(places.parse(step.words))

    def do_rain(self, step):
        place, count, every = re.fullmatch(r"(.+) (\d+) taps every (\d+) ms", step.text).groups()
        self.person.rain(places.parse(tuple(place.split())), int(count), int(every) / 1000)

    def do_key(self, step):
        self.person.key(step.words[0])

    def do_key_down(self, step):
        self.person.key_down(step.words[0])

    def do_key_up(self, step):
        self.person.key_up(step.words[0])

    def do_attention(self, _):
        self.person.attention()

    def do_type(self, step):
        self.person.type(numbers.symbols(step.text))

    # --- looking ------------------------------------------------------------------------------------------------

    def look(self, name):
        """Takes a picture, reads it completely, keeps it. The phone stands still meanwhile. The panel has one buffer, so
        that a picture may show a screen half drawn; what counts is what stands for two frames."""
        with self.machine.paused():
            picture = self._settled()
            mark = hashlib.sha256(picture.tobytes()).digest()
            if mark == self._last[0]:
                return self._last[1]
            file = f"{len(self.found.sightings) + 1:02d}{'-' + name if name else ''}.png"
            picture.save(self.folder / file)
            reading = screen.read(picture, file)
            sighting = evidence.Sighting(len(self.found.sightings) + 1, self.machine.phone_time(),
                                         self.person.wire_position(), reading)
            self.found.sightings.append(sighting)
            self._last = (mark, sighting)
        return sighting

    def _settled(self):
        """A picture that stands for a frame time; after a few tries whatever there is (a hold fills its button)."""
        picture = self.machine.screen()
        for _ in range(SETTLING_TRIES):
            before = picture
            self.machine.resume()
            self._come(SETTLING_SECONDS)
            self.machine.pause()
            picture = self.machine.screen()
            if picture.tobytes() == before.tobytes():
                break
        return picture

    def _wait_reading(self, step, wanted, worth, what):
        """Reads each new picture that is worth it at a glance, until `wanted(reading)`."""
        deadline, seen, sighting = self.machine.progress() + self._limit(step), None, None
        while self.machine.progress() < deadline:
            picture = self.machine.screen()
            mark = hash(picture.tobytes())
            if mark != seen and worth(*screen.glance(picture)):
                sighting = self.look("")
                if wanted(sighting.reading):
                    return sighting
            seen = mark
            time.sleep(POLL_SECONDS)
        sighting = self.look("")
        raise StepFailed("screen", f"{what} did not appear within {self._limit(step):g} s; the screen says "
                         f"{sighting.reading.label}: '{sighting.reading.words[:80]}'",
                         (f"screens.log:{sighting.line}",))

    def do_wait(self, step):
        getattr(self, "_wait_" + step.words[0])(step, " ".join(step.words[1:]))

    def _wait_screen(self, step, kind):
        self._wait_reading(step, lambda reading: screen.kind(reading) == kind,
                           lambda _, shape: shape in (kind, ""), f"screen '{kind}'")
        if kind == "prompt":
            self._block = screen.region_hash(self.machine.screen(), NUMBER_BLOCK)

    def _wait_panel(self, step, kind):
        """By colours and shapes alone, nothing read and no picture kept: for what comes by the hundred."""
        if not self._until(step, lambda: kind in screen.glance(self.machine.screen())):
            raise StepFailed("screen", f"nothing like '{kind}' appeared within {self._limit(step):g} s")

    def _wait_number(self, step, number):
        self._wait_reading(step, lambda reading: numbers.same(reading.number(), number),
                           lambda label, _: label in ("robin", "emergency"), f"number {number}")

    def _wait_words(self, step, words):
        self._wait_reading(step, lambda reading: _says(reading, words), lambda label, _: label in ("robin", "emergency"),
                           f"'{words}'")

    def _wait_stable(self, step, _):
        """Two pictures in a row that are the same, 0.3 s apart."""
        deadline, before = self.machine.progress() + self._limit(step), None
        while self.machine.progress() < deadline:
            picture = self.machine.screen().tobytes()
            if picture == before:
                return
            before = picture
            self._pass(0.3)
        raise StepFailed("screen", "the picture never came to rest")

    def _wait_console(self, step, pattern):
        self._console_seen = self.machine.console.find(pattern, self._console_seen, self._limit(step),
                                                       self.machine.progress, self.machine.is_alive)

    def _wait_wire(self, step, pattern):
        line = self._until(step, lambda: next((line for line in self._wire() if line.end > self._wire_seen
                                               and re.search(pattern, f"{line.kind} {line.text}")), None))
        if line is None:
            raise StepFailed("wire", f"'{pattern}' was not on the wire within {self._limit(step):g} s")
        self._wire_seen = line.end

    def _wait_call(self, step, state):
        if not self._until(step, lambda: wirelog.call_state(self._wire()) == state):
            raise StepFailed("wire", f"no call became '{state}' within {self._limit(step):g} s; the carrier's last "
                             f"word is '{wirelog.call_state(self._wire())}'")

    def _wait_audit(self, step, kinds):
        for kind in kinds.split():
            record = self._until(step, lambda wanted=kind: next(
                (item for item in self._audit() if item.sequence >= self._audit_seen and item.kind == wanted), None))
            if record is None:
                raise StepFailed("audit", f"the audit log had no '{kind}' within {self._limit(step):g} s")
            self._audit_seen = record.sequence + 1

    def _until(self, step, find):
        deadline = self.machine.progress() + (step.within or self.scenario.limit)
        while True:
            result = find()
            if result or self.machine.progress() > deadline:
                return result
            time.sleep(POLL_SECONDS)

    def _wire(self):
        return wirelog.parse(self.machine.read_region(self.machine.board.wire_log))

    def _audit(self):
        return audit.parse(self.machine.read_region(self.machine.board.audit))[0]

    # --- expectations -------------------------------------------------------------------------------------------

    def do_expect(self, step):
        getattr(self, "_expect_" + step.words[0])(step, " ".join(step.words[1:]))

    def _expect_reading(self, step, wanted, what):
        sighting = self.look("")
        if not wanted(sighting.reading):
            reading = sighting.reading
            self._fail(step, "screen", f"the screen does not show {what}: label {reading.label}, number "
                       f"'{reading.number_glyphs}' (tesseract '{reading.number_ocr}'), price '{reading.price}', "
                       f"words '{reading.words[:80]}'", (f"screens.log:{sighting.line}", reading.picture))

    def _expect_screen(self, step, kind):
        self._expect_reading(step, lambda reading: screen.kind(reading) == kind, f"screen '{kind}'")

    def _expect_number(self, step, number):
        self._expect_reading(step, lambda reading: reading.is_trusted() and numbers.same(reading.number(), number),
                             f"number {number}")

    def _expect_price(self, step, price):
        self._expect_reading(step, lambda reading: reading.price.startswith(price), f"price {price}")

    def _expect_words(self, step, words):
        self._expect_reading(step, lambda reading: _says(reading, words), f"'{words}'")

    def _expect_label(self, step, label):
        self._expect_reading(step, lambda reading: reading.label == label, f"label {label}")

    def _expect_focus(self, step, owner):
        self._expect_reading(step, lambda reading: reading.is_trusted() == (owner == "robin"), f"focus {owner}")

    def _expect_unchanged(self, step, _):
        if screen.region_hash(self.machine.screen(), NUMBER_BLOCK) != self._block:
            sighting = self.look("changed")
            self._fail(step, "screen", "number and price are not the pixels that they were when the prompt appeared",
                       (f"screens.log:{sighting.line}",))

    def _expect_head(self, step, _):
        """Count and head of the audit log on the home screen are those of the log in memory."""
        with self.machine.paused():
            _, count, head = audit.parse(self.machine.read_region(self.machine.board.audit))
            picture, sighting = self.machine.screen(), self.look("")
        shown = screen.read_head(picture, places.HEAD)
        if not re.search(rf"\b{count}\b", sighting.reading.words) or shown != head.hex()[:32]:
            self._fail(step, "screen", f"the log has {count} entries and head {head.hex()[:32]}; the home screen shows "
                       f"{shown or 'none'}", (f"screens.log:{sighting.line}", sighting.reading.picture))

    def _expect_audit(self, step, kinds):
        self._settle(step, lambda: _in_order([record.kind for record in self._audit()
                                              if record.sequence >= self.found.audit_start], kinds.split()),
                     "audit", f"the audit log has not '{kinds}' in that order")

    def _expect_records(self, step, words):
        count, kind = words.split()
        have = [record.kind for record in self._audit() if record.sequence >= self.found.audit_start].count(kind)
        if have != int(count):
            self._fail(step, "audit", f"the audit log has {have} records '{kind}', not {count}")

    def _expect_modem(self, step, pattern):
        self._settle(step, lambda: any(re.search(pattern, f"{line.kind} {line.text}") for line in self._wire()
                                       if line.end > self.found.wire_start), "wire", f"'{pattern}' is not on the wire")

    def _expect_call(self, step, state):
        self._settle(step, lambda: wirelog.call_state(self._wire()) == state, "wire",
                     f"the carrier's call is not '{state}' but '{wirelog.call_state(self._wire())}'")

    def _expect_legacy(self, step, state):
        """Alive: the guest's shell answers. Dead: it does not, within three seconds of the phone's time."""
        try:
            self.machine.console.run("true", SETTLE_SECONDS if state == "dead" else self._limit(step), self.machine.progress)
            alive = True
        except ConsoleTimeout:
            alive = False
        if alive != (state == "alive"):
            self._fail(step, "console", f"Linux is {'alive' if alive else 'dead'}, not {state}")

    def _settle(self, step, condition, witness, message):
        deadline = self.machine.progress() + (step.within or SETTLE_SECONDS)
        while not condition():
            if self.machine.progress() > deadline:
                self._fail(step, witness, message)
                return
            time.sleep(POLL_SECONDS)

    def do_dialled(self, step):
        """So far exactly these; the last `dialled` of a scenario is checked again at its end."""
        expected = () if step.words == ("nothing",) else step.words
        heard = [line.dialled() for line in wirelog.dials(self._wire()) if line.end > self.found.wire_start]
        same = len(heard) == len(expected) and all(map(numbers.same, heard, expected))
        if not same and step is not self.scenario.steps[-1]:
            self._fail(step, "wire", f"the modem heard {', '.join(heard) or 'nothing'}")

    # --- the rest -----------------------------------------------------------------------------------------------

    def do_let(self, step):
        amount, unit = step.words[0], step.words[1]
        self._pass(float(amount) * (0.001 if unit == "ms" else 1))

    def _pass(self, seconds):
        until = self.machine.time() + seconds
        while self.machine.time() < until:
            time.sleep(POLL_SECONDS)

    def _come(self, seconds):
        """Until the phone has come so far: on a busy computer time passes in which it draws nothing."""
        until = self.machine.progress() + seconds
        while self.machine.progress() < until:
            time.sleep(POLL_SECONDS)

    def do_picture(self, step):
        name, _, caption = step.text.partition(" ")
        sighting = self.look(name)
        self.captions[sighting.reading.picture] = caption

    def do_repeat(self, step):
        for _ in range(int(step.words[0])):
            for inner in step.steps:
                self.run(inner)

    def do_measure(self, step):
        cause, effect = re.fullmatch(r"(.+) to (pixel|wire)", step.text).groups()
        seconds = self._measured(cause.split(), effect, 10 * step.within)
        self.found.measures.append((step.text, seconds, step.within))
        if seconds > step.within:
            self._fail(step, "screen" if effect == "pixel" else "wire",
                       f"it took {seconds * 1000:.1f} ms, not at most {step.within * 1000:g} ms")

    def _measured(self, cause, effect, give_up):
        """Runs the phone in slivers and looks after each: the time of the first sliver in which the effect is there,
        so never less than the truth. QEMU takes events only while the phone runs."""
        clock = self.machine.busy_time if self.machine.clock == "exact" else self.machine.time
        look = self.machine.screen if effect == "pixel" else self.person.wire_position
        with self.machine.paused():
            self._prepare_cause(cause, look if effect == "wire" else lambda: None)
            before, start = look(), clock()
            self.machine.resume()
            self._cause(cause)
            self.machine.pause()
            while look() == before and clock() - start < give_up:
                self.machine.resume()
                self.machine.pause()
            seconds = clock() - start
        self._end_cause(cause)
        return seconds

    def _prepare_cause(self, words, look):
        if words[0] == "key":
            return
        place = places.parse(tuple(words[1:]))
        self.machine.resume()
        self.person.wait_until_solid(place)
        self.machine.pause()
        self.person.note(place)
        self.machine.resume()
        self.machine.finger_aim(*places.point(place))
        if words[0] == "tap":    # the finger is down already: what counts is its leaving
            before = look()
            self.machine.finger_down(*places.point(place))
            self._pass(0.06)
            if look() != before:
                raise StepFailed("wire", f"the wire did not wait for the finger to leave '{place}': measure its press")
        self.machine.pause()

    def _cause(self, words):
        if words[0] == "key":
            self.person.key_down(words[1])
        elif words[0] == "tap":
            self.machine.finger_up()
        else:
            self.machine.finger_down(*places.point(places.parse(tuple(words[1:]))))

    def _end_cause(self, words):
        if words[0] == "key":
            self.person.key_up(words[1])
        elif words[0] == "press":
            self.machine.finger_up()


def _says(reading, words):
    """Whether the screen says so, whatever gaps and signs tesseract makes of it."""
    return re.sub(r"\W", "", words).lower() in re.sub(r"\W", "", reading.words).lower()


def _in_order(found, wanted):
    rest = iter(found)
    return all(kind in rest for kind in wanted)
