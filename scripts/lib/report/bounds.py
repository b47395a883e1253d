# SPDX-License-Identifier: BSD-2-Clause
"""What scripts/bench holds a board to: images/BOARD/bench.tsv. A row NAME@VERSION is the one of NAME where that QEMU
counts, for figures that differ between the versions on which the plugins were tried: the compiler differs with them."""

import typing

from lib.phone import plugins
from lib.phone.board import ROOT

# Not ours alone, or better when it grows.
NOT_BOUNDED = ("linux_boot_instructions", "linux_boot_bare_instructions", "platform_shared_percent")
FIRST = plugins.TRIED[0]   # the version of the rows without one
NEAR = 1.03                # a bound keeps what was measured, and at most so much


class Target(typing.NamedTuple):
    """A line: a bound that was asked for, or one that keeps what was once measured."""
    bound: float | None
    aim: float | None
    origin: str
    elsewhere: str


def read(board, version, root=ROOT):
    """{name: Target} under that QEMU; a board without the file has no bounds."""
    path, plain, own = root / "images" / board / "bench.tsv", {}, {}
    for line in path.read_text().splitlines() if path.exists() else ():
        if line and not line.startswith(("#", "name\t")):
            name, bound, aim, origin, elsewhere = (line.split("\t") + [""] * 4)[:5]
            name, _, only = name.partition("@")
            target = Target(float(bound) if bound else None, float(aim) if aim else None, origin, elsewhere)
            if only in ("", version):
                (own if only else plain)[name] = target
    return {**plain, **own}


def record(board, version, values, order, root=ROOT):
    """Keeps what was measured, and 2 % more, as the bound of each row that has none or whose bound was kept like this.
    Under another QEMU than the first only where the first's bound does not fit, in a row of that version."""
    path, known = root / "images" / board / "bench.tsv", {}
    lines = path.read_text().splitlines()
    for i, line in enumerate(lines):
        fields = (line.split("\t") + [""] * 4)[:5]
        name, _, only = fields[0].partition("@")
        known[name, only or FIRST] = fields
        if (only or FIRST) == version and name in values and name not in NOT_BOUNDED and fields[3] in ("", "recorded"):
            fields[1], fields[3] = _kept(values[name]), "recorded"
            lines[i] = "\t".join(fields).rstrip("\t")
    for name in order:
        first = known.get((name, FIRST))
        if name in NOT_BOUNDED or (name, version) in known or (version != FIRST and first and _fits(first, values[name])):
            continue
        lines.append(f"{name}{'' if version == FIRST else '@' + version}\t{_kept(values[name])}\t\trecorded")
    path.write_text("\n".join(lines) + "\n")


def _fits(fields, value):
    """A bound that was asked for is one for every version."""
    return fields[3] == "asked" or not fields[1] or value <= float(fields[1]) <= value * NEAR


def _kept(value):
    return f"{value * 1.02:.4g}" if value < 100 else str(int(value * 1.02))
