# SPDX-License-Identifier: BSD-2-Clause
"""What the harness must know of a board: QEMU's arguments, the flash files, and the image map that says where in
physical memory the evidence lies. All of it is read from files that the build wrote."""

import dataclasses
import json
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]


class BoardError(Exception):
    """A file is missing or wrong; the message names it and what to do."""


@dataclasses.dataclass(frozen=True)
class Region:
    name: str
    base: int
    bytes: int
    sha256: str = ""  # of the memory as it was built, where the build knows


@dataclasses.dataclass(frozen=True)
class Board:
    name: str
    machine: str          # QEMU's program
    arguments: tuple      # with {NAME} for each of the files
    files: dict           # name in the arguments -> what the phone is flashed with, or the slot of a device
    wire_log: Region
    audit: Region
    read_only: tuple      # code and constants of the trusted side
    width: int
    height: int
    input_ring: Region    # what Linux is told of touches; empty if the map does not say where
    facts: dict           # guest kernel's hash, revision …: for the report

    def command(self):
        return [self.machine] + [word.format(**self.files) for word in self.arguments]


def number(value):
    return int(value, 0) if isinstance(value, str) else int(value)


def flashed(facts):
    """{name: file beside the map} of what is flashed."""
    return facts.get("files") or {bank: facts[bank] for bank in ("bank0", "bank1")}


def load(name, build=None):
    """Reads a board's description; `build` is another build folder than build/<name> (mutants)."""
    build = pathlib.Path(build) if build else ROOT / "build" / name
    map_path = build / "images" / "map.json"
    words = _read_arguments(ROOT / "images" / name / "qemu")
    try:
        facts = json.loads(map_path.read_text())
        region = lambda key: Region(key, number(facts[key]["base"]), number(facts[key]["bytes"]))
        read_only = tuple(Region(item["name"], number(item["base"]), number(item["bytes"]), item.get("sha256", ""))
                          for item in facts["read_only"])
        panel = facts["framebuffer"]
        return Board(name, words[0], tuple(words[1:]),
                     {name: str(build / "images" / file) for name, file in flashed(facts).items()} | facts.get("slots", {}),
                     region("wire_log"), region("audit"), read_only,
                     number(panel["width"]), number(panel["height"]),
                     region("input_ring"), facts)
    except OSError as error:
        raise BoardError(f"{map_path}: {error.strerror}; build the image first: scripts/build --board {name}") from error
    except (KeyError, ValueError) as error:
        raise BoardError(f"{map_path}: not an image map: {error}") from error


def _read_arguments(path):
    try:
        lines = path.read_text().splitlines()
    except OSError as error:
        raise BoardError(f"{path}: {error.strerror}; is that a board with an emulator?") from error
    words = [line.strip() for line in lines]
    return [word for word in words if word and not word.startswith("#")]
