# SPDX-License-Identifier: BSD-2-Clause
# What gdb does not know of the kernel by itself (docs/debugging.md):
#   robin-threads             every thread: address, state, priority, pc, what it waits on
#   robin-caps THREAD         its capabilities: slot, type, rights, badge, object
#   robin-tables THREAD       its space: the runs of pages that are mapped, and where
#   robin-trace               the last events, the oldest first
python
import gdb

LEAF, TABLE, PAGE = 1, 3, 0xfffffff000
RIGHTS = "rwxgdm"


def value(text):
    return gdb.parse_and_eval(text)


def cpu():
    return fetched(value("&cpu_areas[0].cpu"))


names = {}  # of an enum's values; looking a type up takes long


def enum(name, number):
    if name not in names:
        names[name] = {field.enumval: field.name for field in gdb.lookup_type(f"enum {name}").fields()}
    return names[name].get(int(number), str(number))


pages = {}  # address -> the page's bytes: field by field the debugger's line is too slow


def memory(address, count):
    first, last = address & -4096, (address + count - 1) & -4096
    for page in range(first, last + 4096, 4096):
        if page not in pages:
            pages[page] = gdb.selected_inferior().read_memory(page, 4096).tobytes()
    whole = b"".join(pages[page] for page in range(first, last + 4096, 4096))
    return whole[address - first:address - first + count]


def fetched(pointer):
    """What it points to."""
    target = pointer.type.target()
    return gdb.Value(memory(int(pointer), target.sizeof), target)


def all_caps():
    """Every capability: they are one list, in preorder. An interrupt's binding is one of them."""
    irqs = fetched(value("&irq_table"))
    bound = next(i for i in range(irqs.type.range()[1] + 1) if int(irqs[i]["signal_binding"]["type"]))
    cap = value(f"&irq_table[{bound}].signal_binding")
    before = fetched(cap)["prev"]
    while int(before) != 0:
        cap, before = before, fetched(before)["prev"]
    while int(cap) != 0:
        whole = fetched(cap)
        yield whole
        cap = whole["next"]


def threads():
    """Root has deleted its own capabilities to most: what is left of them still names the object."""
    found = {}
    for cap in all_caps():
        if enum("object_type", int(cap["type"]) & 0x7f) == "OBJECT_THREAD":
            found[int(cap["thread"])] = cap["thread"]
    return found.values()


def thread_of(argument):
    """The thread at this address, which must be one: device registers may lie where a wild pointer points."""
    pointer = value(argument).cast(value("cpu_areas[0].cpu.current").type)
    if int(pointer) not in [int(thread) for thread in threads()]:
        raise gdb.GdbError(f"there is no thread at {int(pointer):#x}: robin-threads lists them")
    return fetched(pointer)


class Command(gdb.Command):
    """Reads physical memory, where the kernel sees all of RAM: whatever runs, its tables do not matter."""

    def __init__(self, name):
        super().__init__(name, gdb.COMMAND_DATA)

    def invoke(self, argument, from_tty):
        pages.clear()
        gdb.execute("maintenance packet Qqemu.PhyMemMode:1", to_string=True)
        try:
            self.show(argument)
        finally:
            gdb.execute("maintenance packet Qqemu.PhyMemMode:0", to_string=True)


class Threads(Command):
    def show(self, argument):
        current = int(cpu()["current"])
        for pointer in threads():
            thread = fetched(pointer)
            mark = "*" if int(pointer) == current else " "
            waits = thread["endpoint"] if int(thread["endpoint"]) else thread["waits_on"]
            held = f" hold {int(thread['hold'])}" if int(thread["hold"]) else ""
            print(f"{mark} {int(pointer):#x} priority {int(thread['priority']):2} "
                  f"{enum('thread_state', thread['state']):18} pc {int(thread['context']['pc']):#x} on {int(waits):#x}{held}")


class Caps(Command):
    def show(self, argument):
        thread = thread_of(argument)
        for slot in range(int(thread["slot_count"])):
            cap = fetched(thread["slots"] + slot)
            kind = enum("object_type", int(cap["type"]) & 0x7f)
            if kind == "OBJECT_NONE":
                continue
            rights = "".join(letter for i, letter in enumerate(RIGHTS) if int(cap["rights"]) >> i & 1)
            what = f"page {int(cap['frame']['page']) << 12:#x} at {int(cap['frame']['ipa_page']) << 12:#x}" \
                if kind in ("OBJECT_FRAME", "OBJECT_TABLE") else f"{int(cap['object']):#x} badge {int(cap['badge']):#x}"
            print(f"{slot:5} {kind:20} {rights:6} {what}")


def entries(table, shift, base):
    """(first address, bytes, entry) of each leaf; tables are in memory that the kernel sees one to one."""
    data = memory(table & -4096, 4096)
    for i in range(512 if table % 4096 == 0 else 4):
        entry = int.from_bytes(data[8 * i:8 * i + 8], "little")
        here = base + (i << shift)
        if entry & 3 == TABLE and shift > 12:
            yield from entries(entry & PAGE, shift - 9, here)
        elif entry & LEAF:
            yield here, 1 << shift, entry


class Tables(Command):
    def show(self, argument):
        runs = []
        for here, size, entry in entries(int(thread_of(argument)["space_register"]) & PAGE, 30, 0):
            access = "".join((("r" if entry >> 6 & 1 else "-"), ("w" if entry >> 7 & 1 else "-"), ("-" if entry >> 54 & 1 else "x")))
            if runs and (runs[-1][0] + runs[-1][1], runs[-1][2], runs[-1][3] + runs[-1][1]) == (here, access, entry & PAGE):
                runs[-1][1] += size
            else:
                runs.append([here, size, access, entry & PAGE])
        for here, size, access, physical in runs:
            print(f"{here:#010x} {size // 1024:7} KiB {access} at {physical:#010x}")


class Trace(Command):
    def show(self, argument):
        events, following = cpu()["trace"], int(cpu()["trace_next"])
        count = events.type.range()[1] + 1
        for i in range(count):
            event = events[(following + i) % count]
            if int(event["what"]):
                print(f"{int(event['time']):#x} {event['what'].string()} {int(event['a']):#x} {int(event['b']):#x}")


for name, command in (("threads", Threads), ("caps", Caps), ("tables", Tables), ("trace", Trace)):
    command(f"robin-{name}")
end
