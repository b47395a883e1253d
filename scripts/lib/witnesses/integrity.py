# SPDX-License-Identifier: BSD-2-Clause
"""Witness 4: the trusted side's code and constants, hashed out of physical memory before and after the attack. Where
they lie, the build's image map says; where the build knows what must be there, "before" is compared with that too."""

import dataclasses
import hashlib


@dataclasses.dataclass(frozen=True)
class MemoryHash:
    name: str
    base: int
    bytes: int
    built: str    # hash of the built image, "" if the build does not know
    sha256: str


def take(machine, regions):
    return [MemoryHash(region.name, region.base, region.bytes, region.sha256,
                       hashlib.sha256(machine.read_region(region)).hexdigest()) for region in regions]


def differences(before, after):
    """One sentence per region that is not what it was, or not what was built."""
    found = []
    if not before:
        return ["the image map names no read-only memory: nothing was compared"]
    later = {(item.name, item.base): item for item in after}
    for item in before:
        if item.built and item.built != item.sha256:
            found.append(f"{item.name} at {item.base:#x} is not what was built: {item.sha256[:16]}… "
                         f"instead of {item.built[:16]}…")
        key = item.name, item.base
        if key not in later:
            found.append(f"{item.name} was hashed before the attack only")
        elif later[key].sha256 != item.sha256:
            found.append(f"{item.name} at {item.base:#x} ({item.bytes} bytes) changed: {item.sha256[:16]}… "
                         f"became {later[key].sha256[:16]}…")
    return found


def render(before, after):
    later = {(item.name, item.base): item.sha256 for item in after}
    return "".join(f"{item.base:#012x} {item.bytes:8d} {item.name}: before {item.sha256} after "
                   f"{later.get((item.name, item.base), 'missing')}\n" for item in before)
