# SPDX-License-Identifier: BSD-2-Clause
"""Where things are on the panel, by name. The places come from the display server's own layout table; evidence they
are not: what is seen there is read off the picture."""

from lib.phone.board import ROOT

LAYOUTS = ROOT / "trusted" / "display" / "tables"
_BOXES = {"bar": "BAR", "confirm": "CONFIRM", "refuse": "REFUSE", "hang-up": "HANG_UP", "tones": "TONES",
          "answer": "ANSWER", "decline": "DECLINE", "offer": "OFFER", "close": "CLOSE", "call": "PAD_CALL",
          "erase": "PAD_ERASE", "home": "PAD_HOME", "keypad": "HOME_KEYPAD", "restart": "HOME_RESTART", "block": "HOME_BLOCK",
          "start": "STOPPED_START", "cards": "HOME_CARDS", "practise": "HOME_PRACTISE", "back": "HOME_BACK", "next": "CARD_NEXT",
          "skip": "CARD_SKIP"}
_KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "star", "0", "hash")  # PAD_KEY.0 to PAD_KEY.11
_BOXES.update({f"key-{name}": f"PAD_KEY.{index}" for index, name in enumerate(_KEYS)})
NAMES = tuple(_BOXES)
# No buttons: where the log's head stands, and what a prompt and the keypad show.
_AREAS = {"head": "HOME_HEAD", "bar-right": "BAR_RIGHT", "countdown": "COUNTDOWN",
          "typed": "PAD_NUMBER", "typed-price": "PAD_BAND"}


def _load(size):
    boxes = {}
    for line in (LAYOUTS / f"{size}.txt").read_text(encoding="utf-8").splitlines():
        words = line.split()
        if words[:1] == ["box"] and len(words) == 6:
            boxes[words[1]] = tuple(map(int, words[2:]))
    return {name: boxes[box] for name, box in (*_BOXES.items(), *_AREAS.items())}


_TABLE = {"480x800": _load("480x800")}
HEAD = _TABLE["480x800"]["head"]


def parse(words):
    """A place as a scenario writes it: a name, or X and Y. None if it is neither."""
    if len(words) == 1 and words[0] in NAMES:
        return words[0]
    if len(words) == 2 and all(word.isdigit() for word in words):
        return int(words[0]), int(words[1])
    return None


def box(name, size="480x800"):
    return _TABLE[size][name]


def point(place, size="480x800"):
    """The middle of a named place, or the point itself."""
    if isinstance(place, tuple):
        return place
    x, y, width, height = _TABLE[size][place]
    return x + width // 2, y + height // 2


def contains(name, at, size="480x800"):
    x, y, width, height = _TABLE[size][name]
    return x <= at[0] < x + width and y <= at[1] < y + height
