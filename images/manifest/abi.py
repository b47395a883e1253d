# SPDX-License-Identifier: BSD-2-Clause
"""The numbers that C has named, read out of its headers: calls, objects, rights, slots of root."""
import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parents[2]
HEADERS = [SOURCE / "kernel/include/abi/syscall.h", SOURCE / "kernel/include/abi/boot.h",
           SOURCE / "trusted" / "root" / "script.h"]
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
ENUM = re.compile(r"\benum\b[^{};]*\{(.*?)\}", re.DOTALL)
VALUE = re.compile(r"(\w+)(?:\s*=\s*(\d+|0x[0-9a-fA-F]+)(?:\s*<<\s*(\d+))?)?\s*$")


def read_enums(text):
    """{name: value} of every enumerator that is a number, a shifted one, or one more than the one before."""
    found = {}
    for body in ENUM.findall(COMMENT.sub("", text)):
        value = -1
        for part in body.split(","):
            match = VALUE.match(part.strip())
            if match is None:   # an expression, which nothing here asks for
                value = None
                continue
            name, number, shift = match.groups()
            value = int(number, 0) << int(shift or 0) if number else None if value is None else value + 1
            if value is not None:
                found[name] = value
    return found


NUMBERS = {}
for header in HEADERS:
    NUMBERS.update(read_enums(header.read_text()))
