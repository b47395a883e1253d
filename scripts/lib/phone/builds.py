# SPDX-License-Identifier: BSD-2-Clause
"""Makes the flash images that scenarios boot: the shipped one, one with another guest, one with a mutated component.
A mutant is the shipped image but for one component, built from a copy of the tree with one patch applied."""

import os
import pathlib
import re
import shlex
import shutil
import subprocess

from lib.phone import guests
from lib.phone.board import ROOT, BoardError
from lib.report.terminal import PROGRESS

SCENARIOS = ROOT / "legacy" / "scenarios"
PATCHES = SCENARIOS / "mutants"
COPIED = ("CMakeLists.txt", "CMakePresets.json", "scripts", "kernel", "platform", "trusted", "modem-sim", "images",
          "legacy/vmm", "legacy/guest/debian-release")


def listener(line):
    """Replaced by a caller that shows how far a tool is."""


def run(words, what, folder=ROOT):
    """Runs a tool quietly; its last words become the one sentence of the failure."""
    words = [str(word) for word in words]
    try:
        with subprocess.Popen(words, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              text=True, errors="replace", env={**os.environ, "ROBIN_PROGRESS": "yes"}) as process:
            said = [line.rstrip("\n") for line in map(_heard, process.stdout)]
    except OSError as error:
        raise BoardError(f"{what}: {words[0]}: {error.strerror}; run scripts/setup") from error
    if process.returncode != 0:
        said = [line for line in said if line.strip() and not PROGRESS.match(line)]
        errors = [line for line in said if "error" in line.lower()]
        raise BoardError(f"{what} ended with {process.returncode}: {(errors or said or ['no message'])[0]}; "
                         f"again, with all it says: {shlex.join(words)}")


def _heard(line):
    listener(line)
    return line


def build(board):
    """The shipped image: what a user would flash."""
    guest = guests.of(board)
    if guest.is_stale():
        run(guest.build_command, "the guest")
    run([ROOT / "scripts" / "build", "--board", board], "the build")
    return ROOT / "build" / board


def configure(source, folder, board):
    if not (folder / "build.ninja").exists():
        run(["cmake", "-S", source, "-B", folder, "--preset", board], "the build's configuration", source)


def pack(board, output, *more, guest=None):
    """`guest`: kernel and RAM disk in place of the board's own."""
    kernel, initrd = guest or (guests.of(board).kernel, guests.of(board).initrd)
    words = ["/usr/bin/python3", ROOT / "images" / "pack" / "image.py", "--board", board, "--output", output,
             "--guest-kernel", kernel]
    run(words + (["--guest-initrd", initrd] if initrd else []) + list(more), "the image")


def variant(board, scenario, is_built=False):
    """The folder of the image that this scenario boots, or None for the shipped one. Its images lie in FOLDER/images."""
    if not is_built:
        build(board)
    if not (scenario.build or scenario.append or scenario.guest != ("linux",)):
        return None
    names = [pathlib.Path(scenario.build).stem, pathlib.Path(scenario.guest[-1]).stem, scenario.append.replace(" ", "_")]
    folder = ROOT / "build" / "variants" / board / "-".join(filter(None, names))
    more = ["--components", mutant(board, patch_of(scenario))] if scenario.build else []
    if scenario.append:
        more += ["--guest-append=" + scenario.append]
    pack(board, folder / "images", *more, guest=other_guest(board, scenario, folder))
    return folder


def other_guest(board, scenario, folder):
    """Kernel and RAM disk in place of the board's own, or None: a guest that is an attack, or another Debian's kernel."""
    if scenario.guest[0] == "image":
        return bare_guest(board, scenario, folder), None
    if len(scenario.guest) == 1:
        return None
    guest = guests.of(board, scenario.guest[1])
    if guest.is_stale():
        run(guest.build_command, "the guest")
    return guest.kernel, guest.initrd


def bare_guest(board, scenario, folder):
    """An attack that is a whole guest: assembled if it is source, else taken as it is."""
    guest = guests.of(board)
    source = guests.source_for(guest.machine, scenario.path.parent / scenario.guest[1]).resolve()
    if not source.exists():
        raise BoardError(f"{scenario.path}: there is no guest image {source}")
    if source.suffix not in (".S", ".c"):
        return source
    folder.mkdir(parents=True, exist_ok=True)
    elf, flat = folder / (source.stem + ".elf"), folder / (source.stem + ".bin")
    run([*guest.compiler, "-nostdlib", "-static", "-no-pie", "-ffreestanding", "-Wl,-Ttext=0x40080000",
         "-Wl,--build-id=none", "-o", elf, source], "the guest image")
    run([guest.objcopy, "-O", "binary", elf, flat], "the guest image")
    return flat


def patch_of(scenario):
    """One of the project's own, by name, or any, by its path from the scenario's folder."""
    own = PATCHES / f"{scenario.build}.patch"
    return own if own.exists() else (scenario.path.parent / scenario.build).resolve()


def mutant(board, patch):
    """A folder of components of which some are mutated."""
    components, name = mutated_components(patch), patch.stem
    folder = ROOT / "build" / "mutants" / board / name
    source, result = folder / "source", folder / "components"
    shutil.rmtree(source, ignore_errors=True)
    for part in COPIED:
        target = source / part
        target.parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (ROOT / part).is_dir() else shutil.copy2
        copy(ROOT / part, target)
    (source / "build").mkdir()
    (source / "build" / "sources").symlink_to(ROOT / "build" / "sources")  # fetched once
    run(["patch", "-p1", "--fuzz=0", "-i", patch], f"mutant {name}: {patch.name} no longer fits the sources", source)
    configure(source, folder / "build", board)
    run(["cmake", "--build", folder / "build", "--target", *components], f"mutant {name}")
    shutil.rmtree(result, ignore_errors=True)
    shutil.copytree(ROOT / "build" / board / "components", result)
    for component in components:
        shutil.copy2(folder / "build" / "components" / f"{component}.elf", result)
    return result


def mutated_components(patch):
    """Named by the folders that the patch changes: trusted/dialler/… or legacy/vmm/…"""
    try:
        changed = {line[6:].split("\t")[0] for line in patch.read_text().splitlines() if line.startswith("+++ b/")}
    except (OSError, UnicodeDecodeError) as error:
        raise BoardError(f"{patch}: {getattr(error, 'strerror', 'it is not text')}") from error
    components = {path.split("/")[1] for path in changed if re.match(r"(trusted|legacy)/\w+/", path)}
    others = sorted(path for path in changed if not re.match(r"(trusted/(?!protocol|runtime)|legacy/vmm/)", path))
    if others or not components:
        raise BoardError(f"{patch}: a mutant changes components (trusted/NAME/…, legacy/vmm/…), not "
                         f"{others[0] if others else 'nothing at all'}; its paths begin with a/ and b/")
    return sorted(components)
