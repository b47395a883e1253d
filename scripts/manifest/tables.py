# SPDX-License-Identifier: BSD-2-Clause
"""Root's flat tables. The layouts are those of trusted/root/manifest_format.h."""
import struct

NONE = 0xffffffff
MAGIC, VERSION = 0x494e414d, 1
HEADER = struct.Struct("<4I" + "2I" * 7)
MEMORY = struct.Struct("<QQIIII")
OBJECT = struct.Struct("<IIII")
COMPONENT = struct.Struct("<16sIIII2I2I2I6I2I")
THREAD = struct.Struct("<6I")
CAP = struct.Struct("<6I")
MAP = struct.Struct("<QIIII")
BIND = struct.Struct("<4I")

MEMORY_KINDS = {"anonymous": 0, "ram": 1, "image": 2, "device": 3, "bundled": 4}
OBJECT_TYPES = {"endpoint": 3, "notification": 4, "reply": 5, "vcpu": 11, "timer": 12, "irq": 13}
TRUSTED, RESTARTABLE = 1, 2
CAP_FRAME, CAP_EPOCH = 1, 2
MAP_DEVICE = 8


def ordered_memories(manifest):
    """Those with an address first, ascending: root carves each region from its start."""
    everything = manifest.memories + manifest.devices
    placed = [m for m in everything if m.base is not None]
    return sorted(placed, key=lambda m: m.base) + [m for m in everything if m.base is None]


class Builder:
    def __init__(self, manifest):
        self.manifest = manifest
        self.memories = ordered_memories(manifest)
        self.threads, self.caps, self.maps, self.binds = [], [], [], []

    def component_index(self, name):
        names = [c.name for c in self.manifest.components]
        return names.index(name) if name else NONE

    def memory_index(self, memory):
        return next(i for i, m in enumerate(self.memories) if m is memory)

    def object_index(self, wanted):
        return next(i for i, o in enumerate(self.manifest.objects) if o is wanted)

    def memory_rows(self):
        return [MEMORY.pack(m.base or 0, m.bytes, MEMORY_KINDS[m.kind], m.page_shift,
                            self.component_index(m.owner), 0) for m in self.memories]

    def object_rows(self):
        rows = []
        for o in self.manifest.objects:
            parameter = self.memory_index(o.parameter) if o.type == "vcpu" else o.parameter
            rows.append(OBJECT.pack(OBJECT_TYPES[o.type], parameter,
                                    self.component_index(o.owner), 0))
        return rows

    def add_threads(self, component):
        for t in component.threads:
            notification = NONE if t.notification is None else self.object_index(t.notification)
            self.threads.append(THREAD.pack(t.priority, t.budget_us, t.period_us, t.stack_bytes,
                                            notification, 0))

    def add_caps(self, component):
        for c in component.caps:
            target = self.memory_index(c.memory) if c.memory else self.object_index(c.object)
            flags = (CAP_FRAME if c.memory else 0) | (CAP_EPOCH if c.epoch else 0)
            badge = 0 if c.kind in ("timer", "irq") else c.badge
            self.caps.append(CAP.pack(c.slot, target, c.rights, badge, flags, 0))
            if c.kind in ("timer", "irq"):
                self.add_bind(component, c)

    def add_bind(self, component, cap):
        own = next(c.object for c in component.caps if c.kind == "notification" and c.bound)
        self.binds.append(BIND.pack(self.object_index(cap.object), self.object_index(own),
                                    cap.badge, 0))

    def add_maps(self, component):
        for m in component.maps:
            attributes = m.rights | (MAP_DEVICE if m.memory.kind == "device" else 0)
            self.maps.append(MAP.pack(m.address, self.memory_index(m.memory), attributes,
                                      m.rights, int(m.guest)))

    def component_row(self, c):
        first = (len(self.threads), len(self.caps), len(self.maps))
        self.add_threads(c)
        self.add_caps(c)
        self.add_maps(c)
        flags = (TRUSTED if c.trusted else 0) | (RESTARTABLE if c.restartable else 0)
        needs = NONE
        if c.needs:
            needs = next(i for i, m in enumerate(self.memories) if m.name == c.needs)
        pool_shift = c.pool_bytes.bit_length() - 1 if c.pool_bytes else 0
        return COMPONENT.pack(c.name.encode(), flags, c.cnode_bits, pool_shift, needs,
                              first[0], len(c.threads), first[1], len(c.caps),
                              first[2], len(c.maps), *([0] * 6), 0, 0)

    def build(self):
        components = [self.component_row(c) for c in self.manifest.components]
        tables = [self.memory_rows(), self.object_rows(), components, self.threads, self.caps,
                  self.maps, self.binds]
        ranges, body, offset = [], b"", HEADER.size
        for rows in tables:
            data = b"".join(rows)
            data += bytes(-len(data) % 8)
            ranges += [offset, len(rows)]
            body += data
            offset += len(data)
        return HEADER.pack(MAGIC, VERSION, offset, 0, *ranges) + body
