# SPDX-License-Identifier: BSD-2-Clause
"""One ELF file that is the whole phone, for a board that has no boot loader of its own: whoever loads it puts each
part at its place in memory and starts the kernel's first byte (gABI, chapters 4 and 5).
"""
import struct

from elf import PT_LOAD, ImageError

HEADER, SEGMENT = struct.Struct("<16sHHIIIIIHHHHHH"), struct.Struct("<8I")
EXECUTABLE, EM_ARM, CURRENT = 2, 40, 1
IDENTIFICATION = b"\x7fELF" + bytes((1, 1, CURRENT))  # 32 bits, little-endian
EABI_5 = 0x05000000
READ_WRITE_EXECUTE = 7
ALIGNMENT = 16


def pack_elf(parts):
    """parts: (name, base, bytes), the kernel first."""
    for (name, base, data), (other, next_base, _) in zip(by_base(parts), by_base(parts)[1:]):
        if base + len(data) > next_base:
            raise ImageError(f"{name} has {len(data)} bytes and would overlap {other}")
    segments, body = [], bytearray()
    start = HEADER.size + SEGMENT.size * len(parts)
    for _, base, data in parts:
        body += bytes(-(start + len(body)) % ALIGNMENT)
        segments.append(SEGMENT.pack(PT_LOAD, start + len(body), base, base, len(data), len(data),
                                     READ_WRITE_EXECUTE, ALIGNMENT))
        body += data
    header = HEADER.pack(IDENTIFICATION.ljust(16, b"\0"), EXECUTABLE, EM_ARM, CURRENT, parts[0][1], HEADER.size, 0,
                         EABI_5, HEADER.size, SEGMENT.size, len(parts), 0, 0, 0)
    return header + b"".join(segments) + bytes(body)


def by_base(parts):
    return sorted(parts, key=lambda part: part[1])


def write_elf(board, output, parts):
    """Returns what was written, by the names that the board's emulator file uses."""
    path = output / board["elf"]
    temporary = path.with_suffix(".new")
    temporary.write_bytes(pack_elf(parts))
    temporary.replace(path)
    return {"elf": path.name}
