#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""The image builder: layout of the bundle, and one sentence for what cannot be built.

The programs are made here, byte by byte, so that no compiler is needed.
"""
import gzip
import json
import os
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zlib

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[2]
TOOL = HERE.parent / "image.py"
sys.path[:0] = [str(HERE.parent), str(SOURCE / "images" / "manifest")]
import script  # noqa: E402
from elf import Elf, ImageError  # noqa: E402
from phone_elf import pack_elf  # noqa: E402

BASE = 0x00400000
BUNDLE_BYTES = 0x200000  # images/virt-v8/flash.toml
CHOSEN = b'/ { chosen { bootargs = "built in"; linux,initrd-start = <0 0>; linux,initrd-end = <0 0>; }; };\n'


def make_elf(text=0x1000, rodata=0x1000, data=0x10, bss=0x20):
    """A component as component.ld lays it out: three segments and the symbols of their ends."""
    ends = [BASE + text, BASE + text + rodata]
    data_end = (ends[1] + data + bss + 0xfff) & ~0xfff
    symbols = {"image_text_end": ends[0], "image_rodata_end": ends[1],
               "image_data_stored_end": ends[1] + data, "image_data_end": data_end}
    segments = [(BASE, b"T" * text, text, 5), (ends[0], b"R" * rodata, rodata, 4),
                (ends[1], b"D" * data, data + bss, 6)]
    body, programs = bytearray(bytes(64 + 3 * 56)), b""
    for address, stored, memory, flags in segments:
        programs += struct.pack("<IIQQQQQQ", 1, flags, len(body), address, address, len(stored),
                                memory, 0x1000)
        body += stored
    names, table = b"\0", bytes(24)
    for name, value in symbols.items():
        table += struct.pack("<IBBHQQ", len(names), 0, 0, 1, value, 0)
        names += name.encode() + b"\0"
    table_at, names_at = len(body), len(body) + len(table)
    body += table + names
    sections_at = len(body)
    body += bytes(64) + struct.pack("<IIQQQQIIQQ", 0, 2, 0, 0, table_at, len(table), 2, 0, 8, 24)
    body += struct.pack("<IIQQQQIIQQ", 0, 3, 0, 0, names_at, len(names), 0, 0, 1, 0)
    body[:64] = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack(
        "<HHIQQQIHHHHHH", 2, 183, 1, BASE, 64, sections_at, 0, 64, 56, 3, 64, 3, 0)
    body[64:64 + len(programs)] = programs
    return bytes(body)


def image_header(text_offset=0, image_size=0x6000, flags=0xa, magic=b"ARM\x64"):
    """Linux, Documentation/arch/arm64/booting.rst."""
    return struct.pack("<IIQQQQQQ4sI", 0x14000010, 0, text_offset, image_size, flags, 0, 0, 0, magic, 0)


class Build(unittest.TestCase):
    """One build folder as CMake leaves it, with made-up programs."""

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        generated = self.folder / "generated"
        (self.folder / "components").mkdir()
        (self.folder / "kernel").mkdir()
        self.write_kernel(image_header())
        generated.mkdir()
        subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", generated / "m.dtb",
                        SOURCE / "images" / "virt-v8" / "manifest.dts"], check=True)
        subprocess.run([sys.executable, SOURCE / "images" / "manifest" / "manifest.py",
                        "--output", generated, generated / "m.dtb"], check=True)
        self.graph = json.loads((generated / "manifest.json").read_text())
        for component in self.graph["components"]:
            self.write_component(component["name"], make_elf())

    def write_component(self, name, raw):
        (self.folder / "components" / f"{name}.elf").write_bytes(raw)

    def write_kernel(self, header):
        (self.folder / "kernel" / "kernel.bin").write_bytes(header + b"K" * (5000 - len(header)))

    def file(self, name, data):
        (self.folder / name).write_bytes(data)
        return str(self.folder / name)

    def run_tool(self, *more):
        return subprocess.run([sys.executable, str(TOOL), "--build", str(self.folder), *more],
                              capture_output=True, text=True, check=False)

    def build(self, *more):
        result = self.run_tool(*more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return (self.folder / "images" / "bundle.bin").read_bytes()

    def refuse(self, reason, *more):
        result = self.run_tool(*more)
        self.assertNotEqual(result.returncode, 0)
        self.assertEqual(len(result.stderr.strip().splitlines()), 1, result.stderr)
        self.assertRegex(result.stderr, reason)

    def test_bundle_header(self):
        bundle = self.build()
        header = struct.unpack_from("<16I", bundle)
        self.assertEqual(header[:3], (0x4e424f52, 1, len(bundle)))
        self.assertEqual(header[3], zlib.crc32(bundle[64:]))
        root = bundle[header[4]:]
        self.assertEqual(header[5:9], (0x1000, 0x1000, 0x1000, BASE))
        self.assertEqual(root[:1] + root[0x1000:0x1001] + root[0x2000:0x2010] + root[0x2010:0x2011],
                         b"TR" + b"D" * 16 + b"\0")

    def test_script_header(self):
        bundle = self.build()
        offset, length = struct.unpack_from("<16I", bundle)[9:11]
        header = script.HEADER.unpack_from(bundle, offset)
        regions, components, steps = header[3:6]
        self.assertEqual(header[:3], (script.MAGIC, script.VERSION, length))
        self.assertEqual(length, script.HEADER.size + regions * script.REGION.size +
                         components * script.COMPONENT.size + steps * script.STEP.size)
        ends = [first + count for first, count in zip(header[6::2], header[7::2])]
        self.assertEqual(list(header[6::2]), [0] + ends[:-1], "the sections follow each other")
        self.assertEqual(ends[-1], steps)

    def steps(self, bundle, wanted):
        """(count, arguments) of all steps that make one call."""
        at = struct.unpack_from("<16I", bundle)[9]
        header = script.HEADER.unpack_from(bundle, at)
        at += script.HEADER.size + header[3] * script.REGION.size
        at += header[4] * script.COMPONENT.size
        steps = [script.STEP.unpack_from(bundle, at + i * script.STEP.size)
                 for i in range(header[5])]
        return [(step[4], step[5:]) for step in steps if step[0] == script.CALLS[wanted]]

    def test_data_is_filled_from_the_components_own(self):
        bundle = self.build("--guest-kernel", self.file("raw", b"G" * 100))
        fills = self.steps(bundle, "fill")
        self.assertEqual(len(fills), len(self.graph["components"]) - 1)
        for _, (offset, length, *_) in fills:
            self.assertEqual(length, 16)
            self.assertEqual(bundle[offset - 1:offset + length], b"R" + b"D" * 16)
        offsets = [arguments[0] for _, arguments in fills]
        self.assertEqual(len(set(offsets)), len(offsets))

    def test_every_page_of_the_bundle_is_a_frame(self):
        bundle = self.build()
        count, arguments = self.steps(bundle, "retype")[0]
        self.assertEqual((count, arguments[3]), (len(bundle) // 4096, 0))

    def guest_blocks(self, bundle):
        """How many blocks of each guest image are made frames of, by their place in the region."""
        slot = script.FIRST_UNTYPED + 6  # images/virt-v8/manifest.dts, regions/guest_images
        return {arguments[3]: count for count, arguments in self.steps(bundle, "retype")
                if arguments[0] == slot}

    def guest_info(self, bundle):
        return struct.unpack_from("<8I", bundle, bundle.index(struct.pack("<I", 0x54455547)))

    def test_no_guest(self):
        bundle = self.build()
        self.assertEqual(self.guest_blocks(bundle), {})
        self.assertEqual(self.steps(bundle, "revoke"), [], "nothing is ever restarted")
        self.assertEqual(self.guest_info(bundle), (0x54455547, 0, 0, 0, 0, 0, 0, 0))

    def test_guest_kinds(self):
        raw = self.file("raw", b"G" * 0x200001)
        linux = self.file("linux", bytes(56) + b"ARM\x64" + bytes(100))
        bundle = self.build("--guest-kernel", raw, "--guest-initrd", self.file("rd", b"I" * 77))
        self.assertEqual(self.guest_blocks(bundle), {0: 2, 0x4000000: 1, 0x7e00000: 1})
        self.assertEqual(self.guest_info(bundle)[:4], (0x54455547, 2, 0x200001, 77))
        self.assertEqual(self.guest_info(self.build("--guest-kernel", linux))[1], 1)
        packed = self.file("zimage", bytes(0x24) + struct.pack("<III", 0x016f2818, 0, 0x200) + bytes(0x1d0))
        self.assertEqual(self.guest_info(self.build("--board", "virt-v7", "--guest-kernel", packed))[1], 1)
        self.refuse("zimage: is a Linux for another architecture", "--guest-kernel", packed)
        self.refuse("linux: is a Linux for another architecture", "--board", "virt-v7", "--guest-kernel", linux)

    def test_guest_tree(self):
        raw = self.file("raw", b"G" * 100)
        self.build("--guest-kernel", raw, "--guest-initrd", self.file("rd", b"I" * 0x123),
                   "--guest-append", "robin.test=1 quiet")
        fit = (self.folder / "images" / "bank1.bin").read_bytes()
        # Not assertIn: on failure it would print the whole flash.
        self.assertTrue(b" robin.test=1 quiet\0" in fit, "the words are not in the command line")
        self.assertTrue(struct.pack(">II", 0, 0x48000123) in fit, "the RAM disk's end is missing")

    def test_same_input_same_image(self):
        self.build()
        first = (self.folder / "images" / "bank1.bin").read_bytes()
        self.build("--output", str(self.folder / "again"))
        self.assertTrue(first == (self.folder / "again" / "bank1.bin").read_bytes())

    def test_map_names_the_read_only_memory(self):
        bundle = self.build()
        facts = json.loads((self.folder / "images" / "map.json").read_text())
        names = [piece["name"] for piece in facts["read_only"]]
        self.assertIn("dialler", names)
        self.assertNotIn("vmm", names)
        for piece in facts["read_only"]:
            offset = piece["base"] - 0x40600000
            self.assertEqual(bundle[offset:offset + 1], b"T")
        self.assertEqual(facts["wire_log"], {"base": 0x41000000, "bytes": 65536})

    def test_another_root(self):
        bundle = self.build("--root", self.file("bench.elf", make_elf(text=0x3000)))
        header = struct.unpack_from("<16I", bundle)
        self.assertEqual(header[5], 0x3000)
        self.assertEqual(header[9:11], (0, 0), "there is no manifest")

    # --- what is packed again --------------------------------------------------------------------------

    def packed_at(self):
        return (self.folder / "images" / "bank1.bin").stat().st_ctime_ns

    def test_the_same_is_packed_once(self):
        said = self.run_tool().stdout
        before = self.packed_at()
        self.assertEqual(self.run_tool().stdout, said)
        self.assertEqual(self.packed_at(), before)

    def test_each_input_that_changes_packs_again(self):
        kernel = self.file("raw", b"G" * 100)
        tree = self.file("guest.dts", b'/dts-v1/;\n/include/ "more.dtsi"\n')
        self.file("more.dtsi", CHOSEN)
        words = ("--guest-kernel", kernel, "--guest-tree", tree)
        self.build(*words)
        for name in ("kernel/kernel.bin", "components/root.elf", "components/modem.elf", "generated/manifest.json", "raw",
                     "guest.dts", "more.dtsi", "images/bank0.bin", "images/bank1.bin"):
            before = self.packed_at()
            path, old = self.folder / name, (self.folder / name).stat()
            path.write_bytes(path.read_bytes())
            os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))  # a package's file has the date of the package
            self.build(*words)
            self.assertNotEqual(self.packed_at(), before, name)

    def test_other_words_pack_again(self):
        kernel = self.file("raw", b"G" * 100)
        self.build("--guest-kernel", kernel)
        before = self.packed_at()
        self.build("--guest-kernel", kernel, "--guest-append=quiet")
        self.assertNotEqual(self.packed_at(), before)

    def test_an_upgraded_boot_loader_packs_again(self):
        """In a copy of the tools and boards, as the boot loader's place is the board's."""
        loader = pathlib.Path(self.file("u-boot.bin", b"old"))
        for name in ("images/pack", "images/manifest", "images/virt-v8", "kernel/include", "trusted/root"):
            shutil.copytree(SOURCE / name, self.folder / "tree" / name)
        flash = self.folder / "tree" / "images" / "virt-v8" / "flash.toml"
        flash.write_text(re.sub('boot_loader = ".*"', f'boot_loader = "{loader}"', flash.read_text()))
        command = [sys.executable, self.folder / "tree" / "images" / "pack" / "image.py", "--build", self.folder]
        subprocess.run(command, check=True, capture_output=True)
        loader.with_suffix(".new").write_bytes(b"new")
        os.utime(loader.with_suffix(".new"), (1, 1))
        loader.with_suffix(".new").replace(loader)
        subprocess.run(command, check=True, capture_output=True)
        self.assertEqual((self.folder / "images" / "bank0.bin").read_bytes()[:3], b"new")

    # --- the guest's words -------------------------------------------------------------------------------

    def words(self, *more):
        tree = self.file("guest.dts", b"/dts-v1/; " + CHOSEN)
        self.build("--guest-kernel", self.file("raw", b"G" * 100), "--guest-tree", tree, *more)
        image = (self.folder / "images" / "bank1.bin").read_bytes()
        return re.search(rb"((?:built|mine)[a-z ]*)\0", image[0x80000:]).group(1)

    def test_words_are_added_and_replaced(self):
        self.assertEqual(self.words(), b"built in")
        self.assertEqual(self.words("--guest-append=more"), b"built in more")
        self.assertEqual(self.words("--guest-cmdline=mine"), b"mine")
        self.assertEqual(self.words("--guest-cmdline=mine", "--guest-append=more"), b"mine more")

    # --- what cannot be built ------------------------------------------------------------------------

    def test_kernel_that_a_boot_loader_would_not_start_or_move(self):
        """The rows that were seen on U-Boot 2025.01, and what its formula says of their kind."""
        for header, reason in ((image_header(magic=b"none"), "no header of a Linux Image"),
                               (image_header(flags=2), "move the kernel from 0x40400000 to 0x40000000"),
                               (image_header(text_offset=0x80000), "to 0x40480000"),
                               (image_header(image_size=0), "less than it is long")):
            self.write_kernel(header)
            self.refuse(reason)
        self.write_kernel(image_header(flags=2, text_offset=0x400000))
        self.build()

    def test_missing_component(self):
        (self.folder / "components" / "modem.elf").unlink()
        self.refuse("modem.elf: cannot be read")

    def test_damaged_component(self):
        self.write_component("audit", b"not a program")
        self.refuse("audit.elf: is not a little-endian ELF file")

    def test_truncated_component(self):
        whole = make_elf()
        for length in (40, 200, 0x1800, len(whole) - 10):
            self.write_component("audit", whole[:length])
            self.refuse("audit.elf: is damaged or cut off")

    def test_bundle_too_large(self):
        self.write_component("display", make_elf(rodata=BUNDLE_BYTES - 0x100000, text=0x100000))
        self.refuse("the bundle has [0-9]+ bytes and the board has room for 2097152")

    def test_guest_kernel_too_large(self):
        huge = self.folder / "huge"
        with open(huge, "wb") as file:
            file.truncate(0x04000001)
        self.refuse("huge: has 67108865 bytes", "--guest-kernel", str(huge))

    def test_flash_too_small(self):
        names = [self.folder / "kernel.guest", self.folder / "initrd.guest"]
        for name in names:
            with open(name, "wb") as file:
                file.truncate(0x03000000)
        self.refuse("bank1.bin would have [0-9]+ bytes", "--guest-kernel", str(names[0]),
                    "--guest-initrd", str(names[1]))

    def test_missing_guest(self):
        self.refuse("nowhere: cannot be read", "--guest-kernel", "/nowhere")

    def test_empty_guest(self):
        self.refuse("is empty", "--guest-kernel", self.file("empty", b""))

    def test_truncated_guest(self):
        """An EFI-stub Image whose one section reaches 0x400 bytes, whole and cut off."""
        header = bytearray(0x200)
        header[0:2] = b"MZ"
        struct.pack_into("<I", header, 0x3c, 0x40)
        header[0x40:0x44] = b"PE\0\0"
        struct.pack_into("<H", header, 0x40 + 6, 1)
        struct.pack_into("<II", header, 0x40 + 24 + 16, 0x200, 0x200)
        whole = bytes(header) + bytes(0x200)
        self.build("--guest-kernel", self.file("whole", whole))
        self.refuse("cut: is truncated, 17 bytes are missing", "--guest-kernel", self.file("cut", whole[:-17]))

    def test_truncated_zimage(self):
        whole = bytes(0x24) + struct.pack("<III", 0x016f2818, 0x10, 0x210) + bytes(0x1d0)
        self.build("--board", "virt-v7", "--guest-kernel", self.file("whole", whole))
        self.refuse("cut: is truncated, 17 bytes are missing", "--board", "virt-v7",
                    "--guest-kernel", self.file("cut", whole[:-17]))

    def test_damaged_initrd(self):
        kernel, packed = self.file("raw", b"G" * 100), gzip.compress(bytes(range(256)) * 40)
        self.build("--guest-kernel", kernel, "--guest-initrd", self.file("rd", packed + b"070701 more"))
        for name, data in (("short", packed[:-9]), ("wrong", packed[:40] + b"\xff" * 9 + packed[49:])):
            self.refuse(f"{name}: is truncated or damaged", "--guest-kernel", kernel, "--guest-initrd",
                        self.file(name, data))

    def test_unknown_board(self):
        self.refuse("there is no board 'toaster'", "--board", "toaster")


class DamagedElf(unittest.TestCase):
    def test_without_symbols(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(make_elf())
            file.flush()
            with self.assertRaisesRegex(ImageError, "has no symbol 'nothing'"):
                Elf(pathlib.Path(file.name)).symbol("nothing")


class OneFile(unittest.TestCase):
    """The phone as one ELF file: what a loader finds in it."""

    def read(self, raw):
        with tempfile.NamedTemporaryFile() as file:
            file.write(raw)
            file.flush()
            return Elf(pathlib.Path(file.name))

    def test_every_part_at_its_place(self):
        parts = [("kernel", 0x80400000, b"K" * 1001), ("bundle", 0x80600000, b"B" * 33),
                 ("guest-kernel", 0x88000000, b"G" * 7)]
        phone = self.read(pack_elf(parts))
        self.assertEqual(phone.entry, 0x80400000)
        self.assertEqual([(pa, va, data, memory) for pa, va, data, memory, _ in phone.segments],
                         [(base, base, data, len(data)) for _, base, data in parts])

    def test_parts_that_overlap(self):
        with self.assertRaisesRegex(ImageError, "kernel has 4097 bytes and would overlap bundle"):
            pack_elf([("kernel", 0x80400000, bytes(4097)), ("bundle", 0x80401000, b"B")])


if __name__ == "__main__":
    unittest.main()
