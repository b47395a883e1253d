#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Boots the phone with a root that prints every capability it handed out, and compares that with
the manifest: P3 shown for the running system.

Every component must hold exactly what the manifest names, with the same rights and badges; two
capabilities name one object exactly when the manifest says so; memory that is not named must be
private; root must have kept nothing but what a restart of the untrusted side needs.
"""
import argparse
import json
import pathlib
import select
import signal
import subprocess
import sys
import tempfile
import time
import unittest

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "scripts"))
from abi import NUMBERS  # noqa: E402
from lib.phone import architecture, board as boards  # noqa: E402

TYPES = {kind: NUMBERS[f"OBJECT_{kind.upper()}"] for kind in
         ("untyped", "table", "endpoint", "notification", "reply", "vcpu", "timer", "irq", "frame")}
UNTYPED, TABLE, FRAME = TYPES["untyped"], TYPES["table"], TYPES["frame"]
RIGHT_LETTERS = "rwxgdm"
ROOT_BOOT_SLOTS = {1: "cnode", 2: "space", 6: "sched control", 7: "console"}  # abi/boot.h
ROOT_FIRST_OWN, ROOT_FIRST_PERSISTENT = 128, 768  # trusted/root/root.h
BOOT_SECONDS = 120


def rights_text(rights):
    return "".join(letter for i, letter in enumerate(RIGHT_LETTERS) if rights >> i & 1)


def start_phone(board, folder):
    kernel = folder / "guest"
    kernel.write_bytes(architecture.of(board).stand_in_guest)
    build = SOURCE / "build" / board
    command = [sys.executable, str(SOURCE / "images" / "pack" / "image.py"), "--board", board,
               "--root", str(build / "components" / "root_dump.elf"), "--with-manifest",
               "--guest-kernel", str(kernel), "--output", str(folder / "images")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    words = boards.load(board, folder).command()
    return subprocess.Popen(words + ["-display", "none", "-serial", "stdio", "-monitor", "none"],
                            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.DEVNULL)


def read_graph(phone, names):
    """{component: {slot: (type, rights, badge, object)}} as the console tells it."""
    graph, ended, pending = {name: {} for name in names}, set(), b""
    limit = time.monotonic() + BOOT_SECONDS
    while ended != set(names):
        ready, _, _ = select.select([phone.stdout], [], [], max(0, limit - time.monotonic()))
        data = phone.stdout.read1(65536) if ready else b""
        if not data:
            raise SystemExit(f"live_graph: the phone said nothing of {sorted(set(names) - ended)}")
        pending += data
        *lines, pending = pending.split(b"\n")
        for line in lines:
            words = line.decode(errors="replace").split()
            if words[:1] != ["graph:"]:
                continue
            if words[2:] == ["end"]:
                ended.add(words[1])
            else:
                slot, *rest = (int(word, 16) for word in words[2:7])
                graph[words[1]][slot] = tuple(rest)
    return graph


def boot_and_read(board):
    intended = json.loads((SOURCE / "build" / board / "generated" / "manifest.json").read_text())
    with tempfile.TemporaryDirectory() as name:
        phone = start_phone(board, pathlib.Path(name))
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(2))
        try:
            return intended, read_graph(phone, [c["name"] for c in intended["components"]])
        finally:
            phone.kill()
            phone.communicate()


class LiveGraph(unittest.TestCase):
    board = "virt-v8"

    @classmethod
    def setUpClass(cls):
        cls.intended, cls.live = boot_and_read(cls.board)
        cls.components = {c["name"]: c for c in cls.intended["components"]}
        cls.named = {}   # object or page as the manifest names it -> the kernel's number for it
        cls.private = {}  # number -> component, for memory that the manifest does not name
        for name, component in cls.components.items():
            if name != "root":
                cls.read_frames(name, component)

    @classmethod
    def frames(cls, name):
        """(slot, capability) of all frames, tables between them left out."""
        first = cls.components[name]["first_frame"]
        return [(slot, cap) for slot, cap in sorted(cls.live[name].items())
                if slot >= first and cap[0] == FRAME]

    @classmethod
    def expected_frames(cls, component):
        """The pages that the manifest names, one by one; an image's size is known only to the image."""
        for entry in component["frames"]:
            for page in range(1 if entry["variable"] else entry["pages"]):
                if entry["variable"] and entry["memory"] == "guest_initrd":
                    continue  # this guest has none
                yield entry, page

    @classmethod
    def read_frames(cls, name, component):
        frames = cls.frames(name)
        expected = list(cls.expected_frames(component))
        for (_, cap), (entry, page) in zip(frames, expected):
            cls.named.setdefault((entry["memory"], page), set()).add(cap[3])
        for _, cap in frames[len(expected):]:
            cls.private.setdefault(cap[3], set()).add(name)

    def test_named_capabilities(self):
        for name, component in self.components.items():
            for cap in component["caps"]:
                with self.subTest(component=name, capability=cap["name"]):
                    live = self.live[name].get(cap["slot"])
                    self.assertIsNotNone(live, "it is not there")
                    kind, rights, badge, _ = live
                    self.assertEqual(kind, TYPES[cap["type"]])
                    self.assertEqual(rights_text(rights), cap["rights"])
                    if cap["type"] in ("endpoint", "notification"):
                        self.assertEqual(badge, cap["badge"])

    def test_nothing_else_is_held(self):
        for name, component in self.components.items():
            if name == "root":
                continue
            named = {cap["slot"] for cap in component["caps"]}
            for slot, cap in self.live[name].items():
                with self.subTest(component=name, slot=slot):
                    self.assertTrue(slot in named or cap[0] in (FRAME, TABLE),
                                    f"holds a capability of type {cap[0]} that nobody named")
                    self.assertTrue(slot in named or slot >= component["first_frame"])

    def test_same_name_is_same_object(self):
        objects = {}
        for name, component in self.components.items():
            for cap in component["caps"]:
                if cap["type"] != "frame":
                    objects.setdefault(cap["object"], set()).add(self.live[name][cap["slot"]][3])
        for name, numbers in objects.items():
            with self.subTest(object=name):
                self.assertEqual(len(numbers), 1, "its holders name different objects")
        numbers = [next(iter(n)) for n in objects.values()]
        self.assertEqual(len(numbers), len(set(numbers)), "two names are one object")

    def test_named_memory(self):
        for name, component in self.components.items():
            if name == "root":
                continue
            frames = self.frames(name)
            for (slot, cap), (entry, _) in zip(frames, self.expected_frames(component)):
                with self.subTest(component=name, slot=slot, memory=entry["memory"]):
                    self.assertEqual(rights_text(cap[1]), entry["rights"])
                    self.assertEqual(cap[2], entry["page_shift"])
        for (memory, page), numbers in self.named.items():
            with self.subTest(memory=memory, page=page):
                self.assertEqual(len(numbers), 1, "its users map different memory")

    def test_other_memory_is_private(self):
        named = {number for numbers in self.named.values() for number in numbers}
        for number, users in self.private.items():
            with self.subTest(object=number):
                self.assertEqual(len(users), 1, f"{users} share memory that the manifest does not")
                self.assertNotIn(number, named)

    def test_written_memory_is_never_executed(self):
        for name in self.components:
            if name == "root":
                continue
            guest = {number for (memory, _), numbers in self.named.items()
                     if memory == "guest_ram" for number in numbers}
            writable = {cap[3] for _, cap in self.frames(name) if cap[1] & 2}
            code = {cap[3] for _, cap in self.frames(name) if cap[1] & 4}
            with self.subTest(component=name):
                self.assertEqual((writable & code) - guest, set())

    def test_root_has_given_up(self):
        """The capabilities that root keeps name nothing that a trusted component alone uses."""
        restartable = [c for c in self.intended["components"] if c["restartable"]]
        objects, memory = self.numbers_of(restartable)
        objects |= {self.live["root"][cap["slot"]][3] for cap in self.components["root"]["caps"]}
        own_slots = {cap["slot"] for cap in self.components["root"]["caps"]}
        text = {cap[3] for c in restartable for _, cap in self.frames(c["name"])}
        trusted = {cap[3] for name in self.components for _, cap in self.frames(name)
                   if self.components[name]["trusted"] and name != "root"}
        for slot, (kind, rights, _, number) in self.live["root"].items():
            with self.subTest(slot=slot, type=kind):
                if slot in ROOT_BOOT_SLOTS or slot in own_slots or rights == 0:
                    continue
                is_own = ROOT_FIRST_OWN <= slot < ROOT_FIRST_PERSISTENT
                if kind == UNTYPED:
                    self.assertTrue(slot < ROOT_FIRST_OWN or slot >= ROOT_FIRST_PERSISTENT)
                elif is_own and kind in (FRAME, TABLE):
                    # its own pages, and the bundle, which it only reads
                    self.assertTrue(number not in trusted or rights_text(rights) == "r")
                elif kind == FRAME:
                    self.assertIn(number, memory | text, "memory of the trusted side")
                else:
                    self.assertIn(number, objects, "an object of the trusted side")

    def test_root_keeps_little_untyped(self):
        untyped = [slot for slot, cap in self.live["root"].items() if cap[0] == UNTYPED]
        restartable = [c for c in self.intended["components"] if c["restartable"]]
        regions = {m["base"] for m in self.intended["memories"] if m["owner"] and m["base"]}
        self.assertEqual(len(untyped), len(restartable) + len(regions))

    def test_root_kept_no_more_rights(self):
        """On an object that a restarted component gets, root has at most those rights (and the
        right to signal what a timer of that component signals, or where its faults go)."""
        restartable = [c for c in self.intended["components"] if c["restartable"]]
        for component in restartable:
            for cap in component["caps"]:
                number = self.live[component["name"]][cap["slot"]][3]
                for slot, live in self.live["root"].items():
                    if live[3] != number or slot < ROOT_FIRST_PERSISTENT or cap["type"] == "frame":
                        continue
                    allowed = set(cap["rights"])
                    allowed |= {"w"} if cap["type"] == "notification" else set()
                    with self.subTest(capability=cap["name"], slot=slot):
                        self.assertLessEqual(set(rights_text(live[1])), allowed)

    def numbers_of(self, components):
        objects, memory = set(), set()
        for component in components:
            for cap in component["caps"]:
                objects.add(self.live[component["name"]][cap["slot"]][3])
            for entry, page in self.expected_frames(component):
                memory |= self.named[(entry["memory"], page)]
        return objects, memory


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--board", default="virt-v8")
    LiveGraph.board = parser.parse_args().board
    unittest.main(argv=[sys.argv[0]])


if __name__ == "__main__":
    main()
