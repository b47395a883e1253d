# SPDX-License-Identifier: BSD-2-Clause
"""The bundle: header, root, bundled pages, every component's image, and root's script, which can
only be written when all the others have their places.

The header is that of abi/boot.h, the script that of trusted/root/script.h.
"""
import dataclasses
import hashlib
import pathlib
import struct
import sys
import zlib

from elf import PAGE, Elf, ImageError

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "manifest"))
import abi  # noqa: E402
import script  # noqa: E402
from model import ManifestError, read_manifest  # noqa: E402

MAGIC, VERSION = 0x4e424f52, 1
HEADER = struct.Struct("<16I")
GUEST_INFO = struct.Struct("<8I")
GUEST_INFO_MAGIC = 0x54455547


def pad(data, align=PAGE):
    return data + bytes(-len(data) % align)


@dataclasses.dataclass
class Image:
    """A component flattened: text, rodata, data; what follows data_stored is zero."""
    name: str
    text: bytes
    rodata: bytes
    data: bytes
    data_stored: int
    entry: int

    @property
    def constant(self):
        return self.text + self.rodata


def flatten(path, name):
    elf = Elf(path)
    start = 0x00400000
    text_end, rodata_end = elf.symbol("image_text_end"), elf.symbol("image_rodata_end")
    data_end, stored_end = elf.symbol("image_data_end"), elf.symbol("image_data_stored_end")
    return Image(name, elf.memory(start, text_end), elf.memory(text_end, rodata_end),
                 elf.memory(rodata_end, data_end), stored_end - rodata_end, elf.entry)


class Bundle:
    def __init__(self, root, limit):
        self.limit = limit
        self.body = bytearray(pad(bytes(HEADER.size)))
        self.root = flatten(root, "root")
        self.root_offset = self.append(self.root.constant + self.root.data)
        self.constants = [("root", self.root_offset, self.root.constant)]
        self.manifest_offset = self.manifest_bytes = 0

    def append(self, data):
        offset = len(self.body)
        self.body += pad(data)
        return offset

    def add_manifest(self, folder, components, guest):
        manifest = read_manifest((folder / "manifest.bin").read_bytes())
        places = self.places(manifest, guest)
        images = {c.name: self.add_component(components / (c.name + ".elf"), c)
                  for c in manifest.components[1:]}
        self.check_room()
        raw = self.write_script(manifest, images, places).pack()
        self.manifest_offset, self.manifest_bytes = len(self.body), len(raw)
        self.body += pad(raw)

    def write_script(self, manifest, images, places):
        """It names every page of the bundle, its own too: repeated until it names as many as there
        are."""
        pages, named = len(self.body) // PAGE, 0
        try:
            while pages != named:
                named = pages
                made = script.Script(manifest, images, self.root.entry, named, places)
                pages = (len(self.body) + len(pad(made.pack()))) // PAGE
        except ManifestError as error:
            raise ImageError(f"{error.path}: {error.reason}") from error
        return made

    def places(self, manifest, guest):
        """Sizes of the guest's images as they are, and where in the bundle a bundled page lies."""
        places = {}
        for memory in manifest.memories:
            if memory.kind == "image":
                size = guest.rounded(memory, 1 << memory.page_shift)
                places[memory.name] = (memory.base, size)
            elif memory.kind == "bundled":
                places[memory.name] = (self.append(pad(guest.info())), memory.bytes)
        return places

    def add_component(self, path, component):
        image = flatten(path, component.name)
        offset = self.append(image.constant + image.data[:image.data_stored])
        if component.trusted:
            self.constants.append((component.name, offset, image.constant))
        return script.Image(offset, len(image.text), len(image.rodata), image.data_stored,
                            len(image.data), image.entry)

    def check_room(self):
        if len(self.body) > self.limit:
            raise ImageError(f"the bundle has {len(self.body)} bytes and the board has room for "
                             f"{self.limit}")

    def finish(self):
        self.check_room()
        body = bytes(self.body[HEADER.size:])
        header = HEADER.pack(MAGIC, VERSION, len(self.body), zlib.crc32(body), self.root_offset,
                             len(self.root.text), len(self.root.rodata), len(self.root.data),
                             self.root.entry, self.manifest_offset, self.manifest_bytes,
                             0, 0, 0, 0, 0)
        return header + body

    def read_only(self, base):
        """Where in memory lies what must not change while the phone runs."""
        return [{"name": name, "base": base + offset, "bytes": len(data),
                 "sha256": hashlib.sha256(data).hexdigest()}
                for name, offset, data in self.constants if data]
