# SPDX-License-Identifier: BSD-2-Clause
"""The rules that a manifest must keep so that the promises hold (docs/threat-model.md).

Each check is one function that raises ManifestError with the node and the reason; CHECKS lists
them all. They trust nothing but the model: no check relies on another having run.
"""
from model import WRITE, EXEC, ManifestError

DIAL_ROLES = ("modem", "modem-hardware")
TIMELINE_MAX = 128


def ranges_overlap(a, b):
    return a.base < b.base + b.bytes and b.base < a.base + a.bytes


def check_memory_overlap(manifest):
    placed = [m for m in manifest.reserved + manifest.memories + manifest.devices
              if m.base is not None and m.kind != "bundled"]
    placed.sort(key=lambda m: m.base)
    for i, memory in enumerate(placed):
        for other in placed[i + 1:]:
            if ranges_overlap(memory, other):
                raise ManifestError(other.path, f"overlaps {memory.path} at {other.base:#x}")


def check_regions(manifest):
    """Root finds each memory in the kernel's list; general memory is for nothing with a place."""
    for memory in manifest.memories + manifest.devices:
        if memory.kind in ("anonymous", "bundled"):
            continue
        region = next((r for r in manifest.regions if r.holds(memory)), None)
        if region is None or region.general or region.bundle:
            raise ManifestError(memory.path, f"lies in no region of kind '{memory.kind}'")
        for other in manifest.memories:
            if memory.kind == other.kind == "ram" and region.holds(other) and \
                    memory.owner != other.owner:
                raise ManifestError(memory.path, f"and {other.name} lie in the same region, which "
                                                 "is taken back as one")


def check_address_overlap(manifest):
    for component in manifest.components:
        for i, one in enumerate(component.maps):
            for other in component.maps[i + 1:]:
                apart = one.guest != other.guest or one.address + one.memory.bytes <= \
                    other.address or other.address + other.memory.bytes <= one.address
                if not apart:
                    raise ManifestError(other.path, f"overlaps {one.name} in the same space")
            if not one.guest and one.address < 0x00800000:
                raise ManifestError(one.path, "lies where the component's own image and stacks are")


def check_budgets(manifest):
    total = 0.0
    for component in manifest.components:
        for thread in component.threads:
            if not thread.best_effort and not thread.passive:
                total += thread.budget_us / thread.period_us
    if total > 1.0:
        raise ManifestError("/components", f"the guaranteed budgets add up to {total * 100:.0f} % "
                                           "of the processor")


def check_priorities(manifest):
    """P4: what has no limit runs below everything that has a guaranteed share, and whatever an
    untrusted component does, every trusted one goes first."""
    threads = [(c, t) for c in manifest.components for t in c.threads]
    guaranteed = min((t.priority for _, t in threads if not t.best_effort), default=0)
    trusted = min((t.priority for c, t in threads if c.trusted), default=0)
    for component, thread in threads:
        if thread.best_effort and thread.priority >= guaranteed:
            raise ManifestError(thread.path, f"has no limit, so its priority must be below "
                                             f"{guaranteed}, the lowest guaranteed one")
        if not component.trusted and thread.priority >= trusted:
            raise ManifestError(thread.path, f"an untrusted thread has priority {thread.priority}, "
                                             f"and a trusted one only {trusted}")


def check_interrupts(manifest):
    owners = {}
    known = {}
    for device in manifest.devices:
        for interrupt in device.interrupts:
            if interrupt in known:
                raise ManifestError(device.path, f"interrupt {interrupt} is also that of "
                                                 f"{known[interrupt].path}")
            known[interrupt] = device
    for component in manifest.components:
        for cap in component.caps:
            if cap.kind != "irq":
                continue
            if cap.target in owners:
                raise ManifestError(cap.path, f"interrupt {cap.target} already belongs to "
                                              f"{owners[cap.target].path}")
            owners[cap.target] = cap
            device = known.get(cap.target)
            if device is None or not any(m.memory is device for m in component.maps):
                raise ManifestError(cap.path, f"interrupt {cap.target} is of no device that "
                                              f"{component.name} maps")


def check_roles(manifest):
    """P1, P5: panel and input have one owner each."""
    for role in ("display", "input", "dialler", "modem"):
        holders = manifest.with_role(role)
        if len(holders) > 1:
            raise ManifestError(holders[1].path, f"the role '{role}' is already that of "
                                                 f"{holders[0].path}")
        if holders and not holders[0].trusted:
            raise ManifestError(holders[0].path, f"has the role '{role}' but is not trusted")
    owner_of = {"framebuffer": ("display",), "input": ("input",), "modem-line": DIAL_ROLES}
    for component in manifest.components:
        held = [(m.path, m.memory) for m in component.maps]
        held += [(c.path, c.memory) for c in component.caps if c.memory]
        for path, memory in held:
            allowed = owner_of.get(memory.role)
            if memory.role and allowed is None:
                raise ManifestError(memory.path, f"there is no role '{memory.role}'")
            if allowed and component.role not in allowed:
                raise ManifestError(path, f"{memory.name} ({memory.role}) may belong only to the "
                                          f"component with the role '{allowed[0]}'")


def check_input_calls(manifest):
    """P5: only the input drivers, the dialler and root speak to the display."""
    for component in manifest.components:
        for cap in component.caps:
            if cap.kind != "call" or manifest.component(cap.target).role != "display":
                continue
            if not component.trusted:
                raise ManifestError(cap.path, "an untrusted component may not call the display")


def check_badges(manifest):
    """A server tells its clients apart by their badges."""
    seen = {}
    for component in manifest.components:
        for cap in component.caps:
            if cap.kind != "call":
                continue
            key = (cap.object.name, cap.badge)
            if cap.badge == 0 or key in seen:
                raise ManifestError(cap.path, "needs a badge that no other client of "
                                              f"{cap.target} has")
            seen[key] = cap


# The calls and signals that are allowed, and the badge of each: (from, kind, to, badge).
# Components are named by their role, those without one by their name, the untrusted ones as LEGACY. Anything that is not
# here is refused. The badges are those of trusted/protocol.
LEGACY = "legacy"
CHANNELS = {
    ("dialler", "call", "display", 1), ("input", "call", "display", 2), ("root", "call", "display", 3),
    ("dialler", "call", "modem", 1), ("dialler", "call", "audit", 1), (LEGACY, "call", "dialler", 1),
    ("display", "signal", "dialler", 1), ("modem", "signal", "dialler", 2), ("dialler", "signal", "dialler", 4),
    ("root", "signal", "dialler", 16), ("dialler", "signal", "root", 1), (LEGACY, "signal", "root", 4),
    ("display", "signal", LEGACY, 4), ("dialler", "signal", LEGACY, 8),
    ("modem", "signal", "modem-hardware", 1), ("modem-hardware", "signal", "modem", 1),
}


def channel_end(component):
    if not component.trusted:
        return LEGACY
    return component.role or component.name


def check_channels(manifest):
    """P1, P4, P6: nobody is asked or woken but by those whom the code behind the channel expects."""
    for component in manifest.components:
        for cap in component.caps:
            if cap.kind not in ("call", "signal"):
                continue
            other = manifest.component(cap.object.home)
            channel = (channel_end(component), cap.kind, channel_end(other), cap.badge)
            if channel not in CHANNELS:
                raise ManifestError(cap.path, f"{component.name} may not {cap.kind} {other.name} with the badge {cap.badge}")
            if cap.epoch != (cap.kind == "call" and not component.trusted):
                raise ManifestError(cap.path, "an untrusted caller's badge, and no other, carries the 'epoch' of its restart")


def check_shared_memory(manifest):
    """P2, P3: memory of both sides is a declared ring, or a view that trusted code only reads."""
    for memory in manifest.memories + manifest.devices:
        users = [(c, m) for c in manifest.components for m in c.maps if m.memory is memory]
        trusted = [m for c, m in users if c.trusted]
        untrusted = [m for c, m in users if not c.trusted]
        if not trusted or not untrusted:
            continue
        writable = [m for m in trusted + untrusted if m.rights & WRITE]
        if writable and memory.shared == "":
            raise ManifestError(writable[0].path, f"{memory.name} is shared writable between a "
                                                  "trusted and an untrusted component and is no "
                                                  "declared ring")
        if memory.shared == "view" and any(m.rights & WRITE for m in trusted):
            raise ManifestError(trusted[0].path, f"{memory.name} is a view: trusted code only "
                                                 "reads it")
        if any(m.rights & EXEC for m in trusted):
            raise ManifestError(trusted[0].path, f"{memory.name} is written by an untrusted "
                                                 "component and executed by a trusted one")


def check_frames(manifest):
    """A frame capability outside the own maps would be memory that no other check sees."""
    for component in manifest.components:
        for cap in component.caps:
            if cap.kind != "frame":
                continue
            if cap.memory.bytes != 1 << cap.memory.page_shift:
                raise ManifestError(cap.path, f"{cap.memory.name} is not a single page")
            if not any(m.memory is cap.memory and m.rights & WRITE for m in component.maps):
                raise ManifestError(cap.path, f"{component.name} does not map {cap.memory.name} "
                                              "for writing")


def check_dma(manifest):
    """P3: a device that masters the bus reaches all memory unless an IOMMU stands between."""
    for component in manifest.components:
        if component.trusted:
            continue
        for mapping in component.maps:
            if mapping.memory.dma_capable and not mapping.memory.iommu:
                raise ManifestError(mapping.path, f"{mapping.memory.name} does DMA without an "
                                                  "IOMMU and would belong to an untrusted "
                                                  "component")
        for cap in component.caps:
            if cap.kind == "frame":
                raise ManifestError(cap.path, "an untrusted component may learn no physical "
                                              "address")


def check_donation(manifest):
    """P4: a server without a budget runs on its caller's; never on that of an untrusted one."""
    for component in manifest.components:
        if component.trusted:
            continue
        for cap in component.caps:
            server = manifest.component(cap.target) if cap.kind == "call" else None
            if server and any(t.passive for t in server.threads):
                raise ManifestError(cap.path, f"{server.name} has no budget of its own: an "
                                              "untrusted caller would decide whether it runs")


def check_passive_signals(manifest):
    """After a signal a server without a budget would have no time to go on with."""
    for component in manifest.components:
        for cap in component.caps:
            if any(t.passive and t.name == cap.bound for t in component.threads):
                raise ManifestError(cap.path, f"{cap.bound} has no budget of its own: nobody would "
                                              "run it after a signal")


def check_timeline(manifest):
    """The kernel keeps what waits for a time in a list with a limit (TIMELINE_MAX in
    kernel/include/kernel/sched.h); root's first thread is in it, too."""
    contexts = sum(not t.passive for c in manifest.components for t in c.threads) + 1
    timers = sum(thing.type == "timer" for thing in manifest.objects)
    if contexts + timers > TIMELINE_MAX:
        raise ManifestError("/components", f"{contexts} budgets and {timers} timers are more than "
                                           f"the {TIMELINE_MAX} that the kernel keeps")


def check_owned_memory(manifest):
    """An object that goes away with a restartable component belongs to nobody else."""
    for component in manifest.components:
        for mapping in component.maps:
            owner = mapping.memory.owner
            if owner and owner != component.name:
                raise ManifestError(mapping.path, f"{mapping.memory.name} goes away when {owner} "
                                                  "is restarted")
        if component.restartable and component.trusted:
            raise ManifestError(component.path, "only an untrusted component is restartable")


def influence_edges(manifest):
    """The ways in which one component can make another do or see something: calls, signals, memory one writes and another maps.
    A call's answer flows back too, but a server answers only who asked."""
    edges = {}
    for component in manifest.components:
        for cap in component.caps:
            if cap.kind in ("call", "signal") and cap.object.home != component.name:
                edges.setdefault((component.name, cap.object.home), cap.path)
        for mapping in component.maps:
            if not mapping.rights & WRITE:
                continue
            for other in manifest.components:
                if other is not component and any(m.memory is mapping.memory for m in other.maps):
                    edges.setdefault((component.name, other.name), mapping.path)
    return edges


def path_around(edges, start, goals, gate):
    """A path from start to a goal that does not pass the gate, as a list of names, or None."""
    waiting, seen = [[start]], {start}
    while waiting:
        path = waiting.pop(0)
        if path[-1] in goals:
            return path
        for source, target in edges:
            if source == path[-1] and target not in seen and target not in gate:
                seen.add(target)
                waiting.append(path + [target])
    return None


def check_dial_path(manifest):
    """P1: between the untrusted side and the modem stands the dialler, and nothing goes around."""
    goals = {c.name for role in DIAL_ROLES for c in manifest.with_role(role)}
    gate = {c.name for c in manifest.with_role("dialler")}
    edges = influence_edges(manifest)
    for component in manifest.components:
        if component.trusted:
            continue
        path = path_around(edges, component.name, goals, gate)
        if path:
            raise ManifestError(edges[(path[-2], path[-1])], "the path " + " -> ".join(path) +
                                " reaches the modem without passing the dialler")


CHECKS = (check_memory_overlap, check_regions, check_address_overlap, check_roles, check_interrupts,
          check_dma, check_shared_memory, check_dial_path, check_input_calls, check_badges,
          check_frames, check_donation, check_passive_signals, check_timeline, check_owned_memory,
          check_budgets, check_priorities, check_channels)


def check_all(manifest):
    for check in CHECKS:
        check(manifest)
