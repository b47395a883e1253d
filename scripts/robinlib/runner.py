# SPDX-License-Identifier: BSD-2-Clause
"""Runs a scenario: boots a phone of its own from the flash image, gathers the witnesses' testimony and lets them judge.
Phones are not shared and not restored from a saved state: QEMU's saved states lack the hypervisor's timer, and a boot
costs less than a doubt."""

import dataclasses
import json
import pathlib
import time

from . import evidence, places
from .console import ConsoleTimeout
from .machine import Machine, MachineError
from .person import lifted
from .qmp import QmpError
from .steps import Steps
from .witnesses import audit, integrity, screen, verdict, wirelog

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
        """A mutant passes its test when a witness objects on a promise; expectations alone do not count."""
        if self.problem:
            return False
        if self.scenario.verdict == "broken":
            return any(finding.promise.startswith("P") for finding in self.findings)
        return not self.findings

    def sentence(self):
        """The verdict in one line."""
        if self.problem:
            return f"COULD NOT RUN: {self.problem}"
        if self.findings:
            return f"BROKEN: {self.findings[0]}"
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


class Phone:
    """A phone that has been switched on; ready when Linux is up, the modem registered, the first start's cards skipped."""

    def __init__(self, board, scenario, folder, machine=Machine):
        self._scenario, self._folder = scenario, pathlib.Path(folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        for old in self._folder.glob("*.png"):
            old.unlink()
        self.machine = machine(board, folder, scenario.clock)
        try:
            ready = READY[scenario.guest[0]]
            if ready:
                self.machine.console.wait(ready, 0, BOOT_SECONDS, self.machine.progress, self.machine.is_alive)
            self._wait_for_modem()
            self._skip_first_start()
        except (ConsoleTimeout, MachineError, QmpError) as error:
            self.machine.close()
            raise MachineError(str(error)) from error

    def _wait_for_modem(self):
        """modem-sim has made its log: from here on its silence means something."""
        deadline = self.machine.progress() + BOOT_SECONDS
        base = self.machine.board.wire_log.base
        while wirelog.written(self.machine.read_memory(base, wirelog.HEADER.size)) == 0:
            if self.machine.progress() > deadline or not self.machine.is_alive():
                raise MachineError("modem-sim never began its wire log: the trusted side did not start")
            time.sleep(0.05)

    def _skip_first_start(self):
        """The cards of the very first start: the person presses Skip, and Linux comes up, or where it would be."""
        deadline = self.machine.progress() + FIRST_START_SECONDS
        while not {"linux", "stopped"}.intersection(screen.glance(self.machine.screen())):
            if self.machine.progress() > deadline or not self.machine.is_alive():
                raise MachineError("the panel never showed Linux after the first start's cards were skipped")
            self.machine.finger_down(*places.point("skip"))
            self._pass(0.2)
            self.machine.finger_up()
            self._pass(0.5)

    def _pass(self, seconds):
        until = self.machine.time() + seconds
        while self.machine.time() < until:
            time.sleep(0.01)

    def run(self, say=lambda text: None):
        """Plays the scenario; returns its Result."""
        started, problem, found = time.monotonic(), "", evidence.Evidence()
        self._begin(found)
        steps = Steps(self.machine, self._scenario, found, self._folder, say)
        try:
            with lifted(self.machine):
                steps.run_all()
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
        (folder / "wire.bin").write_bytes(wire)
        (folder / "audit.bin").write_bytes(log)
        try:
            found.wire = wirelog.parse(wire)
        except wirelog.WireLogError as error:
            found.wire_problem = str(error)
        try:
            found.audit = audit.parse(log)[0]
            found.chain_good, found.chain_said = audit.verify(folder / "audit.bin")
        except audit.AuditError as error:
            found.audit_problem = str(error)

    def close(self):
        self.machine.close()


def run(board, scenario, folder, say=lambda text: None, machine=Machine):
    """Boot, play, switch off."""
    phone = Phone(board, scenario, folder, machine)
    try:
        return phone.run(say)
    finally:
        phone.close()


def failed(scenario, folder, problem):
    """The result of a scenario that could not even begin."""
    return Result(scenario, pathlib.Path(folder), evidence.Evidence(), [], {}, 0.0, problem)
