# SPDX-License-Identifier: BSD-2-Clause
"""Runs a scenario on a phone of its own, gathers the witnesses' testimony and lets them judge. A phone is booted from the
flash image, or begins in the state of one that was: "Linux is up", made once per process, board and clock (saved.py)."""

import dataclasses
import json
import pathlib
import threading
import time

from lib.phone import plugins, saved
from lib.report import evidence
from lib.scenario import places, watch
from lib.phone.console import ConsoleTimeout
from lib.phone.machine import Machine, MachineError
from lib.scenario.person import lifted
from lib.phone.qmp import QmpError
from lib.scenario.steps import Steps
from lib.witnesses import audit, film, integrity, screen, touches, verdict, wirelog

READY = {"linux": r"^ROBIN-GUEST: ready", "image": r""}
BOOT_SECONDS = 180.0  # a 32-bit Linux that unpacks itself takes 15 s on an idle machine, and it need not be idle
FIRST_START_SECONDS = 15.0


@dataclasses.dataclass
class Result:
    scenario: object
    folder: pathlib.Path
    found: evidence.Evidence
    findings: list
    captions: dict
    seconds: float = 0.0        # of wall time
    problem: str = ""           # it could not be run

    @property
    def passed(self):
        """A mutant passes its test when the promises that it names break, and no other; expectations do not count."""
        if self.problem:
            return False
        if self.scenario.broken:
            return {finding.promise for finding in self.findings} - {"scenario"} == self.scenario.broken
        return not self.findings and not self.found.film_problem

    @property
    def status(self):
        """As a script's exit status: every promise held; one was broken; not judged by every witness."""
        return 0 if self.passed else 2 if self.problem or not self.findings and self.found.film_problem else 1

    def sentence(self):
        """The verdict in one line."""
        if self.problem:
            return f"COULD NOT RUN: {self.problem}"
        if self.findings:
            return f"BROKEN: {self.findings[0]}"
        if self.found.film_problem:
            return f"NOT JUDGED: the panel was not filmed: {self.found.film_problem}."
        return f"HOLDS: {self._heard()}, and every witness agrees."

    def _heard(self):
        heard = [dial.dialled() for dial in self.found.dials()]
        if not heard:
            return "the modem heard nothing"
        how = "once, after it was" if len(heard) == 1 else "in this order, each after it was"
        return f"the modem heard {' and '.join(heard)}, {how} shown and confirmed"

    def facts(self):
        """What report.json says of this run."""
        return {"scenario": str(self.scenario.path.name), "title": self.scenario.title, "passed": self.passed,
                "verdict": self.sentence(), "seconds": round(self.seconds, 1), "promises": self.promises(),
                "dialled": [dial.dialled() for dial in self.found.dials()],
                "findings": [dataclasses.asdict(finding) for finding in self.findings],
                "measures": [{"what": what, "seconds": value, "bound": bound}
                             for what, value, bound in self.found.measures]}

    def promises(self):
        """P1 … P7: held, broken, or not tested here."""
        broken = {finding.promise for finding in self.findings}
        return {f"P{n}": "broken" if f"P{n}" in broken else
                "held" if f"P{n}" in self.scenario.promises and not self.problem else "not tested here"
                for n in range(1, 8)}


def _switch_on(machine, ready):
    """Until Linux is up (the console says so), the modem registered, and the first start's cards are skipped."""
    try:
        if ready:
            machine.console.wait(ready, 0, BOOT_SECONDS, machine.progress, machine.is_alive)
        _wait_for_modem(machine)
        _skip_first_start(machine)
    except (ConsoleTimeout, MachineError, QmpError) as error:
        machine.close()
        raise MachineError(str(error)) from error


def _wait_for_modem(machine):
    """modem-sim has made its log: from here on its silence means something."""
    deadline = machine.progress() + BOOT_SECONDS
    while wirelog.written(machine.read_memory(machine.board.wire_log.base, wirelog.HEADER.size)) == 0:
        if machine.progress() > deadline or not machine.is_alive():
            raise MachineError("modem-sim never began its wire log: the trusted side did not start")
        time.sleep(0.05)


def _skip_first_start(machine):
    """The cards of the very first start: the person presses Skip, and Linux comes up, or where it would be."""
    deadline = machine.progress() + FIRST_START_SECONDS
    while not {"linux", "stopped"}.intersection(screen.glance(machine.screen())):
        if machine.progress() > deadline or not machine.is_alive():
            raise MachineError("the panel never showed Linux after the first start's cards were skipped")
        machine.finger_down(*places.point("skip"))
        watch.let_pass(machine, 0.2)
        machine.finger_up()
        watch.let_pass(machine, 0.5)


class States:
    """The saved states of one process, each made when a scenario first wants it."""

    def __init__(self, folder, machine=Machine):
        self._folder, self._machine = pathlib.Path(folder), machine
        self._lock, self._made = threading.Lock(), {}

    def of(self, board, scenario):
        """The state that the scenario may begin in, or None: what is about booting, or boots another image, boots."""
        if not scenario.begins_ready() or not plugins.are_tried(board.machine):
            return None
        key = board.name, scenario.clock
        with self._lock:
            lock, made = self._made.setdefault(key, (threading.Lock(), []))
        with lock:
            if not made:
                made.append(self._make(board, scenario.clock))
            return made[0]

    def _make(self, board, clock):
        machine = self._machine(board, self._folder / f"ready-{clock}", clock, start=saved.Recording(board))
        _switch_on(machine, READY["linux"])
        try:
            return machine.save()
        finally:
            machine.close()

    def close(self):
        for _, made in self._made.values():
            for state in made:
                state.close()


class Phone:
    """A phone that has been switched on; ready when Linux is up, the modem registered, the first start's cards skipped."""

    def __init__(self, board, scenario, folder, machine=Machine, state=None):
        """`state`: a saved one to begin in, else the phone is booted."""
        self._scenario, self._folder = scenario, pathlib.Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob("*.png"):
            old.unlink()
        more = {"strict": True} if scenario.film == "strict" else {}
        if state is not None:
            self.machine = machine(board, folder, scenario.clock, start=state, **more)
        else:
            self.machine = machine(board, folder, scenario.clock, **more)
            _switch_on(self.machine, READY[scenario.guest[0]])

    def run(self, say=lambda text: None):
        """Plays the scenario; returns its Result."""
        started, problem, found = time.monotonic(), "", evidence.Evidence()
        self._begin(found)
        steps = Steps(self.machine, self._scenario, found, self._folder, say)
        try:
            with lifted(self.machine):
                steps.run_all()
            watch.until_idle(self.machine)
            self._gather(found, self._folder)
        except (QmpError, MachineError) as error:
            problem = str(error)
        found.save(self._folder)
        result = Result(self._scenario, self._folder, found, verdict.judge(found, self._scenario.dialled()),
                        steps.captions, time.monotonic() - started, problem)
        (self._folder / "result.json").write_text(json.dumps(result.facts(), indent=2) + "\n")
        return result

    def _begin(self, found):
        with self.machine.paused():
            board = self.machine.board
            found.wire_start = wirelog.written(self.machine.read_memory(board.wire_log.base, wirelog.HEADER.size))
            found.ring_start = touches.written(self.machine.read_region(board.input_ring))
            self.machine.touches.clear()
            found.memory_before = integrity.take(self.machine, board.read_only)
            try:
                found.audit_start = audit.parse(self.machine.read_region(board.audit))[1]
            except audit.AuditError as error:
                found.audit_problem = str(error)

    def _gather(self, found, folder):
        with self.machine.paused():
            board = self.machine.board
            wire, log = self.machine.read_region(board.wire_log), self.machine.read_region(board.audit)
            found.memory_after = integrity.take(self.machine, board.read_only)
            self._take_film(found, folder)
            found.ring, found.touches = self.machine.read_region(board.input_ring), list(self.machine.touches)
        (folder / "wire.bin").write_bytes(wire)
        (folder / "audit.bin").write_bytes(log)
        (folder / "input.bin").write_bytes(found.ring)
        try:
            found.wire = wirelog.parse(wire)
        except wirelog.WireLogError as error:
            found.wire_problem = str(error)
        try:
            found.audit = audit.parse(log)[0]
            found.chain_good, found.chain_said = audit.verify(folder / "audit.bin")
        except audit.AuditError as error:
            found.audit_problem = str(error)

    def _take_film(self, found, folder):
        try:
            raw = self.machine.film()
            film.keep(raw, folder / "film.gz")
            found.film = film.Film(raw, self.machine.board)
        except film.FilmError as error:
            found.film_problem = str(error)

    def close(self):
        self.machine.close()


def run(board, scenario, folder, say=lambda text: None, machine=Machine, states=None):
    """Boot, or begin in one of `states`; play, switch off. What is to be played both ways is, and compared."""
    state = states.of(board, scenario) if states else None
    result = _run(Phone(board, scenario, folder, machine, state), say)
    if scenario.start == "both" and state is not None and not result.problem:
        booted = _run(Phone(board, scenario, pathlib.Path(folder) / "booted", machine), say)
        result.problem = booted.problem
        result.findings += booted.findings + verdict.compare(result.found, booted.found)
    return result


def _run(phone, say):
    try:
        return phone.run(say)
    finally:
        phone.close()


def failed(scenario, folder, problem):
    """The result of a scenario that could not even begin."""
    return Result(scenario, pathlib.Path(folder), evidence.Evidence(), [], {}, 0.0, problem)
