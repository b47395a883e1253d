# SPDX-License-Identifier: BSD-2-Clause
"""Root's script: every system call that creates what the manifest says, in order.

Root only carries it out (trusted/root/script.h has the same layouts), so all planning is here:
which slot, which page table, which rights to keep. Five sections:
    open     takes the bundle apart into pages, so that each component gets its own of it
    start    creates and starts the trusted side, then root's second thread
    seal     gives up every capability but those that a restart of the untrusted side needs
    build    creates and starts the untrusted side, at first and after each destroy
    destroy  takes its memory back
"""
import struct
from dataclasses import dataclass

from abi import NUMBERS
from model import (BLOCK, EXEC, FIRST_MEMORY_SLOT, MESSAGE_SHIFT, MESSAGES_VA, PAGE, READ,
                   STACK_STRIDE, STACKS_VA, IMAGE_VA, WRITE, ManifestError)

MAGIC, VERSION = 0x50524353, 1
HEADER = struct.Struct("<6I10I")
REGION = struct.Struct("<QBB6x")
COMPONENT = struct.Struct("<16sIII")
STEP = struct.Struct("<4B8I")
SECTIONS = ("open", "start", "seal", "build", "destroy")
REGION_KINDS = {kind: NUMBERS[f"UNTYPED_{kind.upper()}"] for kind in ("ram", "image", "device")}

CALL_NAMES = {"poll": "SYS_POLL", "copy": "SYS_CAP_COPY", "move": "SYS_CAP_MOVE", "delete": "SYS_CAP_DELETE",
              "revoke": "SYS_CAP_REVOKE", "retype": "SYS_UNTYPED_RETYPE", "map_table": "SYS_SPACE_MAP_TABLE",
              "map": "SYS_SPACE_MAP", "thread_configure": "SYS_THREAD_CONFIGURE", "thread_start": "SYS_THREAD_START",
              "thread_bind": "SYS_THREAD_BIND", "sched_configure": "SYS_SCHED_CONFIGURE", "sched_bind": "SYS_SCHED_BIND",
              "timer_bind": "SYS_TIMER_BIND", "irq_get": "SYS_IRQ_GET", "irq_bind": "SYS_IRQ_BIND", "irq_ack": "SYS_IRQ_ACK",
              "vcpu_configure": "SYS_VCPU_CONFIGURE",
              "create": "SCRIPT_CREATE", "copy_epoch": "SCRIPT_COPY_EPOCH", "fill": "SCRIPT_FILL"}
CALLS = {call: NUMBERS[name] for call, name in CALL_NAMES.items()}
TYPES = {kind: NUMBERS[f"OBJECT_{kind.upper()}"] for kind in (
    "untyped", "cnode", "endpoint", "notification", "reply", "thread", "sched", "space", "table", "frame", "vcpu", "timer")}
SPACE_NATIVE, SPACE_GUEST, MAP_DEVICE = (NUMBERS[name] for name in ("SPACE_NATIVE", "SPACE_GUEST", "MAP_DEVICE"))
RIGHTS_NONE, RIGHTS_MANAGE = 0, NUMBERS["RIGHT_MANAGE"]

# abi/boot.h: root's CNode and address space as the kernel leaves them
CNODE, SPACE, THREAD, SCHED, IRQ_CONTROL, SCHED_CONTROL, BUNDLE_FRAME, FIRST_UNTYPED = (
    NUMBERS[f"ROOT_SLOT_{name}"] for name in ("CNODE", "SPACE", "THREAD", "SCHED", "IRQ_CONTROL", "SCHED_CONTROL",
                                              "BUNDLE_FRAME", "FIRST_UNTYPED"))
BUNDLE_VA = NUMBERS["ROOT_BUNDLE_VA"]
ROOT_TABLES = {(2, 0), (3, 0x00400000 // BLOCK), (3, 0x00600000 // BLOCK)}
WINDOW_VA = NUMBERS["SCRIPT_WINDOW_VA"]
SUPERVISOR = 8          # trusted/root/script.h: the number of root's second thread

# Slots of root's CNode. What the manifest names has those from 64 on.
OWN_SLOTS = (128, 768)          # the bundle as root sees it, page tables, a stack
PERSISTENT_SLOTS = (768, 3072)
RESTART_SLOTS = (3072, 3840)    # empty again after each destroy
TEMPORARY, TEMPORARY_SLOTS = 3840, 256  # empty between two steps


@dataclass
class Image:
    """A component's program in the bundle: text, rodata, stored data one after the other."""
    offset: int
    text: int
    rodata: int
    data_stored: int
    data: int
    entry: int


@dataclass
class Step:
    call: str
    arguments: list
    count: int = 1
    ones: tuple = ()   # arguments that grow by one from each time to the next
    sizes: tuple = ()  # ... by the size of a page
    shift: int = 0

    def pack(self):
        masks = [sum(1 << i for i in which) for which in (self.ones, self.sizes)]
        arguments = self.arguments + [0] * (7 - len(self.arguments))
        return STEP.pack(CALLS[self.call], *masks, self.shift, self.count, *arguments)


class Slots:
    """Slots of root's CNode, handed out in order."""

    def __init__(self, bounds):
        self.next, self.end = bounds

    def take(self, count=1):
        first, self.next = self.next, self.next + count
        if self.next > self.end:
            raise ManifestError("/", f"root has no slots left below {self.end}")
        return first


@dataclass
class Space:
    """An address space being filled, and where capabilities to its memory go."""
    slot: int
    tables: set
    owner: object = None  # component, or None: root itself


@dataclass
class Built:
    """A component of which the script has made so much."""
    cnode: int
    space: Space
    image: Image
    guest: Space | None = None
    next_slot: int = FIRST_MEMORY_SLOT


def pages_of(length, shift=12):
    return (length + (1 << shift) - 1) >> shift


class Script:
    def __init__(self, manifest, images, root_entry, bundle_pages, places):
        """images: {component: Image}; places: {memory: (base or offset, bytes)} where the image
        builder knows better than the manifest."""
        self.manifest, self.images, self.places = manifest, images, places
        self.root_entry, self.bundle_pages = root_entry, bundle_pages
        self.sections = {name: [] for name in SECTIONS}
        self.own, self.persistent = Slots(OWN_SLOTS), Slots(PERSISTENT_SLOTS)
        self.objects, self.memories, self.faults, self.pools = {}, {}, {}, {}
        self.text = {}
        self.given_up = []  # (slot, count, type): what root must not keep
        self.cnodes = {"root": CNODE}
        self.own_space = Space(SPACE, set(ROOT_TABLES))
        self.restartable = [c for c in manifest.components
                            if c.restartable and (not c.needs or self.size_of_name(c.needs))]
        self.restartable_names = {c.name for c in self.restartable}
        self.untyped = self.region_slot(next(r for r in manifest.regions if r.general))
        self.slots = self.persistent
        self.write_open()
        self.write_start()
        self.write_seal()
        self.write_build()
        self.write_destroy()

    # --- records -----------------------------------------------------------------------------------

    def section(self, name):
        self.steps = self.sections[name]

    def step(self, call, *arguments, **growth):
        if growth.get("count", 1):
            self.steps.append(Step(call, list(arguments), **growth))

    def derive(self, to, source, rights, badge=0, count=1):
        self.step("copy", CNODE, to, CNODE, source, rights, badge, count=count, ones=(1, 3))

    def delete(self, slot, count=1):
        self.step("delete", CNODE, slot, count=count, ones=(1,))

    def create(self, kind, parameter=0, count=1, slots=None):
        """New objects out of general memory, or of a restartable component's own."""
        slot = (slots or self.slots).take(count)
        self.step("create", self.untyped, TYPES[kind], parameter, 0, CNODE, slot, count=count,
                  ones=(5,))
        if slots is None and self.slots is self.persistent:
            self.given_up.append((slot, count, kind))
        return slot

    # --- memory -------------------------------------------------------------------------------------

    def region_slot(self, region):
        return FIRST_UNTYPED + self.manifest.regions.index(region)

    def region_of(self, memory):
        return next(r for r in self.manifest.regions if r.holds(memory))

    def base_of(self, memory):
        return self.places.get(memory.name, (memory.base, 0))[0]

    def size_of(self, memory):
        return self.places[memory.name][1] if memory.name in self.places else memory.bytes

    def size_of_name(self, name):
        return self.size_of(next(m for m in self.manifest.memories if m.name == name))

    def frames(self, memory):
        return self.size_of(memory) >> memory.page_shift

    def create_memory(self, memory):
        count = self.frames(memory)
        if memory.kind == "bundled":
            self.memories[memory.name] = self.bundle + (self.base_of(memory) >> 12)
        elif memory.kind == "anonymous":
            self.memories[memory.name] = self.create("frame", memory.page_shift, count)
        else:
            region = self.region_of(memory)
            slot = self.memories[memory.name] = self.slots.take(count)
            self.frames_at(region, memory.base - region.base, memory.page_shift, slot, count)

    def frames_at(self, region, offset, shift, slot, count):
        """Root carves each region from its start: the callers go by ascending address."""
        self.step("retype", self.region_slot(region), TYPES["frame"], shift, offset, CNODE, slot,
                  count=count, ones=(5,), sizes=(3,), shift=shift)
        if self.slots is self.persistent:
            self.given_up.append((slot, count, "frame"))

    # --- address spaces -----------------------------------------------------------------------------

    def add_table(self, space, level, address):
        slot = self.own.take() if space.owner is None else TEMPORARY
        self.step("create", self.untyped, TYPES["table"], 0, 0, CNODE, slot)
        self.step("map_table", space.slot, slot, address, level)
        if space.owner is not None:
            self.hand_over(space.owner, slot, 1)

    def add_tables(self, space, address, length, shift):
        """A table of blocks for each GiB, and one of pages for each block that is not one page. A
        table is the space's memory: its capability goes to the component, who can do nothing with
        it without one to its space."""
        for block in range(address // BLOCK, pages_of(address + length, 21)):
            wanted = [(2, block * BLOCK >> 30)] + ([(3, block)] if shift == 12 else [])
            for table in wanted:
                if table not in space.tables:
                    space.tables.add(table)
                    self.add_table(space, table[0], block * BLOCK)

    def map_frames(self, space, first, count, shift, address, attributes):
        self.step("map", space.slot, first, address, attributes, count=count, ones=(1,),
                  sizes=(2,), shift=shift)

    def map_own(self, first, count, address, attributes):
        self.add_tables(self.own_space, address, count * PAGE, 12)
        self.map_frames(self.own_space, first, count, 12, address, attributes)

    def hand_over(self, built, first, count):
        self.step("move", built.cnode, built.next_slot, CNODE, first, count=count, ones=(1, 3))
        built.next_slot += count

    def map_into(self, built, space, first, count, shift, address, attributes, rights):
        """Each frame's derived capability ends up in the component's CNode."""
        if count:
            self.add_tables(space, address, count << shift, shift)
        for done in range(0, count, TEMPORARY_SLOTS):
            some = min(TEMPORARY_SLOTS, count - done)
            self.derive(TEMPORARY, first + done, rights, count=some)
            self.map_frames(space, TEMPORARY, some, shift, address + (done << shift), attributes)
            self.hand_over(built, TEMPORARY, some)

    def map_private(self, built, first, length, address, rights):
        # read, write, execute are the same bits as rights and as attributes
        self.map_into(built, built.space, first, pages_of(length), 12, address, rights, rights)

    # --- objects --------------------------------------------------------------------------------------

    def create_object(self, thing):
        if thing.type == "irq":
            slot = self.objects[thing.name] = self.slots.take()
            self.step("irq_get", IRQ_CONTROL, thing.parameter, CNODE, slot)
            self.given_up.append((slot, 1, "irq"))
        else:
            self.objects[thing.name] = self.create(thing.type)

    def create_bind(self, component, cap):
        """The binding derives what it needs from the badged capability: that leaves a tombstone,
        so each has a slot of its own."""
        own = next(c.object for c in component.caps if c.kind == "notification" and c.bound)
        thing, badged = self.objects[cap.object.name], self.slots.take()
        self.derive(badged, self.objects[own.name], WRITE, cap.badge)
        if cap.kind == "timer":
            self.step("timer_bind", SCHED_CONTROL, thing, badged)
        else:
            self.step("irq_bind", thing, badged)
        self.delete(badged)

    def create_all(self, owner):
        """The memory that goes away with one component, or ("") stays for ever."""
        if owner and owner not in self.restartable_names:
            return
        everything = self.manifest.memories + self.manifest.devices
        for memory in sorted(everything, key=lambda m: m.base if m.base is not None else 1 << 63):
            if memory.owner == owner:
                self.create_memory(memory)
        for thing in self.manifest.objects:
            if thing.owner == owner:
                self.create_object(thing)
        for component in self.manifest.components:
            for cap in component.caps:
                if cap.kind in ("timer", "irq") and cap.object.owner == owner:
                    self.create_bind(component, cap)

    # --- a component ------------------------------------------------------------------------------------

    def build_maps(self, component, built):
        for m in component.maps:
            if m.guest and built.guest is None:
                built.guest = Space(self.create("space", SPACE_GUEST), set(), built)
            attributes = m.rights | (MAP_DEVICE if m.memory.kind == "device" else 0)
            self.map_into(built, built.guest if m.guest else built.space,
                          self.memories[m.memory.name], self.frames(m.memory),
                          m.memory.page_shift, m.address, attributes, m.rights)

    def fill(self, first, offset, length):
        """Data is copied out of the bundle; what lies behind it (bss) is zero already."""
        for done in range(0, length, TEMPORARY_SLOTS * PAGE):
            some = min(TEMPORARY_SLOTS * PAGE, length - done)
            self.derive(TEMPORARY, first + done // PAGE, READ | WRITE, count=pages_of(some))
            self.map_own(TEMPORARY, pages_of(some), WINDOW_VA, READ | WRITE)
            self.step("fill", offset + done, some)
            self.delete(TEMPORARY, pages_of(some))

    def build_image(self, component, built):
        image, text = built.image, self.text[component.name]
        self.map_private(built, text, image.text, IMAGE_VA, READ | EXEC)
        self.map_private(built, text + pages_of(image.text), image.rodata, IMAGE_VA + image.text,
                         READ)
        constant = image.text + image.rodata
        first = self.create("frame", 12, pages_of(image.data))
        self.fill(first, image.offset + constant, image.data_stored)
        self.map_private(built, first, image.data, IMAGE_VA + constant, READ | WRITE)

    def build_stacks(self, component, built):
        for n, thread in enumerate(component.threads):
            first = self.create("frame", 12, pages_of(thread.stack_bytes))
            self.map_private(built, first, thread.stack_bytes, STACKS_VA + n * STACK_STRIDE,
                             READ | WRITE)

    def build_caps(self, component, built):
        for cap in component.caps:
            source = self.memories[cap.memory.name] if cap.memory else self.objects[cap.object.name]
            badge = 0 if cap.kind in ("timer", "irq") else cap.badge
            self.step("copy_epoch" if cap.epoch else "copy", built.cnode, cap.slot, CNODE, source,
                      cap.rights, badge)
        for cap in component.caps:
            if cap.kind == "vcpu":
                self.step("vcpu_configure", self.objects[cap.object.name], built.guest.slot,
                          self.memories[cap.object.parameter.name])

    def build_thread(self, thread, slot):
        if thread.budget_us:  # else it runs on its callers' time
            sched = self.create("sched")
            self.step("sched_configure", SCHED_CONTROL, sched, thread.budget_us, thread.period_us)
            self.step("sched_bind", sched, slot)
        if thread.notification is not None:
            self.step("thread_bind", slot, self.objects[thread.notification.name])

    def configure_thread(self, slot, priority, *more):
        """Through a capability that ends at its own priority: it makes none that is more urgent."""
        self.derive(TEMPORARY, slot, RIGHTS_MANAGE, priority)
        self.step("thread_configure", TEMPORARY, *more, priority)
        self.delete(TEMPORARY)

    def build_threads(self, component, built):
        messages = self.create("frame", 12)
        self.map_private(built, messages, PAGE, MESSAGES_VA, READ | WRITE)
        threads = []
        for n, thread in enumerate(component.threads):
            slot = self.create("thread")
            self.configure_thread(slot, thread.priority, built.cnode, built.space.slot, messages,
                                  n << MESSAGE_SHIFT, self.faults[component.name] + n)
            self.build_thread(thread, slot)
            threads.append(slot)
        return threads

    def build_component(self, component):
        """The order fixes which slot a frame's capability gets: what the manifest names is first."""
        cnode = self.create("cnode", component.cnode_bits)
        built = Built(cnode, Space(self.create("space", SPACE_NATIVE), set()),
                      self.images[component.name])
        built.space.owner = built
        self.cnodes[component.name] = cnode
        self.build_maps(component, built)
        self.build_image(component, built)
        self.build_stacks(component, built)
        self.build_caps(component, built)
        threads = self.build_threads(component, built)
        if built.next_slot > 1 << component.cnode_bits:
            raise ManifestError(component.path, f"needs {built.next_slot} slots, more than "
                                                f"cnode-bits = <{component.cnode_bits}> gives")
        return threads

    def start_threads(self, component, threads):
        for n, (thread, slot) in enumerate(zip(component.threads, threads)):
            self.step("thread_start", slot, self.images[component.name].entry,
                      STACKS_VA + n * STACK_STRIDE + thread.stack_bytes, n)

    # --- the sections -----------------------------------------------------------------------------------

    def write_open(self):
        """The kernel hands the bundle over as one block. Root reads it through pages of its own."""
        self.section("open")
        region = next(r for r in self.manifest.regions if r.bundle)
        self.delete(BUNDLE_FRAME)
        self.bundle, own = self.persistent.take(self.bundle_pages), self.own.take(self.bundle_pages)
        self.frames_at(region, 0, 12, self.bundle, self.bundle_pages)
        self.derive(own, self.bundle, READ, count=self.bundle_pages)
        self.map_own(own, self.bundle_pages, BUNDLE_VA, READ)

    def create_faults(self):
        """One endpoint for the trusted side, one for the untrusted: each has a thread of its own in
        root. The badge says which thread of which component."""
        for index, component in enumerate(self.manifest.components):
            name = "root/LEGACY_FAULTS" if component.restartable else "root/TRUSTED_FAULTS"
            first = self.faults[component.name] = self.persistent.take(len(component.threads))
            for n in range(len(component.threads)):
                self.derive(first + n, self.objects[name], WRITE, (index + 1) << 8 | n)
            self.given_up.append((first, len(component.threads), "endpoint"))

    def start_supervisor(self):
        """Root's second thread, with a lower priority than every trusted component: building and
        clearing memory for the untrusted side delays nobody who matters. Should it fail, its first
        thread resets the machine."""
        root = self.manifest.components[0]
        settings = root.threads[0]
        thread, stack = self.create("thread"), pages_of(settings.stack_bytes)
        message = self.create("frame", 12, slots=self.own)
        self.map_own(message, 1, MESSAGES_VA + (SUPERVISOR << MESSAGE_SHIFT), READ | WRITE)
        self.map_own(self.create("frame", 12, stack, slots=self.own), stack,
                     STACKS_VA + STACK_STRIDE, READ | WRITE)
        self.configure_thread(thread, settings.priority, CNODE, SPACE, message, 0,
                              self.faults[root.name])
        self.build_thread(settings, thread)
        self.step("thread_start", thread, self.root_entry,
                  STACKS_VA + STACK_STRIDE + settings.stack_bytes, SUPERVISOR)

    def write_start(self):
        self.section("start")
        for component in self.restartable:
            self.pools[component.name] = self.persistent.take()
            self.step("create", self.untyped, TYPES["untyped"],
                      component.pool_bytes.bit_length() - 1, 0, CNODE, self.pools[component.name])
        self.create_all("")
        for name, image in self.images.items():
            self.text[name] = self.bundle + (image.offset >> 12)
        self.create_faults()
        for cap in self.manifest.components[0].caps:
            self.derive(cap.slot, self.objects[cap.object.name], cap.rights,
                        0 if cap.kind in ("timer", "irq") else cap.badge)
        trusted = [c for c in self.manifest.components[1:] if not c.restartable]
        threads = [self.build_component(c) for c in trusted]
        for component, slots in zip(trusted, threads):
            self.start_threads(component, slots)
        self.start_supervisor()

    def keep(self, first, rights, count=1):
        kept = self.persistent.take(count)
        self.derive(kept, first, rights, count=count)
        return kept

    def kept_object_rights(self, thing):
        """The share of it that a restarted component is given; and a timer that goes away with its component
        is bound anew to a notification that stays."""
        rights = 0
        for component in self.restartable:
            for cap in component.caps:
                rights |= cap.rights if cap.object is thing else 0
            timers = any(cap.kind == "timer" for cap in component.caps)
            if timers and any(c.object is thing and c.bound for c in component.caps):
                rights |= WRITE
        return rights

    def kept_memory_rights(self, memory):
        rights = 0
        for component in self.restartable:
            for m in component.maps + [c for c in component.caps if c.memory]:
                rights |= m.rights if m.memory is memory else 0
        return rights

    def write_keep(self):
        """Root keeps what a restart needs, with no more rights than that."""
        for thing in self.manifest.objects:
            rights = self.kept_object_rights(thing)
            if not thing.owner and rights:
                self.objects[thing.name] = self.keep(self.objects[thing.name], rights)
        for memory in self.manifest.memories + self.manifest.devices:
            rights = self.kept_memory_rights(memory)
            if not memory.owner and rights:
                self.memories[memory.name] = self.keep(self.memories[memory.name], rights,
                                                       self.frames(memory))
        for component in self.restartable:
            image = self.images[component.name]
            self.text[component.name] = self.keep(self.text[component.name], READ | EXEC,
                                                  pages_of(image.text + image.rodata))
            self.faults[component.name] = self.keep(self.faults[component.name], WRITE,
                                                    len(component.threads))

    def write_seal(self):
        """A deleted capability from which others were derived leaves a tombstone: the objects live
        on as long as somebody holds them. A thread or scheduling context that nobody else names
        lives by a capability without rights."""
        self.section("seal")
        self.write_keep()
        for slot, count, kind in self.given_up + [(THREAD, 1, "thread"), (SCHED, 1, "sched")]:
            if kind in ("thread", "sched"):
                self.keep(slot, RIGHTS_NONE, count)
            self.delete(slot, count)
        self.restart_regions = {self.region_slot(self.region_of(m)) for m in self.manifest.memories
                                if m.owner in self.restartable_names and m.kind == "ram"}
        for slot in range(FIRST_UNTYPED, FIRST_UNTYPED + len(self.manifest.regions)):
            if slot not in self.restart_regions:
                self.delete(slot)
        self.delete(IRQ_CONTROL)

    def tidy(self, component):
        """Clears the traces of the last one in objects that stay: bits nobody took, a masked interrupt."""
        for cap in component.caps:
            if cap.object is None or cap.object.owner:
                continue
            if cap.object.type == "notification" and cap.rights & READ:
                self.step("poll", self.objects[cap.object.name])
            elif cap.object.type == "irq":
                self.step("irq_ack", self.objects[cap.object.name])

    def write_build(self):
        self.section("build")
        self.slots = Slots(RESTART_SLOTS)
        for component in self.restartable:
            self.untyped = self.pools[component.name]
            self.create_all(component.name)
            threads = self.build_component(component)
            self.tidy(component)
            self.start_threads(component, threads)

    def write_destroy(self):
        """All that is the untrusted side's own, and with its CNode every capability it held, goes
        with its memory; making frames of it anew clears it."""
        self.section("destroy")
        for slot in list(self.pools.values()) + sorted(self.restart_regions):
            self.step("revoke", CNODE, slot)

    # --- the file ----------------------------------------------------------------------------------------

    def component_rows(self):
        return [COMPONENT.pack(c.name.encode(), self.cnodes.get(c.name, 0), 1 << c.cnode_bits,
                               int(c.restartable)) for c in self.manifest.components]

    def pack(self):
        steps = [step for name in SECTIONS for step in self.sections[name]]
        ranges, first = [], 0
        for name in SECTIONS:
            ranges += [first, len(self.sections[name])]
            first += len(self.sections[name])
        regions = [REGION.pack(r.base, r.bytes.bit_length() - 1, REGION_KINDS[r.kind])
                   for r in self.manifest.regions]
        rows = self.component_rows()
        body = b"".join(regions + rows + [step.pack() for step in steps])
        return HEADER.pack(MAGIC, VERSION, HEADER.size + len(body), len(regions), len(rows),
                           len(steps), *ranges) + body
