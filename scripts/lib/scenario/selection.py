# SPDX-License-Identifier: BSD-2-Clause
"""Which scenarios a board replays: all of legacy/scenarios but those that images/BOARD/left-out.tsv names, each with its
reason. scripts/test replays only those that images/BOARD/in-test.txt lists, where there is such a file."""

from lib.phone import guests
from lib.scenario import scenario
from lib.phone.board import ROOT, BoardError

SCENARIOS = ROOT / "legacy" / "scenarios"


def every():
    """Every shipped scenario file."""
    return sorted(SCENARIOS.glob("*.scenario"))


def left_out(board, root=ROOT):
    """{scenario: why it cannot be played on this board}."""
    path, reasons = root / "images" / board / "left-out.tsv", {}
    for number, line in _lines(path):
        name, _, reason = line.partition("\t")
        if not reason.strip():
            raise BoardError(f"{path}:{number}: '{name}' is left out without a reason")
        reasons[_existing(path, number, name)] = reason.strip()
    return reasons


def in_test(board, root=ROOT):
    """The scenarios that scripts/test replays on this board."""
    path = root / "images" / board / "in-test.txt"
    if not path.exists():
        return every()
    return [SCENARIOS / f"{_existing(path, number, line)}.scenario" for number, line in _lines(path)]


def guests_in_test(board):
    """All that scripts/test boots on this board: its own guest, and those with another Debian's kernel."""
    wanted = [scenario.load(path).guest for path in in_test(board)]
    releases = sorted({words[1] for words in wanted if words[0] == "linux" and len(words) > 1})
    return [guests.of(board, release) for release in ["", *releases]]


def _lines(path):
    text = path.read_text() if path.exists() else ""
    return [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)
            if line.strip() and not line.startswith("#")]


def _existing(path, number, name):
    if not (SCENARIOS / f"{name}.scenario").exists():
        raise BoardError(f"{path}:{number}: there is no scenario '{name}'")
    return name
