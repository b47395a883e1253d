# SPDX-License-Identifier: BSD-2-Clause
"""Telephone numbers as text: the symbols 0-9 * # + and nothing else."""

import re

SYMBOLS = "0123456789*#+"
EMERGENCY = ("110", "112", "911")


def symbols(text):
    """The symbols of a number written for people: gaps, brackets and hyphens dropped."""
    return re.sub(r"[\s\-()./]", "", text)


def is_number(text):
    return bool(text) and all(character in SYMBOLS for character in text)


def is_code(text):
    """A code with * # +, which is read off the screen by glyphs alone (tesseract reads '**21*+49' as '**21*4+49')."""
    return any(character in "*#+" for character in text)


def is_emergency(text):
    """One that no arming may hold up."""
    return text in EMERGENCY


def may_be_emergency(text):
    """Likewise, or one that is where there is no SIM (TS 22.101, 10.1.1)."""
    return text in EMERGENCY + ("000", "08", "118", "119", "999")


def canonical(text):
    """One form for the spellings of a German number: 0049…, +49… and 0… are the same subscriber."""
    plain = symbols(text)
    for prefix in ("+49", "0049"):
        if plain.startswith(prefix):
            return "0" + plain[len(prefix):].lstrip("0")
    return plain


def same(one, other):
    """Whether a scenario's spelling and what was seen mean the same number."""
    return canonical(one) == canonical(other)
