# SPDX-License-Identifier: BSD-2-Clause
"""Where things are on the panel, by name. The table is data (places.json), one entry per board panel size; it must
agree with trusted/display's layout table, which a test checks."""

import json
import pathlib

_TABLE = json.loads((pathlib.Path(__file__).parent / "places.json").read_text())
NAMES = tuple(_TABLE["480x800"])


def parse(words):
    """A place as a scenario writes it: a name, or X and Y. None if it is neither."""
    if len(words) == 1 and words[0] in NAMES:
        return words[0]
    if len(words) == 2 and all(word.isdigit() for word in words):
        return int(words[0]), int(words[1])
    return None


def box(name, size="480x800"):
    return tuple(_TABLE[size][name])


def point(place, size="480x800"):
    """The middle of a named place, or the point itself."""
    if isinstance(place, tuple):
        return place
    x, y, width, height = _TABLE[size][place]
    return x + width // 2, y + height // 2


def contains(name, at, size="480x800"):
    x, y, width, height = _TABLE[size][name]
    return x <= at[0] < x + width and y <= at[1] < y + height
