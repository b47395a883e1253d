# SPDX-License-Identifier: BSD-2-Clause
"""One line per step: shown when it starts, ends with the measured time. Plain ASCII when it is no terminal or NO_COLOR
is set; then nothing is ever rewritten."""

import os
import sys
import time


class Terminal:
    def __init__(self, stream=sys.stdout):
        self._stream = stream
        self._rich = stream.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        self._started = None
        self._text = ""

    def begin(self, text):
        """Ends the step before, if it is still open, and shows the next."""
        self.end()
        self._text, self._started = text, time.monotonic()
        self._stream.write(f"  {text} " if not self._rich else f"  \033[36m…\033[0m {text}")
        self._stream.flush()

    def end(self, result="", good=True):
        if self._started is None:
            return
        self._finish(result, good, time.monotonic() - self._started)
        self._started = None

    def done(self, text, result, good, seconds):
        """A step that ran beside others: shown when it is over."""
        self.begin(text)
        self._finish(result, good, seconds)
        self._started = None

    def _finish(self, result, good, seconds):
        note = f" {result}" if result else ""
        if self._rich:
            mark = "\033[32m✓\033[0m" if good else "\033[31m✗\033[0m"
            self._stream.write(f"\r\033[K  {mark} {self._text}{note}  \033[2m{seconds:.1f} s\033[0m\n")
        else:
            dots = "." * max(3, 64 - len(self._text) - len(note))
            self._stream.write(f"{dots}{note} {seconds:.1f} s\n")
        self._stream.flush()

    def line(self, text, plain=None):
        """A line of its own; `plain` replaces what is not ASCII."""
        self.end()
        text = text if self._rich else (plain if plain is not None else ascii_only(text))
        self._stream.write(text + "\n")
        self._stream.flush()

    def verdict(self, good, text):
        """The last line, alone."""
        self.end()
        text = f"\033[1;{32 if good else 31}m{text}\033[0m" if self._rich else ascii_only(text)
        self._stream.write(f"{text}\n")
        self._stream.flush()


def ascii_only(text):
    for fancy, plain in (("€", "EUR"), ("–", "-"), ("…", "..."), ("’", "'"), ("·", "-"), ("→", "->"), ("✓", "ok")):
        text = text.replace(fancy, plain)
    return text.encode("ascii", "replace").decode()
