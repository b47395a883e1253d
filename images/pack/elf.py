# SPDX-License-Identifier: BSD-2-Clause
"""As much of ELF as the image builder needs: segments, symbols, entry (gABI, chapters 4 and 5)."""
import struct

PT_LOAD, SHT_SYMTAB = 1, 2
PAGE = 4096


class ImageError(Exception):
    """Says in one sentence why an image cannot be built."""


class Elf:
    def __init__(self, path):
        self.path = path
        try:
            self.raw = path.read_bytes()
        except OSError as error:
            raise ImageError(f"{path}: cannot be read ({error.strerror})") from error
        if self.raw[:4] != b"\x7fELF" or self.raw[5] != 1:
            raise ImageError(f"{path}: is not a little-endian ELF file")
        self.is_64 = self.raw[4] == 2
        try:
            self._parse()
        except (struct.error, IndexError, ValueError) as error:
            raise ImageError(f"{path}: is damaged or cut off ({error})") from error

    def _parse(self):
        layout = "<HHIQQQIHHHHHH" if self.is_64 else "<HHIIIIIHHHHHH"
        header = struct.unpack_from(layout, self.raw, 16)
        self.entry = header[3]
        self.segments = self._segments(header[4], header[8], header[9])
        self.symbols = self._symbols(header[5], header[10], header[11])

    def _segments(self, offset, size, count):
        """(physical address, address, file bytes, memory bytes, flags) of what is loaded."""
        found = []
        for i in range(count):
            at = offset + i * size
            if self.is_64:
                kind, flags, start, va, pa, stored, memory, _ = \
                    struct.unpack_from("<IIQQQQQQ", self.raw, at)
            else:
                kind, start, va, pa, stored, memory, flags, _ = \
                    struct.unpack_from("<8I", self.raw, at)
            if kind == PT_LOAD and start + stored > len(self.raw):
                raise ValueError("a segment lies behind the end of the file")
            if kind == PT_LOAD:
                found.append((pa, va, self.raw[start:start + stored], memory, flags))
        return found

    def _sections(self, offset, size, count):
        layout = "<IIQQQQIIQQ" if self.is_64 else "<10I"
        return [struct.unpack_from(layout, self.raw, offset + i * size) for i in range(count)]

    def _symbols(self, offset, size, count):
        sections = self._sections(offset, size, count)
        symbols = {}
        for section in sections:
            if section[1] != SHT_SYMTAB:
                continue
            names = sections[section[6]][4]
            step = 24 if self.is_64 else 16
            for at in range(section[4], section[4] + section[5], step):
                name = struct.unpack_from("<I", self.raw, at)[0]
                value = struct.unpack_from("<Q", self.raw, at + 8)[0] if self.is_64 else \
                    struct.unpack_from("<I", self.raw, at + 4)[0]
                end = self.raw.index(b"\0", names + name)
                symbols[self.raw[names + name:end].decode()] = value
        return symbols

    def symbol(self, name):
        if name not in self.symbols:
            raise ImageError(f"{self.path}: has no symbol '{name}': not linked with component.ld")
        return self.symbols[name]

    def memory(self, start, end):
        """The loaded program's memory between two addresses."""
        memory = bytearray(end - start)
        for _, va, stored, _, _ in self.segments:
            low, high = max(va, start), min(va + len(stored), end)
            if low < high:
                memory[low - start:high - start] = stored[low - va:high - va]
        return bytes(memory)
