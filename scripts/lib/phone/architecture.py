# SPDX-License-Identifier: BSD-2-Clause
"""What a board is called, and what its architecture brings: compiler, emulator, marks. The presets say which boards
there are and of which architecture each is; scripts/arch/*.toml says the rest. No script knows a board by its name."""

import dataclasses
import json
import pathlib
import tomllib

ROOT = pathlib.Path(__file__).resolve().parents[3]


class UnknownBoard(Exception):
    """The presets have no such board; the message is one sentence."""


@dataclasses.dataclass(frozen=True)
class Architecture:
    name: str                # v7, v8: the folders of that name hold what depends on it
    debian: str              # Debian's name of it, for the guest: scripts/guest-build --arch
    compiler: str            # prefix of the cross tools
    guest_options: tuple     # of the compiler, for a guest in assembler
    emulator: str
    bare_machine: tuple      # QEMU's words for the guest's machine without Robin
    cores: tuple             # that are tried beside the boards' own
    stand_in_guest: bytes    # a whole guest that does nothing
    guest_vectors: dict      # where an exception of a guest enters the kernel: bytes behind exception_vectors
    panic_registers: tuple
    marks: dict
    linux: dict
    kernel_stay: dict        # instructions that end a stay in the kernel: [opcode, mask]


def boards():
    """{board: name of its architecture}, in the presets' order."""
    presets = json.loads((ROOT / "CMakePresets.json").read_text())["configurePresets"]
    found = ((preset["name"], preset.get("cacheVariables", {})) for preset in presets)
    return {name: variables["ROBIN_ARCH"] for name, variables in found if "ROBIN_BOARD" in variables}


def of(board):
    """The architecture of this board."""
    known = boards()
    if board not in known:
        raise UnknownBoard(f"there is no board '{board}' in CMakePresets.json; there are {', '.join(known)}")
    return load(known[board])


def load(name):
    facts = tomllib.loads((ROOT / "scripts" / "arch" / f"{name}.toml").read_text())
    return Architecture(name, facts["debian"], facts["compiler"], tuple(facts["guest_options"]), facts["emulator"],
                        tuple(facts["bare_machine"]), tuple(facts["cores"]), bytes.fromhex(facts["stand_in_guest"]),
                        facts["guest_vectors"], tuple(facts["panic_registers"]), facts["marks"], facts["linux"],
                        facts["kernel_stay"])
