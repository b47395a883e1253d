# SPDX-License-Identifier: BSD-2-Clause
"""The flash banks: U-Boot in bank 0; its environment and one FIT image in bank 1.

mkimage and mkenvimage do the work (U-Boot documentation, "Flat Image Tree (FIT)").
"""
import os
import pathlib
import shutil
import subprocess
import tempfile

from elf import ImageError

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
