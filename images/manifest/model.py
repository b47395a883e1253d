# SPDX-License-Identifier: BSD-2-Clause
"""The manifest as Python objects, read from the device-tree blob that dtc made of it.

Names are resolved here; what an unknown name or property breaks is said in one sentence.
"""
import dataclasses
from dataclasses import dataclass, field

import libfdt

from abi import NUMBERS

PAGE = 0x1000
BLOCK = 0x200000
THREADS_MAX = 4
PRIORITIES = NUMBERS["PRIORITIES"]
FIRST_MEMORY_SLOT = 64   # capabilities that the manifest names have slots below this
ROOT_FIRST_SLOT = NUMBERS["ROOT_SLOT_FIRST_FREE"]
ROOT_FIRST_MEMORY_SLOT = 128
STACK_DEFAULT = 0x2000
STACK_MAX = 0x1f000      # runtime/layout.h
# runtime/layout.h
IMAGE_VA, STACKS_VA, STACK_STRIDE = 0x00400000, 0x00600000, 0x00020000
MESSAGES_VA, MESSAGE_SHIFT, MAPS_VA = 0x00700000, 10, 0x10000000
READ, WRITE, EXEC, DMA, MANAGE = (NUMBERS[f"RIGHT_{name}"] for name in ("READ", "WRITE", "EXEC", "DMA", "MANAGE"))


class ManifestError(Exception):
    """A manifest that must not be built: file, node, reason."""

    def __init__(self, path, reason):
        super().__init__(path, reason)
        self.path = path
        self.reason = reason


@dataclass
class Memory:
    name: str
    path: str
    base: int | None
    bytes: int
    kind: str             # anonymous, ram, image, device, bundled, reserved
    role: str = ""
    shared: str = ""      # "", ring, view
    owner: str = ""       # restartable component that it goes away with
    image: str = ""       # file the boot loader fills it with
    interrupts: list = field(default_factory=list)
    dma_capable: bool = False
    iommu: bool = False

    @property
    def page_shift(self):
        big = self.bytes % BLOCK == 0 and (self.base or 0) % BLOCK == 0
        return 21 if big and self.kind != "bundled" else 12


@dataclass
class Region:
    """A block of memory as the kernel hands it to root."""
    name: str
    path: str
    base: int
    bytes: int
    kind: str             # ram, image, device
    general: bool         # whatever has no fixed place comes out of this one
    bundle: bool

    def holds(self, memory):
        return self.kind == memory.kind and self.base <= memory.base and \
            memory.base + memory.bytes <= self.base + self.bytes


@dataclass
class Thread:
    name: str
    path: str
    priority: int
    budget_us: int
    period_us: int
    stack_bytes: int
    passive: bool
    best_effort: bool
    notification: object = None


@dataclass
class Object:
    name: str             # component/CAP of the one that it belongs to
    type: str             # endpoint, notification, reply, timer, irq, vcpu
    parameter: object = 0
    home: str = ""        # component whose manifest node creates it
    owner: str = ""       # as in Memory


@dataclass
class Cap:
    name: str
    path: str
    kind: str             # endpoint reply notification timer irq call signal frame vcpu
    slot: int
    rights: int
    badge: int = 0
    object: Object | None = None
    memory: Memory | None = None
    bound: str = ""
    target: str = ""
    epoch: bool = False


@dataclass
class Map:
    name: str
    path: str
    memory: Memory
    access: str
    address: int
    guest: bool

    @property
    def rights(self):
        return sum(bit for letter, bit in (("r", READ), ("w", WRITE), ("x", EXEC))
                   if letter in self.access)


@dataclass
class Component:
    name: str
    path: str
    trusted: bool
    supervisor: bool
    restartable: bool
    role: str
    pool_bytes: int
    cnode_bits: int
    needs: str
    threads: list = field(default_factory=list)
    caps: list = field(default_factory=list)
    maps: list = field(default_factory=list)


@dataclass
class Manifest:
    board: str
    regions: list
    reserved: list
    memories: list
    devices: list
    components: list
    objects: list

    def component(self, name):
        return next((c for c in self.components if c.name == name), None)

    def with_role(self, role):
        return [c for c in self.components if c.role == role]


class Node:
    """A device-tree node whose every property must be asked for before done() is called."""

    def __init__(self, fdt, offset, path):
        self.fdt, self.offset, self.path = fdt, offset, path
        self.name = path.rsplit("/", 1)[-1]
        self.values = self._read_properties()
        self.unread = set(self.values)

    def _read_properties(self):
        values = {}
        offset = self.fdt.first_property_offset(self.offset, libfdt.QUIET_NOTFOUND)
        while offset >= 0:
            prop = self.fdt.get_property_by_offset(offset)
            values[prop.name] = bytes(prop)
            offset = self.fdt.next_property_offset(offset, libfdt.QUIET_NOTFOUND)
        return values

    def _get(self, name):
        self.unread.discard(name)
        return self.values.get(name)

    def flag(self, name):
        return self._get(name) is not None

    def text(self, name, default=""):
        value = self._get(name)
        if value is None:
            return default
        if value[-1:] != b"\0" or not value[:-1].isascii():
            raise ManifestError(self.path, f"'{name}' is not a text")
        return value[:-1].decode()

    def cells(self, name):
        value = self._get(name)
        if value is None:
            return []
        if len(value) % 4:
            raise ManifestError(self.path, f"'{name}' is not a list of numbers")
        return [int.from_bytes(value[i:i + 4], "big") for i in range(0, len(value), 4)]

    def number(self, name, default=None):
        cells = self.cells(name)
        if not cells and default is not None:
            return default
        if len(cells) != 1:
            raise ManifestError(self.path, f"'{name}' must be one number")
        return cells[0]

    def reg(self):
        cells = self.cells("reg")
        if not cells:
            return None
        if len(cells) != 4:
            raise ManifestError(self.path, "'reg' must be one address and one size, two cells each")
        return cells[0] << 32 | cells[1], cells[2] << 32 | cells[3]

    def children(self):
        offset = self.fdt.first_subnode(self.offset, libfdt.QUIET_NOTFOUND)
        while offset >= 0:
            name = self.fdt.get_name(offset)
            yield Node(self.fdt, offset, self.path.rstrip("/") + "/" + name)
            offset = self.fdt.next_subnode(offset, libfdt.QUIET_NOTFOUND)

    def child(self, name):
        return next((c for c in self.children() if c.name == name), None)

    def done(self):
        if self.unread:
            raise ManifestError(self.path, f"no such property: '{sorted(self.unread)[0]}'")


def read_memory(node, device):
    reg = node.reg()
    size = node.number("size", 0)
    image, bundled = node.text("image"), node.text("bundled")
    if (reg is None) == (size == 0):
        raise ManifestError(node.path, "needs either 'reg' or 'size'")
    kind = "device" if device else "bundled" if bundled else "image" if image else \
        "ram" if reg else "anonymous"
    base, length = reg if reg else (None, size)
    memory = Memory(
        name=node.name, path=node.path, base=base, bytes=length, kind=kind,
        role=node.text("role"), shared=node.text("shared"), owner=node.text("owner"),
        image=image or bundled, interrupts=node.cells("interrupts"),
        dma_capable=node.flag("dma-capable"), iommu=node.flag("iommu"))
    node.done()
    if length == 0 or length % PAGE or (base or 0) % PAGE:
        raise ManifestError(node.path, "address and size must be multiples of 4096 and not zero")
    if memory.shared not in ("", "ring", "view"):
        raise ManifestError(node.path, f"'shared' is 'ring' or 'view', not '{memory.shared}'")
    return memory


def read_memories(parent, device=False):
    return [] if parent is None else [read_memory(node, device) for node in parent.children()]


def read_region(node):
    reg = node.reg() or (0, 0)
    region = Region(node.name, node.path, *reg, kind=node.text("kind"),
                    general=node.flag("general"), bundle=node.flag("bundle"))
    node.done()
    if region.bytes < PAGE or region.bytes & (region.bytes - 1) or region.base % region.bytes:
        raise ManifestError(node.path, "a region's size is a power of two, and its address a "
                                       "multiple of it")
    if region.kind not in ("ram", "image", "device"):
        raise ManifestError(node.path, f"kind is 'ram', 'image' or 'device', not '{region.kind}'")
    return region


def read_regions(parent):
    regions = [] if parent is None else [read_region(node) for node in parent.children()]
    for name in ("general", "bundle"):
        if sum(getattr(region, name) for region in regions) != 1:
            raise ManifestError("/regions", f"one region, and no other, is '{name}'")
    return regions


def read_thread(node):
    best_effort, passive = node.flag("best-effort"), node.flag("passive")
    period = 0 if passive else node.number("period-us")
    budget = 0 if passive else period if best_effort else node.number("budget-us")
    thread = Thread(
        name=node.name, path=node.path, priority=node.number("priority"), budget_us=budget,
        period_us=period, stack_bytes=node.number("stack-bytes", STACK_DEFAULT), passive=passive,
        best_effort=best_effort)
    node.done()
    if thread.priority >= PRIORITIES:
        raise ManifestError(node.path, f"priority {thread.priority} is above {PRIORITIES - 1}")
    if thread.stack_bytes % PAGE or not 0 < thread.stack_bytes <= STACK_MAX:
        raise ManifestError(node.path, f"stack-bytes must be a multiple of 4096 up to {STACK_MAX}")
    if budget > period:
        raise ManifestError(node.path, f"the budget of {budget} us is longer than its period of "
                                       f"{period} us")
    if budget == 0 and not passive:
        raise ManifestError(node.path, "has neither a budget nor 'passive'")
    return thread


CAP_RIGHTS = {"endpoint": READ, "reply": READ | WRITE, "notification": READ, "timer": WRITE,
              "irq": READ | WRITE, "call": WRITE, "signal": WRITE, "frame": READ | WRITE,
              "vcpu": READ | WRITE | MANAGE}


def read_cap(node, slot):
    kinds = [kind for kind in CAP_RIGHTS if kind in node.unread]
    if len(kinds) != 1:
        raise ManifestError(node.path, "must have exactly one of " + ", ".join(CAP_RIGHTS))
    kind = kinds[0]
    cap = Cap(name=node.name, path=node.path, kind=kind, slot=slot, rights=CAP_RIGHTS[kind],
              badge=node.number("badge", 0), bound=node.text("bound"), epoch=node.flag("epoch"))
    if kind in ("call", "signal", "frame"):
        cap.target = node.text(kind)
    elif kind == "irq":
        cap.target = node.number(kind)
    elif kind == "vcpu":
        cap.target = node.text("state")
    node.flag(kind)
    cap.rights |= WRITE if node.flag("signals") else 0
    cap.rights |= DMA if node.flag("dma") else 0
    node.done()
    if kind in ("signal", "irq", "timer") and cap.badge == 0:
        raise ManifestError(node.path, "needs a 'badge': the bits that it signals")
    return cap


class MapPlacer:
    """Gives each mapping without 'at' an address of its own, a hole after each."""

    def __init__(self):
        self.next = MAPS_VA

    def place(self, memory):
        align = 1 << memory.page_shift
        address = (self.next + align - 1) & ~(align - 1)
        self.next = address + memory.bytes + PAGE
        return address


def read_map(node, memories, placer, guest):
    name = node.text("memory") or node.text("device")
    memory = memories.get(name)
    if memory is None:
        raise ManifestError(node.path, f"there is no memory or device '{name}'")
    access = node.text("access")
    if access not in ("r", "rw", "rwx", "rx"):
        raise ManifestError(node.path, f"access is 'r' or 'rw', not '{access}'")
    if "x" in access and not guest:
        raise ManifestError(node.path, "only a guest's own memory may be executable")
    address = node.number("at", 0) or placer.place(memory)
    node.done()
    if address % (1 << memory.page_shift):
        raise ManifestError(node.path, "'at' is not aligned to the page size of its memory")
    return Map(node.name, node.path, memory, access, address, guest)


def read_component(node, memories):
    component = Component(
        name=node.name, path=node.path, trusted=node.flag("trusted"),
        supervisor=node.flag("supervisor"), restartable=node.flag("restartable"),
        role=node.text("role"), pool_bytes=node.number("pool-bytes", 0),
        cnode_bits=node.number("cnode-bits", 8), needs=node.text("needs"))
    if len(component.name) > 15:
        raise ManifestError(node.path, "the name is longer than 15 characters")
    parts = {child.name: child for child in node.children()}
    placer = MapPlacer()
    first = ROOT_FIRST_SLOT if component.supervisor else 1
    for name, part in parts.items():
        if name == "threads":
            component.threads = [read_thread(child) for child in part.children()]
        elif name == "caps":
            component.caps = [read_cap(child, first + i) for i, child in enumerate(part.children())]
        elif name in ("maps", "guest-maps"):
            component.maps += [read_map(child, memories, placer, name == "guest-maps")
                               for child in part.children()]
        else:
            raise ManifestError(part.path, "a component has threads, caps, maps and guest-maps")
    node.done()
    limit = ROOT_FIRST_MEMORY_SLOT if component.supervisor else FIRST_MEMORY_SLOT
    if first + len(component.caps) > limit:
        raise ManifestError(node.path, f"more than {limit - first} capabilities")
    if not 1 <= len(component.threads) <= THREADS_MAX:
        raise ManifestError(node.path, f"must have 1 to {THREADS_MAX} threads")
    if component.restartable != (component.pool_bytes != 0) or \
            component.pool_bytes & (component.pool_bytes - 1):
        raise ManifestError(node.path, "a restartable component, and no other, has pool-bytes, "
                                       "a power of two")
    return component


def resolve_threads(component, objects):
    for cap in component.caps:
        if not cap.bound:
            continue
        thread = next((t for t in component.threads if t.name == cap.bound), None)
        if thread is None or cap.kind != "notification":
            raise ManifestError(cap.path, f"cannot be bound: there is no thread '{cap.bound}', or "
                                          "it is no notification")
        thread.notification = objects[f"{component.name}/{cap.name}"]


def create_objects(manifest, memories):
    """One object for each capability that is not to somebody else's."""
    objects = {}
    for component in manifest.components:
        for cap in component.caps:
            if cap.kind in ("call", "signal", "frame"):
                continue
            name = f"{component.name}/{cap.name}"
            parameter = 0
            if cap.kind == "irq":
                parameter = cap.target
            elif cap.kind == "vcpu":
                parameter = memories.get(cap.target)
                if parameter is None:
                    raise ManifestError(cap.path, f"there is no memory '{cap.target}'")
            cap.object = objects[name] = Object(name, cap.kind, parameter, component.name)
    return objects


def resolve_caps(component, manifest, objects, memories):
    for cap in component.caps:
        if cap.kind == "call":
            servers = [o for o in objects.values()
                       if o.home == cap.target and o.type == "endpoint"]
            if len(servers) != 1:
                raise ManifestError(cap.path, f"there is no component '{cap.target}' with one "
                                              "endpoint")
            cap.object = servers[0]
        elif cap.kind == "signal":
            cap.object = objects.get(cap.target)
            if cap.object is None or cap.object.type != "notification":
                raise ManifestError(cap.path, f"there is no notification '{cap.target}'")
        elif cap.kind == "frame":
            cap.memory = memories.get(cap.target)
            if cap.memory is None:
                raise ManifestError(cap.path, f"there is no memory or device '{cap.target}'")


def resolve_owners(manifest):
    """An object that only a restartable component uses goes away with it; one that others hold stays."""
    for component in manifest.components:
        if not component.restartable:
            continue
        for cap in component.caps:
            others = any(other.object is cap.object for c in manifest.components
                         if c is not component for other in c.caps)
            if cap.kind in ("timer", "vcpu", "reply", "endpoint", "notification") and not others:
                cap.object.owner = component.name


def check_references(manifest):
    names = {c.name for c in manifest.components}
    memory_names = {m.name for m in manifest.memories}
    for memory in manifest.memories:
        if memory.owner and memory.owner not in names:
            raise ManifestError(memory.path, f"there is no component '{memory.owner}'")
    for component in manifest.components:
        if component.needs and component.needs not in memory_names:
            raise ManifestError(component.path, f"there is no memory '{component.needs}'")
    supervisors = [c for c in manifest.components if c.supervisor]
    if len(supervisors) != 1 or manifest.components[0] is not supervisors[0]:
        raise ManifestError("/components", "the first component, and no other, is the supervisor")


def read_manifest(blob):
    try:
        fdt = libfdt.Fdt(blob)
        root = Node(fdt, 0, "/")
        compatible = root.text("compatible")
    except (libfdt.FdtException, ValueError) as error:
        raise ManifestError("/", f"is not a device-tree blob ({error})") from error
    if compatible != "robin,manifest-1":
        raise ManifestError("/", "compatible must be 'robin,manifest-1'")
    parts = {child.name: child for child in root.children()}
    unknown = set(parts) - {"regions", "reserved", "memory", "devices", "components"}
    if unknown:
        raise ManifestError("/" + sorted(unknown)[0], "no such part of a manifest")
    reserved = [dataclasses.replace(m, kind="reserved")
                for m in read_memories(parts.get("reserved"))]
    memories = read_memories(parts.get("memory"))
    devices = read_memories(parts.get("devices"), device=True)
    by_name = {}
    for memory in memories + devices:
        if memory.name in by_name:
            raise ManifestError(memory.path, "this name is used twice")
        by_name[memory.name] = memory
    if "components" not in parts:
        raise ManifestError("/components", "is missing")
    components = [read_component(node, by_name) for node in parts["components"].children()]
    manifest = Manifest(root.text("board"), read_regions(parts.get("regions")), reserved, memories,
                        devices, components, [])
    objects = create_objects(manifest, by_name)
    for component in components:
        resolve_caps(component, manifest, objects, by_name)
        resolve_threads(component, objects)
    resolve_owners(manifest)
    manifest.objects = list(objects.values())
    check_references(manifest)
    return manifest
