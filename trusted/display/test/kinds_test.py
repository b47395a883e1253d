#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Does the witness that reads the panel read every trusted screen, in every language, as what it is?

usage: kinds_test.py DISPLAY_SCREENS...    one program a language"""

import pathlib
import subprocess
import sys
import tempfile

from PIL import Image

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "scripts"))
from lib.witnesses import glyphs  # noqa: E402
from lib.witnesses import screen  # noqa: E402

# By the first word of a picture's name: (label, kind). The kinds of WORDED are told by words alone, at a second each.
KINDS = {"prompt": ("robin", "prompt"), "keypad": ("robin", "keypad"), "home": ("robin", "home"),
         "card": ("robin", "cards"), "call": ("robin", "call"), "result": ("robin", "outcome"),
         "stopped": ("robin", "stopped"), "legacy": ("linux", "linux")}
RED = ("emergency", "emergency")
INCOMING = ("robin", "incoming")
EXCEPTIONS = {"prompt-emergency": RED, "prompt-emergency-outline": RED, "call-emergency": RED,
              "call-emergency-trying": RED, "call-incoming": INCOMING, "call-incoming-outline": INCOMING,
              "call-incoming-rescuers": INCOMING, "call-incoming-second": INCOMING}
WORDED = ("result", "result-offer", "result-ended", "result-failed", "result-why-not", "result-why-no-tone", "card-3",
          "stopped-restarting")
PRICES = {"prompt-premium-armed": "1.99 per minute", "prompt-upto": "3.00 per minute", "call-active": "1.99 per minute"}
NUMBERS = {"prompt-premium-armed": "+499005123456", "prompt-20": "00881234567890123456", "prompt-fixed": "+493012345678",
           "prompt-mobile": "+491711234567", "prompt-plan": "115", "call-mobile": "01711234567",
           "prompt-3-rows": "01234567890123456789", "prompt-foreign": "+9601234567", "call-active": "09005123456",
           "prompt-emergency": "112", "call-emergency": "112", "keypad-premium": "+499009123456"}


def number(picture):
    sizes = screen.NUMBER_SIZES.get(screen.colour_label(picture), (56,))
    return "".join(glyphs.read_line(mask, size) for _, mask, size in screen.number_lines(picture, sizes))


def mistakes(folder):
    for path in sorted(pathlib.Path(folder).glob("*.ppm")):
        picture, name = Image.open(path).convert("RGB"), path.stem
        wanted = EXCEPTIONS.get(name) or KINDS[name.split("-")[0]]
        found = screen.glance(picture)
        reading = screen.read(picture) if name in WORDED or name in PRICES else None
        if name in WORDED:
            found = reading.label, screen.kind(reading)
        if found != wanted:
            yield f"{name} is read as {found}, not as {wanted}"
        if name in PRICES and reading.price != PRICES[name]:
            yield f"{name} says {PRICES[name]}, and '{reading.price}' was read"
        if name in NUMBERS and number(picture) != NUMBERS[name]:
            yield f"{name} shows {NUMBERS[name]}, and {number(picture)} was read"


def main():
    found = []
    for program in sys.argv[1:]:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([program, folder], check=True)
            found += [f"{pathlib.Path(program).name}: {text}" for text in mistakes(folder)]
    print("\n".join(found) or "every screen is read as what it is")
    return 1 if found or len(sys.argv) < 2 else 0


if __name__ == "__main__":
    sys.exit(main())
