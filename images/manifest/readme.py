#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The memory table in each board's README (platform/arm/boards/NAME), made from the board's manifest.

usage: images/manifest/readme.py [--check]
  --check  writes nothing; says which README has an old table, and exits 1 if there is one
"""
import pathlib
import re
import subprocess
import sys

from model import ManifestError, read_manifest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TABLE = re.compile(r"(<!-- made by images/manifest/readme\.py -->\n).*?(?=\n\n)", re.DOTALL)
UNITS = ((1 << 20, "MiB"), (1 << 10, "KiB"))


def size_text(count):
    unit, name = next((unit, name) for unit, name in UNITS if count % unit == 0)
    return f"{count // unit} {name}"


def piece_text(piece, base):
    interrupts = ", interrupt " + ", ".join(map(str, piece.interrupts)) if piece.interrupts else ""
    return f"`{piece.name}` (+{piece.base - base:#x}{interrupts})"


def rows(manifest):
    """One for each region and for the kernel, with what lies at a fixed place in it."""
    kernel = next(r for r in manifest.reserved if r.name == "kernel")
    pieces = [m for m in manifest.memories + manifest.devices if m.base is not None]
    found = [(kernel.base, kernel.bytes, "the kernel", [])]
    for region in manifest.regions:
        inside = [p for p in pieces if region.base <= p.base < region.base + region.bytes]
        found.append((region.base, region.bytes, f"{region.kind}, `{region.name}`", inside))
    for base, count, what, inside in sorted(found, key=lambda row: row[0]):
        held = ": " + ", ".join(piece_text(piece, base) for piece in inside) if inside else ""
        yield f"| {base:#010x} | {size_text(count)} | {what}{held} |"


def table(board):
    source = SOURCE / "images" / board / "manifest.dts"
    blob = subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", source], check=True, capture_output=True).stdout
    return "\n".join(["| physical address | size | what |", "|---|--:|---|", *rows(read_manifest(blob))])


def main():
    if sys.argv[1:] not in ([], ["--check"]):
        print(__doc__)
        return 0 if sys.argv[1:] in (["-h"], ["--help"]) else 2
    old = 0
    for path in sorted((SOURCE / "platform" / "arm" / "boards").glob("*/README.md")):
        text = path.read_text()
        new = TABLE.sub(lambda match, board=path.parent.name: match[1] + table(board), text)
        if not TABLE.search(text):
            sys.exit(f"{path.relative_to(SOURCE)}: there is no '<!-- made by images/manifest/readme.py -->'")
        if new != text and "--check" in sys.argv:
            print(f"{path.relative_to(SOURCE)}: the memory table is not the manifest's: run images/manifest/readme.py")
            old = 1
        elif new != text:
            path.write_text(new)
    return old


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ManifestError as error:
        sys.exit(f"{error.path}: {error.reason}.")
