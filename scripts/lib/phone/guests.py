# SPDX-License-Identifier: BSD-2-Clause
"""The legacy side's Debian: which one a board boots, and where it lies once scripts/guest-build has made it."""

import dataclasses
import pathlib

from lib.phone import architecture
from lib.phone.board import ROOT, BoardError


@dataclasses.dataclass(frozen=True)
class Guest:
    debian: str      # Debian's name of the architecture: arm64, armhf
    machine: str     # Robin's: v8, v7
    compiler: tuple  # that makes a bare guest, with its options
    objcopy: str
    release: str = ""  # of its kernel, where that is not the pinned one

    @property
    def folder(self):
        return ROOT / "build" / "guest" / "-".join(filter(None, (self.debian, self.release)))

    @property
    def kernel(self):
        return self.folder / f"vmlinuz-{self.debian}"

    @property
    def initrd(self):
        return self.folder / "initrd.cpio.gz"

    @property
    def build_command(self):
        release = ["--kernel-release", self.release] if self.release else []
        return [ROOT / "scripts" / "guest-build", "--arch", self.debian, *release]

    def packaged_kernels(self):
        """Debian's own file, which the guest's kernel must equal."""
        return sorted((self.folder / "kernel" / "boot").glob("vmlinuz-*"))

    def is_stale(self):
        sources = [path for path in (ROOT / "legacy" / "guest").rglob("*") if path.is_file()]
        made = self.folder / ".inputs"  # what it was made of: dated when that was last compared
        return not (self.initrd.exists() and made.exists()) or \
            any(path.stat().st_mtime > made.stat().st_mtime for path in sources)


def of(board, release=""):
    """The guest of the board of that name; `release`: with the kernel of another Debian than the pinned one."""
    try:
        arch = architecture.of(board)
    except architecture.UnknownBoard as error:
        raise BoardError(str(error)) from error
    return Guest(arch.debian, arch.name, (f"{arch.compiler}gcc", *arch.guest_options), f"{arch.compiler}objcopy",
                 release)


def source_for(machine, named):
    """A bare guest's source: images/NAME.S stands for images/v8/NAME.S or images/v7/NAME.S, as the board needs; a
    file that has no such variants is taken as it is."""
    named = pathlib.Path(named)
    variant = named.parent / machine / named.name
    return variant if variant.exists() else named
