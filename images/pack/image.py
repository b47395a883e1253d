#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Packs what the build made into the flash of a phone, or into the one ELF file that it boots from.

Writes bundle.bin, the files that are booted (bank0.bin and bank1.bin, or what flash.toml calls
them) and map.json (where in physical memory what lies) into the
output folder and prints the booted files' SHA-256. With --root ELF the bundle holds
that program in place of the phone: kernel tests and benchmarks. Does nothing when
the output folder already holds what would come out of the same words and files.
"""
import argparse
import fcntl
import hashlib
import json
import pathlib
import shutil
import sys
import tomllib

from bundle import Bundle, abi
from elf import Elf, ImageError
from flash import write_banks
from guest import Guest, device_tree, tree_files
from phone_elf import write_elf

SOURCE = pathlib.Path(__file__).resolve().parents[2]
WRITABLE = 2
TOOLS = ("dtc", "fdtget", "fdtput", "mkimage", "mkenvimage")


def read_board(name):
    path = SOURCE / "images" / name / "flash.toml"
    try:
        return tomllib.loads(path.read_text())
    except OSError as error:
        raise ImageError(f"there is no board '{name}': {path} cannot be read") from error


def guest_tree(arguments, board):
    return arguments.guest_tree or SOURCE / board["guest_dts"]


def make_guest(arguments, board):
    if not arguments.guest_kernel:
        return Guest()
    initrd = arguments.guest_initrd.stat().st_size if arguments.guest_initrd else 0
    dtb = device_tree(guest_tree(arguments, board), arguments.guest_append, initrd, arguments.guest_cmdline)
    return Guest(arguments.guest_kernel, arguments.guest_initrd, dtb, board.get("architecture", ""))


def kernel_read_only(path):
    """The kernel's own code and constants, from its ELF file."""
    if not path.exists():
        return []
    return [{"name": "kernel", "base": base, "bytes": len(data),
             "sha256": hashlib.sha256(data).hexdigest()}
            for base, _, data, _, flags in Elf(path).segments if data and not flags & WRITABLE]


def region(memories, name):
    found = next((m for m in memories if m["name"] == name), None)
    return {"base": found["base"], "bytes": found["bytes"]} if found else {"base": 0, "bytes": 0}


def write_map(arguments, board, bundle, guest, memories, files):
    """Writes down the facts of this image that the tests' witnesses need."""
    facts = {
        "board": arguments.board, "files": files, "slots": board["slots"],
        "pointer": board.get("pointer", "absolute"),
        "wire_log": region(memories, "wire_log"), "audit": region(memories, "audit_log"),
        "framebuffer": {**region(memories, "framebuffer"),
                        "width": board["framebuffer"]["width"],
                        "height": board["framebuffer"]["height"]},
        "input_ring": region(memories, "input_ring"), "guest_ram": region(memories, "guest_ram"),
        "read_only": kernel_read_only(arguments.build / "kernel" / "kernel.elf") +
        bundle.read_only(board["bundle"]["base"]),
        "guest": {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
                  for name, data in guest.files.items() if data},
        "sha256": {name: hashlib.sha256((arguments.output / name).read_bytes()).hexdigest()
                   for name in files.values()},
    }
    (arguments.output / "map.json").write_text(json.dumps(facts, indent=1) + "\n")
    return facts


def build(arguments, board):
    generated = arguments.build / "generated"
    graph = json.loads((generated / "manifest.json").read_text())
    board = {**board, **graph["map"]}
    guest = make_guest(arguments, board)
    components = arguments.components
    bundle = Bundle(arguments.root or components / "root.elf", board["bundle"]["bytes"])
    memories = []
    if not arguments.root or arguments.with_manifest:
        bundle.add_manifest(generated, components, guest)
        memories = graph["memories"]
    packed = bundle.finish()
    parts = [("kernel", board["kernel"]["base"], arguments.kernel.read_bytes()),
             ("bundle", board["bundle"]["base"], packed)]
    parts += [(m["image"], m["base"], guest.files[m["image"]]) for m in memories
              if m["kind"] == "image" and guest.files[m["image"]]]
    (arguments.output / "bundle.bin").write_bytes(packed)
    write = write_elf if "elf" in board else write_banks
    return write_map(arguments, board, bundle, guest, memories, write(board, arguments.output, parts))


# --- what it was made of ------------------------------------------------------------------------


def used(arguments, board):
    """Every file that an image is made of, the programs that make it among them."""
    named = [arguments.kernel, arguments.build / "kernel" / "kernel.elf", arguments.root, arguments.guest_kernel,
             arguments.guest_initrd, SOURCE / "images" / arguments.board / "flash.toml"]
    if "boot_loader" in board:
        named.append(pathlib.Path(board["boot_loader"]))
    if arguments.guest_kernel:
        named += tree_files(guest_tree(arguments, board))
    if not arguments.root or arguments.with_manifest:
        named += arguments.components.glob("*.elf")
    named += abi.HEADERS
    named += (arguments.build / "generated").glob("manifest.*")
    named += [pathlib.Path(tool) for tool in map(shutil.which, TOOLS) if tool]
    return [path for path in named if path] + [path for folder in ("manifest", "pack")
                                               for path in (SOURCE / "images" / folder).glob("*.py")]


def state(paths):
    """Size and dates of each file: an upgraded package brings an older date, but changes the inode at another time."""
    found = {}
    for path in paths:
        try:
            stat = path.stat()
            found[str(path)] = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
        except OSError:
            found[str(path)] = None
    return found


def build_if_changed(arguments):
    """The facts of the image in the output folder, which is made anew unless it is what would come out."""
    board = read_board(arguments.board)
    arguments.output.mkdir(parents=True, exist_ok=True)
    made, facts = arguments.output / "made-of.json", arguments.output / "map.json"
    with open(arguments.output / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        before = {"words": {name: str(value) for name, value in vars(arguments).items()},
                  "files": state(used(arguments, board))}
        if made.exists() and facts.exists():
            old, found = json.loads(made.read_text()), json.loads(facts.read_text())
            if old == {**before, "output": state(arguments.output / name for name in found["sha256"])}:
                return found
        made.unlink(missing_ok=True)
        found = build(arguments, board)
        before["output"] = state(arguments.output / name for name in found["sha256"])
        made.write_text(json.dumps(before, indent=1) + "\n")
        return found


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    path = pathlib.Path
    parser.add_argument("--board", default="virt-v8")
    parser.add_argument("--build", type=path, help="the board's build folder")
    parser.add_argument("--output", type=path, help="default: BUILD/images")
    parser.add_argument("--kernel", type=path, help="default: BUILD/kernel/kernel.bin")
    parser.add_argument("--root", type=path, help="this program in place of root")
    parser.add_argument("--with-manifest", action="store_true",
                        help="with --root: it reads the manifest as root does")
    parser.add_argument("--components", type=path, help="folder of the components' ELF files")
    parser.add_argument("--guest-kernel", type=path)
    parser.add_argument("--guest-initrd", type=path)
    parser.add_argument("--guest-tree", type=pathlib.Path,
                        help="device tree source in place of the board's own for its guest")
    parser.add_argument("--guest-append", default="", help="more words for the guest's command line")
    parser.add_argument("--guest-cmdline", help="the guest's command line, in place of the words in its device tree")
    arguments = parser.parse_args()
    arguments.build = arguments.build or SOURCE / "build" / arguments.board
    arguments.output = arguments.output or arguments.build / "images"
    arguments.kernel = arguments.kernel or arguments.build / "kernel" / "kernel.bin"
    arguments.components = arguments.components or arguments.build / "components"
    return arguments


def main():
    arguments = parse_arguments()
    try:
        facts = build_if_changed(arguments)
    except ImageError as error:
        sys.exit(f"image: {error}.")
    except OSError as error:
        sys.exit(f"image: {error.filename}: {error.strerror}.")
    for name, digest in facts["sha256"].items():
        print(f"{digest}  {arguments.output / name}")


if __name__ == "__main__":
    main()
