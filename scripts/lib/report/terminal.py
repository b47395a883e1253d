# SPDX-License-Identifier: BSD-2-Clause
"""One line per step: shown when it starts, ends with the measured time; in between, on a terminal, a bar for what a tool
says of its progress. Plain ASCII when it is no terminal or NO_COLOR is set; on no terminal nothing is ever rewritten."""

import os
import re
import shutil
import sys
import time

BAR_CELLS = 20
# ninja's "[12/170] …"; apt's APT::Status-Fd: "dlstatus:1:20.5:…", "pmstatus:name:20.5:…"
PROGRESS = re.compile(r"\[(?P<done>\d+)/(?P<all>\d+)\]|(?:dl|pm)status:[^:]*:(?P<percent>[\d.]+):")
STAGE = re.compile(r"(?:setup|guest-build|fetch-packages|fetch-source|apt-private): (.*)")


class Terminal:
    def __init__(self, stream=sys.stdout):
        self._stream = stream
        self._live = stream.isatty() and os.environ.get("TERM") != "dumb"
        self._rich = self._live and "NO_COLOR" not in os.environ
        self._started = None
        self._text = self._stage = ""

    def begin(self, text):
        """Ends the step before, if it is still open, and shows the next."""
        self.end()
        self._text, self._stage, self._started = text, "", time.monotonic()
        self._stream.write(self._open())
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

    def heard(self, line):
        """A line that the step's tool has said: how far it is, or what it does now."""
        stage, progress = STAGE.match(line), PROGRESS.match(line)
        if stage:
            self._stage = stage.group(1)
        if self._live and self._started is not None and (stage or progress):
            self._show(fraction(progress) if progress else None)

    def _show(self, part):
        bar = self._bar(part) if part is not None else ""
        room = shutil.get_terminal_size().columns - len(self._text) - BAR_CELLS - 16
        stage = f": {self._stage[:room]}" if self._stage and room > 8 else ""
        self._stream.write(self._wipe() + self._open() + (stage if self._rich else ascii_only(stage)) + bar)
        self._stream.flush()

    def _bar(self, part):
        done = int(BAR_CELLS * part)
        full, empty = ("█", "░") if self._rich else ("#", ".")
        return f" [{full * done}{empty * (BAR_CELLS - done)}] {100 * part:3.0f} %"

    def _open(self):
        return f"  \033[36m…\033[0m {self._text}" if self._rich else f"  {self._text} "

    def _wipe(self):
        return "\r\033[K" if self._rich else "\r" + " " * (shutil.get_terminal_size().columns - 1) + "\r"

    def _finish(self, result, good, seconds):
        note = f" {result}" if result else ""
        if self._rich:
            mark = "\033[32m✓\033[0m" if good else "\033[31m✗\033[0m"
            self._stream.write(f"{self._wipe()}  {mark} {self._text}{note}  \033[2m{seconds:.1f} s\033[0m\n")
        else:
            dots = "." * max(3, 64 - len(self._text) - len(note))
            begin = self._wipe() + self._open() if self._live else ""
            self._stream.write(f"{begin}{dots}{note} {seconds:.1f} s\n")
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


def fraction(match):
    if match["percent"]:
        return min(1.0, float(match["percent"]) / 100)
    return min(1.0, int(match["done"]) / max(1, int(match["all"])))


def ascii_only(text):
    for fancy, plain in (("€", "EUR"), ("–", "-"), ("…", "..."), ("’", "'"), ("·", "-"), ("→", "->"), ("✓", "ok")):
        text = text.replace(fancy, plain)
    return text.encode("ascii", "replace").decode()
