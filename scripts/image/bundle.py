# SPDX-License-Identifier: BSD-2-Clause
"""The bundle: root, the manifest's tables and every component's image.

The formats are those of abi/boot.h and trusted/root/manifest_format.h. Order: header, root, manifest, bundled pages, component images in the manifest's order: root makes
frames of the region from its start to its end.
"""
import dataclasses
import hashlib
import json
import pathlib
import struct
import sys
import zlib

from elf import PAGE, Elf, ImageError

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "manifest"))
import tables  # noqa: E402  (the layouts of the manifest's tables have one home)

MAGIC, VERSION = 0x4e424f52, 1
HEADER = struct.Struct("<16I")
GUEST_INFO = struct.Struct("<8I")
GUEST_INFO_MAGIC = 0x54455547
IMAGE_IN_COMPONENT = struct.Struct("<6I")
IMAGE_OFFSET = tables.COMPONENT.size - IMAGE_IN_COMPONENT.size - 8


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
        raw = bytearray((folder / "manifest.bin").read_bytes())
        graph = json.loads((folder / "manifest.json").read_text())
        self.manifest_offset, self.manifest_bytes = self.append(raw), len(raw)
        header = tables.HEADER.unpack_from(raw)
        self.set_memories(raw, header[4], graph["memories"], guest)
        for index, component in enumerate(graph["components"]):
            if index > 0:
                self.add_component(raw, header[8] + index * tables.COMPONENT.size, component,
                                   components)
        self.body[self.manifest_offset:self.manifest_offset + len(raw)] = raw

    def set_memories(self, raw, table, memories, guest):
        """Sizes of the guest's images as they are, and where in the bundle a bundled page lies."""
        for index, memory in enumerate(memories):
            at = table + index * tables.MEMORY.size
            base, size, *rest = tables.MEMORY.unpack_from(raw, at)
            if memory["kind"] == "image":
                size = guest.rounded(memory, 1 << memory["page_shift"])
            elif memory["kind"] == "bundled":
                base = self.append(pad(guest.info()))
            tables.MEMORY.pack_into(raw, at, base, size, *rest)

    def add_component(self, raw, at, component, components):
        path = components / (component["name"] + ".elf")
        image = flatten(path, component["name"])
        offset = self.append(image.constant + image.data[:image.data_stored])
        IMAGE_IN_COMPONENT.pack_into(raw, at + IMAGE_OFFSET, offset, len(image.text),
                                     len(image.rodata), image.data_stored, len(image.data),
                                     image.entry)
        if component["trusted"]:
            self.constants.append((component["name"], offset, image.constant))

    def finish(self):
        if len(self.body) > self.limit:
            raise ImageError(f"the bundle has {len(self.body)} bytes and the board has room for "
                             f"{self.limit}")
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
