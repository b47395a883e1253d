# SPDX-License-Identifier: BSD-2-Clause
"""The flash banks: U-Boot in bank 0; its environment and one FIT image in bank 1.

mkimage and mkenvimage do the work (U-Boot documentation, "Flat Image Tree (FIT)").
"""
import os
import pathlib
import shutil
import struct
import subprocess
import tempfile

from elf import ImageError
from guest import ARM64_MAGIC, ARM64_MAGIC_OFFSET

ITS = """/dts-v1/;
/ {{
    description = "Robin";
    #address-cells = <1>;
    images {{
{images}
        machine {{
            description = "for U-Boot, which wants one";
            data = /incbin/("machine.dtb");
            type = "flat_dt";
            arch = "{architecture}";
            compression = "none";
            hash {{ algo = "sha256"; }};
        }};
    }};
    configurations {{
        default = "phone";
        phone {{
            compatible = "{compatible}";
            kernel = "kernel";
            fdt = "machine";
            loadables = {loadables};
        }};
    }};
}};
"""
IMAGE = """        {name} {{
            description = "{name}";
            data = /incbin/("{name}");
            type = "{type}";
            arch = "{architecture}";
            os = "linux";
            compression = "none";
            load = <{base:#010x}>;
            entry = <{base:#010x}>;
            hash {{ algo = "sha256"; }};
        }};"""
# The device tree of a machine whose kernel reads none; U-Boot writes into it what it likes.
MACHINE = '/dts-v1/; / { compatible = "robin"; #address-cells = <2>; #size-cells = <2>; };\n'


# U-Boot puts an arm64 kernel where the header at its start wants it (arch/arm/lib/image.c, booti_setup).
ARM64_HEADER = struct.Struct("<8xQQQ")  # text_offset, image_size, flags
ARM64_ANYWHERE = 1 << 3
ARM64_BLOCK = 2 << 20


def arm64_place(kernel, load, ram_base):
    """Where U-Boot 2025.01 moves a kernel that was loaded at `load`, over whatever lies there."""
    offset, _, flags = ARM64_HEADER.unpack_from(kernel)
    base = load - offset if flags & ARM64_ANYWHERE else ram_base
    return (base + ARM64_BLOCK - 1) // ARM64_BLOCK * ARM64_BLOCK + offset


def check_arm64(kernel, load, ram_base):
    """Both Debian releases' U-Boot must start this kernel where it was linked: 2023.01 looks at no header."""
    if len(kernel) < 64 or struct.unpack_from("<I", kernel, ARM64_MAGIC_OFFSET)[0] != ARM64_MAGIC:
        raise ImageError("the kernel has no header of a Linux Image, and U-Boot 2025.01 would not start it")
    if ARM64_HEADER.unpack_from(kernel)[1] < len(kernel):
        raise ImageError("the header of the kernel says less than it is long, and U-Boot 2025.01 would cut it when it moves it")
    place = arm64_place(kernel, load, ram_base)
    if place != load:
        raise ImageError(f"U-Boot 2025.01 would move the kernel from {load:#010x} to {place:#010x}: the header of the "
                         f"kernel and the kernel's place in the manifest do not fit")


def run_tool(folder, *command):
    if shutil.which(command[0]) is None:
        raise ImageError(f"{command[0]} is not installed: run scripts/setup")
    # A fixed time: two builds are the same.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1", "TZ": "UTC"}
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True,
                            check=False)
    if result.returncode != 0:
        lines = (result.stderr or result.stdout).strip().splitlines() or ["no message"]
        raise ImageError(f"{command[0]} failed: {lines[-1]}")


def make_fit(board, parts):
    """parts: (name, base, bytes), the kernel first."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for part, _, data in parts:
            (folder / part).write_bytes(data)
        images = [IMAGE.format(name=part, base=base, architecture=board["architecture"],
                               type="kernel" if part == "kernel" else "firmware")
                  for part, base, _ in parts]
        loadables = ", ".join(f'"{part}"' for part, _, _ in parts[1:])
        (folder / "machine.dts").write_text(MACHINE)
        (folder / "fit.its").write_text(ITS.format(images="\n".join(images), loadables=loadables,
                                                   architecture=board["architecture"],
                                                   compatible=board["compatible"]))
        run_tool(folder, "dtc", "-q", "-I", "dts", "-O", "dtb", "-S", "4096", "-o", "machine.dtb",
                 "machine.dts")
        run_tool(folder, "mkimage", "-q", "-f", "fit.its", "fit.itb")
        return (folder / "fit.itb").read_bytes()


def make_environment(board):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        lines = [f"{key}={value}\n" for key, value in board["environment"].items()]
        (folder / "env.txt").write_text("".join(lines))
        run_tool(folder, "mkenvimage", "-s", hex(board["environment_bytes"]), "-o", "env.bin",
                 "env.txt")
        return (folder / "env.bin").read_bytes()


def write_bank(path, pieces, board):
    """pieces: (offset, bytes); the rest of the bank is zero and takes no room on the disk."""
    for offset, data in pieces:
        if offset + len(data) > board["bank_bytes"]:
            raise ImageError(f"{path.name} would have {offset + len(data)} bytes and the flash "
                             f"bank has {board['bank_bytes']}")
    temporary = path.with_suffix(".new")
    with open(temporary, "wb") as file:
        for offset, data in pieces:
            file.seek(offset)
            file.write(data)
        file.truncate(board["bank_bytes"])
    temporary.replace(path)


def write_banks(board, output, parts):
    """Returns what was written, by the names that the board's emulator file uses."""
    if board["architecture"] == "arm64":
        _, load, kernel = parts[0]
        check_arm64(kernel, load, board["ram"]["base"])
    fit = make_fit(board, parts)
    loader = pathlib.Path(board["boot_loader"])
    try:
        boot = loader.read_bytes()
    except OSError as error:
        raise ImageError(f"{loader}: cannot be read ({error.strerror}): run scripts/setup") from error
    write_bank(output / "bank0.bin", [(0, boot)], board)
    write_bank(output / "bank1.bin", [(0, make_environment(board)), (board["fit_offset"], fit)],
               board)
    return {"bank0": "bank0.bin", "bank1": "bank1.bin"}
