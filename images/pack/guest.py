# SPDX-License-Identifier: BSD-2-Clause
"""The guest's images: kernel, initial RAM disk, device tree."""
import pathlib
import re
import shutil
import struct
import subprocess
import tempfile
import zlib

from bundle import GUEST_INFO, GUEST_INFO_MAGIC
from elf import ImageError

VMM = pathlib.Path(__file__).resolve().parents[2] / "legacy" / "vmm"
KIND_NONE, KIND_IMAGE, KIND_RAW = 0, 1, 2
ARM64_MAGIC_OFFSET, ARM64_MAGIC = 56, 0x644d5241  # "ARM\x64", Linux Documentation/arm64/booting.rst
ZIMAGE_MAGIC_OFFSET, ZIMAGE_MAGIC = 0x24, 0x016f2818  # Linux arch/arm/boot/compressed/head.S, "start"


def read(path):
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImageError(f"{path}: cannot be read ({error.strerror})") from error


def run_tool(*command):
    if shutil.which(command[0]) is None:
        raise ImageError(f"{command[0]} is not installed: run scripts/setup")
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise ImageError(f"{command[0]} failed: {result.stderr.strip().splitlines()[-1:]}")
    return result


def is_zimage(kernel):
    return len(kernel) >= 0x30 and struct.unpack_from("<I", kernel, ZIMAGE_MAGIC_OFFSET)[0] == ZIMAGE_MAGIC


def is_arm64_image(kernel):
    return len(kernel) >= 64 and struct.unpack_from("<I", kernel, ARM64_MAGIC_OFFSET)[0] == ARM64_MAGIC


LINUX = {"arm": is_zimage, "arm64": is_arm64_image}  # by mkimage's name of the board's architecture


def missing_bytes(kernel):
    """How much a zImage or an EFI-stub Image lacks: start and end in its header, its PE section table say how long it is."""
    if is_zimage(kernel):
        start, end = struct.unpack_from("<II", kernel, ZIMAGE_MAGIC_OFFSET + 4)
        return max(0, end - start - len(kernel))
    if kernel[:2] != b"MZ" or len(kernel) < 64:
        return 0
    pe, = struct.unpack_from("<I", kernel, 0x3c)
    if kernel[pe:pe + 4] != b"PE\0\0":
        return 0
    sections, optional_bytes = struct.unpack_from("<6xH12xH", kernel, pe)
    table, end = pe + 24 + optional_bytes, 0
    for i in range(sections):
        at = table + 40 * i
        if at + 40 > len(kernel):
            return at + 40 - len(kernel)
        raw_bytes, raw_offset = struct.unpack_from("<II", kernel, at + 16)
        end = max(end, raw_offset + raw_bytes)
    return max(0, end - len(kernel))


def gzip_is_whole(packed):
    """A compressed RAM disk must end where its stream says; more may follow it."""
    if packed[:2] != b"\x1f\x8b":
        return True
    stream = zlib.decompressobj(wbits=31)
    try:
        stream.decompress(packed)
    except zlib.error:
        return False
    return stream.eof


def kernel_kind(kernel):
    if not kernel:
        return KIND_NONE
    return KIND_IMAGE if any(is_linux(kernel) for is_linux in LINUX.values()) else KIND_RAW


def is_for_another(kernel, architecture):
    return architecture in LINUX and kernel_kind(kernel) == KIND_IMAGE and not LINUX[architecture](kernel)


def tree_files(source):
    """The device tree source and all that it includes; those that are missing dtc complains of."""
    found = [source]
    for path in found:
        text = path.read_text(errors="replace") if path.is_file() else ""
        found += [path.parent / name for name in re.findall(r'^/include/ "(.*)"', text, re.MULTILINE)
                  if path.parent / name not in found]
    return found


def initrd_base():
    """Where the VMM puts the RAM disk, as its guest sees it."""
    facts = read(VMM / "machine.h").decode() + read(VMM / "loader.h").decode()
    ram, offset = (int(re.search(rf"\b{name} = (0x\w+)", facts)[1], 16) for name in ("MACHINE_RAM", "LOADER_INITRD_OFFSET"))
    return ram + offset


def device_tree(source, append, initrd_bytes, words=None):
    """The machine's description with this guest's command line and RAM disk in /chosen. `words` replace the command line
    of the tree, `append` adds to it."""
    with tempfile.TemporaryDirectory() as folder:
        blob = str(pathlib.Path(folder) / "guest.dtb")
        run_tool("dtc", "-q", "-I", "dts", "-O", "dtb", "-S", "16384", "-o", blob, str(source))
        if append or words is not None:
            old = words if words is not None else run_tool("fdtget", "-t", "s", blob, "/chosen", "bootargs").stdout.strip()
            run_tool("fdtput", "-t", "s", blob, "/chosen", "bootargs", f"{old} {append}".strip())
        if initrd_bytes:
            base = initrd_base()
            for name, value in (("start", base), ("end", base + initrd_bytes)):
                run_tool("fdtput", "-t", "x", blob, "/chosen", f"linux,initrd-{name}",
                         f"{value >> 32:x}", f"{value & 0xffffffff:x}")
        else:
            run_tool("fdtput", "-d", blob, "/chosen", "linux,initrd-start", "linux,initrd-end")
        return read(pathlib.Path(blob))


class Guest:
    """Without a kernel there is no guest: the trusted phone boots alone."""

    def __init__(self, kernel=None, initrd=None, dtb=b"", architecture=""):
        self.files = {"guest-kernel": read(kernel) if kernel else b"",
                      "guest-initrd": read(initrd) if kernel and initrd else b"",
                      "guest-dtb": dtb if kernel else b""}
        if kernel and not self.files["guest-kernel"]:
            raise ImageError(f"{kernel}: is empty")
        if is_for_another(self.files["guest-kernel"], architecture):
            raise ImageError(f"{kernel}: is a Linux for another architecture than the board's, {architecture}")
        missing = missing_bytes(self.files["guest-kernel"])
        if missing:
            raise ImageError(f"{kernel}: is truncated, {missing} bytes are missing")
        if not gzip_is_whole(self.files["guest-initrd"]):
            raise ImageError(f"{initrd}: is truncated or damaged")
        self.paths = {"guest-kernel": kernel, "guest-initrd": initrd, "guest-dtb": "the device tree"}

    def rounded(self, memory, page):
        size = len(self.files[memory.image])
        if size > memory.bytes:
            raise ImageError(f"{self.paths[memory.image]}: has {size} bytes and the board has "
                             f"room for {memory.bytes}")
        return (size + page - 1) // page * page

    def info(self):
        kernel, initrd, dtb = self.files.values()
        return GUEST_INFO.pack(GUEST_INFO_MAGIC, kernel_kind(kernel), len(kernel), len(initrd),
                               len(dtb), 0, 0, 0)
