# SPDX-License-Identifier: BSD-2-Clause
"""Reads a line of symbols off a picture by laying each glyph of the font over the ink. The glyphs come straight from
the Debian font file, not from the table that the display server was built with: the two must agree."""

import functools
import pathlib

from PIL import Image, ImageChops, ImageDraw, ImageFont

from lib.scenario.numbers import SYMBOLS

FONT = pathlib.Path("/usr/share/fonts/truetype/dejavu/DejaVuSansMono-Bold.ttf")
WORST_FIT = {True: 0.16, False: 0.50}      # share of a glyph's pixels that may differ (anti-aliasing, hinting):
CLEARLY_BETTER = {True: 1.35, False: 1.05}  # in large type, in small; the second-best must fit that much worse
LARGE = 40


class GlyphError(Exception):
    """The font is missing."""


@functools.lru_cache(maxsize=None)
def templates(size, symbols=SYMBOLS):
    """(symbol, mask, top above the baseline) of every symbol: masks are cut to their ink."""
    try:
        font = ImageFont.truetype(str(FONT), size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise GlyphError(f"{FONT}: {error}; install fonts-dejavu-core") from error
    found = []
    for symbol in symbols:
        canvas = Image.new("L", (2 * size, 2 * size), 0)
        ImageDraw.Draw(canvas).text((size // 2, int(1.5 * size)), symbol, font=font, fill=255, anchor="ls")
        mask = canvas.point(lambda level: 255 if level >= 128 else 0)
        box = mask.getbbox()
        found.append((symbol, mask.crop(box), int(1.5 * size) - box[1]))
    return tuple(found)


def ink(picture, background):
    """White where a picture differs clearly from its background colour."""
    flat = Image.new("RGB", picture.size, background)
    distance = ImageChops.difference(picture, flat).convert("L")
    # Half of the way from paper to ink, whatever the two colours are.
    low, high = distance.getextrema()
    limit = max(40, (low + high) // 2)
    return distance.point(lambda level: 255 if level >= limit else 0)


def digit_height(size):
    return max(mask.height for symbol, mask, _ in templates(size) if symbol.isdigit())


def read_line(mask, size, symbols=SYMBOLS):
    """The symbols of one line of ink (white on black), left to right; '?' where no glyph fits. The line's lowest
    digit stands on the baseline, so that '*' and '+' are found by their height above it too."""
    baseline = _baseline(mask, size)
    result, x = "", 0
    while True:
        rest = mask.crop((x, 0, mask.width, mask.height)).getbbox()
        if rest is None:
            return result
        x += rest[0]
        symbol, width = _best(mask, x, baseline, templates(size, symbols), size >= LARGE)
        result += symbol
        x += width


def _baseline(mask, size):
    """Digits reach from the baseline to their height: the line's ink box ends at the baseline, or one row below
    where round digits overshoot."""
    box = mask.getbbox()
    return box[3] if box else size


def _best(mask, x, baseline, glyphs, is_large):
    scores = []
    for symbol, template, top in glyphs:
        fit = min(_misfit(mask, template, x + dx, baseline - top + dy) for dx in (-1, 0, 1) for dy in (-2, -1, 0, 1, 2))
        scores.append((fit, symbol, template.width))
    scores.sort()
    best, second = scores[0], scores[1]
    if best[0] > WORST_FIT[is_large] or second[0] < best[0] * CLEARLY_BETTER[is_large]:
        return "?", _run_width(mask, x)
    return best[1], best[2] + 2


def _misfit(mask, template, x, y):
    """The share of pixels that differ, over the glyph's box; anything the glyph leaves uncovered counts."""
    box = (x, y, x + template.width, y + template.height)
    window = mask.crop(box)
    differing = ImageChops.difference(window, template).histogram()[255]
    inked = max(1, template.histogram()[255])
    above = mask.crop((x, 0, x + template.width, max(0, y))).histogram()[255]
    below = mask.crop((x, box[3], x + template.width, mask.height)).histogram()[255] if box[3] < mask.height else 0
    return (differing + above + below) / inked


def _run_width(mask, x):
    """How far the ink goes on from column x."""
    width = 1
    while x + width < mask.width and mask.crop((x + width, 0, x + width + 1, mask.height)).getbbox():
        width += 1
    return width
