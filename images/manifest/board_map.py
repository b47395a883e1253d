# SPDX-License-Identifier: BSD-2-Clause
"""What a board's other parts need of its memory map: the kernel's constants (board_map.h, kernel_base.ld), the image
builder's addresses, the emulator's slots."""
from model import ManifestError

KINDS = {"ram": "UNTYPED_RAM", "image": "UNTYPED_IMAGE", "device": "UNTYPED_DEVICE"}
TRANSPORTS = "virtio"   # the region of a row of virtio-mmio transports, and what each of them takes
TRANSPORT_BYTES = 0x200
PIXEL_BYTES = 4

HEADER = """\
/* Made from {source} by images/manifest; do not edit. */
#pragma once

#define MAP_BOARD "{board}"
{numbers}
#define MAP_REGION_COUNT {region_count}
#define MAP_REGIONS \\
    {{ \\
{regions} \\
    }}
"""


def named(pieces, name, where):
    found = next((piece for piece in pieces if piece.name == name), None)
    if found is None:
        raise ManifestError(where, f"there is no '{name}'")
    return {"base": found.base, "bytes": found.bytes}


def ram(manifest):
    """From the first byte of memory to the last, the kernel's own included."""
    pieces = [r for r in manifest.regions if r.kind != "device"] + manifest.reserved
    base = min(piece.base for piece in pieces)
    return {"base": base, "bytes": max(piece.base + piece.bytes for piece in pieces) - base}


def slots(manifest):
    """{DEVICE_N: transport} of the N-th interrupt of each device that is a row of transports."""
    row = next((r for r in manifest.regions if r.name == TRANSPORTS), None)
    return {f"{device.name}_{i}": (device.base - row.base) // TRANSPORT_BYTES + interrupt - device.interrupts[0]
            for device in manifest.devices if row and row.base <= device.base < row.base + row.bytes
            for i, interrupt in enumerate(device.interrupts)}


def board_map(manifest):
    bundle = next(r for r in manifest.regions if r.bundle)
    return {"ram": ram(manifest), "kernel": named(manifest.reserved, "kernel", "/reserved"),
            "bundle": {"base": bundle.base, "bytes": bundle.bytes}, "slots": slots(manifest)}


def region_lines(manifest):
    """In the manifest's order, as root's script counts them."""
    return [f"        {{ .base = {r.base:#010x}, .size_shift = {r.bytes.bit_length() - 1}, .kind = {KINDS[r.kind]} }},"
            f" /* {r.name} */" for r in manifest.regions]


def map_header(manifest, panel, source):
    facts = board_map(manifest)
    numbers = {"RAM_BASE": facts["ram"]["base"], "RAM_BYTES": facts["ram"]["bytes"],
               "BUNDLE_BASE": facts["bundle"]["base"],
               "FRAMEBUFFER_BASE": named(manifest.memories, "framebuffer", "/memory")["base"],
               **{f"{device.name.upper()}_BASE": device.base for device in manifest.devices}}
    lines = [f"#define MAP_{name} {value:#010x}u" for name, value in numbers.items()]
    for name, value in (("WIDTH", panel["width"]), ("HEIGHT", panel["height"]),
                        ("STRIDE_BYTES", panel["width"] * PIXEL_BYTES)):
        lines.append(f"#define MAP_PANEL_{name} {value}u")
    return HEADER.format(source=source, board=manifest.board, numbers="\n".join(lines),
                         region_count=len(manifest.regions), regions=" \\\n".join(region_lines(manifest)))


def kernel_base(manifest, source):
    return f"/* Made from {source} by images/manifest; do not edit. */\n" \
           f"KERNEL_BASE = {board_map(manifest)['kernel']['base']:#010x};\n"
