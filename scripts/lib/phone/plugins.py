# SPDX-License-Identifier: BSD-2-Clause
"""QEMU plugins of the project's own (scripts/film-plugin, scripts/bench-plugin). They call functions that QEMU exports
and does not document, so they are loaded only into versions on which they were tried: each has a folder of declarations."""

import os
import re
import subprocess
import threading

from lib.phone.board import ROOT, BoardError

SOURCES = ROOT / "scripts" / "film-plugin"
COUNTING = ROOT / "scripts" / "bench-plugin"
FOLDER = ROOT / "build" / "plugins"
TRIED = ("7.2", "10.0")
_lock, _versions = threading.Lock(), {}


def version(program):
    """"7.2", or "" when it says none."""
    with _lock:
        if program not in _versions:
            try:
                said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout
            except OSError:
                said = ""
            match = re.search(r"version (\d+\.\d+)", said)
            _versions[program] = match.group(1) if match else ""
        return _versions[program]


def are_tried(program):
    return version(program) in TRIED


def untried(program):
    """Why there is no film and no count, in one sentence."""
    found, tried = version(program) or "of an unknown version", ", ".join(TRIED)
    return f"QEMU {found} is none on which Robin's plugins were tried ({tried})"


def library(name, program):
    """The plugin compiled for this QEMU, made when a source is newer."""
    tried = version(program)
    result, interface = FOLDER / f"{name}-{tried}.so", SOURCES / f"qemu-{tried}"
    source = next(path for path in (SOURCES / f"{name}.c", COUNTING / f"{name}.c") if path.exists())
    sources = [source, SOURCES / "qemu.h", interface / "version.h"]
    with _lock:
        if not result.exists() or any(path.stat().st_mtime > result.stat().st_mtime for path in sources):
            FOLDER.mkdir(parents=True, exist_ok=True)
            fresh = FOLDER / f"{result.stem}.{os.getpid()}.so"
            words = ["cc", "-std=gnu11", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-fvisibility=hidden",
                     "-I", SOURCES, "-I", interface, "-o", fresh, source]
            try:
                done = subprocess.run(list(map(str, words)), capture_output=True, text=True, check=False)
            except OSError as error:
                raise BoardError(f"cc does not start ({error.strerror}); run scripts/setup") from error
            if done.returncode != 0:
                raise BoardError(f"the plugin {name} does not compile: {done.stderr.strip().splitlines()[0]}")
            os.replace(fresh, result)
    return result
