# SPDX-License-Identifier: BSD-2-Clause
"""Witness 2: the panel, as QEMU scans it out. The trust bar is judged by its colour and by its words, which must
agree; the number is read twice, by tesseract and by the font's glyphs. Nothing here asks the phone."""

import dataclasses
import hashlib
import os
import re
import subprocess

from PIL import Image

from lib.scenario import numbers
from lib.witnesses import glyphs

BAR_HEIGHT = 48
FRAME = 8                      # the coloured rim round a trusted screen, and a little
BAR_COLOURS = {"robin": (0x00, 0x3A, 0x70), "linux": (0xD9, 0xD9, 0xD9), "emergency": (0x9B, 0x1C, 0x31)}
BAND_COLOUR = (0xFF, 0xB0, 0x00)
NUMBER_SIZES = {"emergency": (120,)}   # type sizes that only numbers have, by label; 56 elsewhere
NUMBER_AREA = (56, 548)        # rows in which a number may stand
HEAD_SIZE = 26                 # type size of the log's head on the home screen
NEAR = 24                      # how far a colour channel may be off
GUARD_SECONDS = 300            # for tesseract, however busy the computer


@dataclasses.dataclass(frozen=True)
class Reading:
    """What one picture says."""
    label: str                 # robin, linux, emergency, or what was wrong with the bar
    words: str                 # everything tesseract read below the bar, one line of text
    bar_words: str
    number_glyphs: str         # "" when there is none
    number_ocr: str
    price: str                 # "1.99 per minute", "" when there is none
    picture: str = ""          # file name, for the report
    shape: str = ""            # which screen its buttons make it, "" when they tell nothing

    def number(self):
        """The number on which both readers agree; a code is read by its glyphs alone."""
        if numbers.is_code(self.number_glyphs.lstrip("+")):
            return self.number_glyphs
        return self.number_glyphs if self._ocr_agrees() else ""

    def disagreement(self):
        """A sentence when the two readers of the number contradict each other."""
        if "?" in self.number_glyphs:
            return f"the glyphs read '{self.number_glyphs}': not every symbol is one of the font's"
        if numbers.is_code(self.number_glyphs.lstrip("+")) or self._ocr_agrees():
            return ""
        return f"tesseract reads '{self.number_ocr}', the glyphs read '{self.number_glyphs}'"

    def _ocr_agrees(self):
        return self.number_ocr.lstrip("+") == self.number_glyphs.lstrip("+")

    def is_trusted(self):
        return self.label in ("robin", "emergency")


def read(picture, name=""):
    """Reads a whole picture; about half a second."""
    bar = picture.crop((0, 0, picture.width, BAR_HEIGHT))
    label, bar_words = _label(bar)
    lines = number_lines(picture, NUMBER_SIZES.get(colour_label(picture), (56,)))
    by_glyphs = "".join(glyphs.read_line(mask, size) for _, mask, size in lines)
    by_ocr = "".join(_read_digits(mask) for _, mask, size in lines)
    words = _ocr(picture.crop((0, BAR_HEIGHT, picture.width, picture.height)), psm=11)
    band = cost_band(picture)
    price_words = _ocr(picture.crop(band), psm=6) if band else words
    return Reading(label, words, bar_words, by_glyphs, by_ocr, _price(price_words), name, _shape(picture))


# What a screen is, by the colours of its buttons (trusted/display: layout, theme): every point must have one of the
# colours. The first that fits holds.
_SOLID, _KEY, _RED, _INK = (0x00, 0x5A, 0x9C), (0xF0, 0xF3, 0xF6), (0x9B, 0x1C, 0x31), (0x11, 0x11, 0x11)
_WHITE, _BLUE = (0xFF, 0xFF, 0xFF), BAR_COLOURS["robin"]
_SHAPES = (
    ("keypad", (((180, 434), (_KEY,)), ((326, 521), (_KEY,)), ((34, 700), (_KEY,)))),
    ("cards", (((60, 612), (_SOLID,)), ((60, 712), (_KEY,)))),
    ("home", (((60, 84), (_SOLID,)), ((60, 640), (_KEY,)))),
    ("prompt", (((25, 608), (_SOLID,)), ((25, 720), (_INK,)))),
    ("stopped", (((60, 420), (_SOLID,)), ((60, 540), (_KEY,)))),
    ("call", (((25, 700), (_RED,)), ((25, 740), (_RED,)))),
    ("incoming", (((60, 600), (_BLUE,)), ((240, 660), (_BLUE,)), ((26, 748), (_WHITE,)))),
)
# Or by words that only it has (trusted/display/tables/en.txt, de.txt), as tesseract reads them: umlauts often wrongly.
_WORDS = (
    ("prompt", r"wants to|asks for|practice call|you are calling|m.chte|sie rufen an|.bungsanruf"),
    ("stopped", r"linux (has stopped|is restarting|ist aus|startet neu).*(without it|ohne linux)"),
    ("outcome", r"not called|not done|nicht ausgef|call ended|call failed|nothing was dialled|practice over|missed call|^\W*busy"
                r"|nicht angerufen|verpasster anruf|anruf beendet|fehlgeschlagen|bung beendet|^\W*besetzt"),
    ("home", r"last calls|practi[sc]e|how it works|letzte anrufe|so geht es"),
    ("cards", r"two sides|you see what|look at the bar|zwei seiten|was sie sehen|achten sie"),
    ("call", r"hang up|so far|asked for by|dialled by you|calling|ringing|in call|auflegen|bisher etwa|von linux verlangt"),
    ("keypad", r"enter a number|looking up|nummer eingeben|preis wird"),
)


def kind(reading):
    """linux, prompt, emergency, call, incoming, outcome, home, cards, keypad, stopped (what stands where Linux would);
    "unknown" for anything else."""
    if reading.label in ("linux", "emergency"):
        return reading.label
    words = reading.words.lower()
    return reading.shape or next((name for name, pattern in _WORDS if re.search(pattern, words)), "unknown")


def _shape(picture):
    return next((name for name, points in _SHAPES
                 if all(picture.getpixel(at) in colours for at, colours in points)), "")


def glance(picture):
    """(label by colour, kind by shape, "" if only reading tells): quick enough to poll."""
    label = colour_label(picture)
    return label, label if label in ("linux", "emergency") else _shape(picture)


def is_costly(reading):
    """A prompt that names a price, or cannot name one, wants a hold."""
    doubtful = r"hold to|halten|unknown|unbekannt|foreign|abroad|ausland|satell"
    return bool(reading.price) or bool(re.search(doubtful, reading.words.lower()))


def read_head(picture, box):
    """The head of the audit log on the home screen, by the font's glyphs: hexadecimal digits, gaps dropped."""
    x, y, width, height = box
    area = picture.crop((x, y, x + width, y + height))
    mask = glyphs.ink(area, _paper(area))
    return "".join(glyphs.read_line(mask.crop((0, top, mask.width, bottom)), HEAD_SIZE, "0123456789abcdef")
                   for top, bottom in _runs(mask) if bottom - top > HEAD_SIZE // 2)


def colour_label(picture):
    """The trust bar's label by colour alone: quick enough to poll."""
    bar = picture.crop((0, 0, picture.width, BAR_HEIGHT))
    counts = {name: _near_count(bar, colour) for name, colour in BAR_COLOURS.items()}
    name = max(counts, key=counts.get)
    return name if counts[name] > 0.4 * bar.width * bar.height else "none"


def _label(bar):
    """By colour and by words; a bar on which they contradict each other has no label."""
    colour = colour_label(bar)
    words = _ocr(_enlarged(bar), psm=7)
    spoken = "linux" if "LINUX" in words.upper() else "robin" if "ROBIN" in words.upper() else "none"
    agrees = spoken == colour or (colour == "emergency" and spoken == "robin")
    return (colour if agrees else f"contradiction: colour {colour}, words {spoken}"), words


def number_lines(picture, sizes=(56,)):
    """(top, ink, type size) of every line that is set in a size that only numbers have."""
    area = picture.crop((FRAME, NUMBER_AREA[0], picture.width - FRAME, NUMBER_AREA[1]))
    background = _paper(area)
    mask = glyphs.ink(area, background)
    found = []
    for top, bottom in _runs(mask):
        size = _type_size(bottom - top, sizes)
        line = mask.crop((0, top, mask.width, bottom))
        if size and line.histogram()[255] < 0.6 * line.width * line.height:
            found.append((NUMBER_AREA[0] + top, line, size))
    return found


def cost_band(picture):
    """The box of the amber cost band, or None."""
    column = picture.crop((FRAME, BAR_HEIGHT, FRAME + 4, picture.height)).resize((1, picture.height - BAR_HEIGHT))
    rows = [y for y in range(column.height) if _near(column.getpixel((0, y)), BAND_COLOUR)]
    if not rows:
        return None
    return (FRAME, BAR_HEIGHT + rows[0], picture.width - FRAME, BAR_HEIGHT + rows[-1] + 1)


def region_hash(picture, box):
    return hashlib.sha256(picture.crop(box).tobytes()).hexdigest()


def _type_size(height, sizes):
    for size in sizes:
        if abs(height - glyphs.digit_height(size)) <= 2:
            return size
    return 0


def _runs(mask):
    """(top, bottom) of the horizontal strips that carry ink."""
    column = mask.resize((1, mask.height), Image.BOX).tobytes()
    rows = [mask.crop((0, y, mask.width, y + 1)).getbbox() is not None if level == 0 else True
            for y, level in enumerate(column)]
    runs, start = [], None
    for y, inked in enumerate(rows + [False]):
        if inked and start is None:
            start = y
        elif not inked and start is not None:
            runs.append((start, y))
            start = None
    return runs


def _paper(area):
    colours = area.getcolors(area.width * area.height)
    return max(colours)[1]


def _near(pixel, colour):
    return all(abs(a - b) <= NEAR for a, b in zip(pixel, colour))


def _near_count(picture, colour):
    return sum(count for count, pixel in picture.getcolors(picture.width * picture.height) if _near(pixel, colour))


_read_before = {}  # (picture, how) -> what tesseract read
_UNITS = {"pro Minute": "per minute", "pro Anruf": "per call"}  # a price is said in one language


def _price(words):
    match = re.search(r"(\d{1,3}[.,]\d\d)\s*\S{0,2}\s*(per minute|per call|pro Minute|pro Anruf)?", words)
    unit = match.group(2) or "" if match else ""
    return f"{match.group(1).replace(',', '.')} {_UNITS.get(unit, unit)}".strip() if match else ""


def _read_digits(mask):
    """One line of ink as tesseract reads it: black on white, with a margin."""
    page = Image.new("L", (mask.width + 40, mask.height + 40), 255)
    page.paste(0, (20, 20), mask)
    return re.sub(r"[^0-9*#+]", "", _ocr(page, psm=7, only=numbers.SYMBOLS))


def _enlarged(picture):
    return picture.convert("L").resize((picture.width * 2, picture.height * 2), Image.LANCZOS)


def _ocr(picture, psm, only=""):
    """The text that tesseract reads, in one line. It reads the same in the same picture, so each is read once."""
    page = f"P5\n{picture.width} {picture.height}\n255\n".encode() + picture.convert("L").tobytes()
    key = hashlib.sha256(page).digest(), psm, only
    if key not in _read_before:
        _read_before[key] = _tesseract(page, psm, only)
    return _read_before[key]


def _tesseract(page, psm, only):
    """Its absence is an error of the installation, not of the phone."""
    command = ["tesseract", "stdin", "stdout", "--psm", str(psm), "--dpi", "150"]
    if only:
        command += ["-c", f"tessedit_char_whitelist={only}"]
    result = subprocess.run(command, input=page, capture_output=True, check=False,
                            env={**os.environ, "OMP_THREAD_LIMIT": "1"}, timeout=GUARD_SECONDS)
    if result.returncode != 0:
        raise RuntimeError(f"tesseract: {result.stderr.decode(errors='replace').strip()[:200]}")
    return " ".join(result.stdout.decode("utf-8", "replace").split())
