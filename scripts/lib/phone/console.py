# SPDX-License-Identifier: BSD-2-Clause
"""The guest's serial console: a thread drains it (a full socket would stop the phone), waiting is by pattern."""

import re
import secrets
import socket
import threading
import time

# Sequences that a terminal acts on and a reader must not see: colours, cursor moves, window titles.
_ESCAPES = re.compile(rb"\x1b(\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[()][A-Z0-9]|[=>78])|\r")


GUARD_SECONDS = 300.0   # for the emulator to begin, however busy the computer


class ConsoleTimeout(Exception):
    """The console never said what was waited for."""


class Console:
    def __init__(self, path, log_path=None, timeout=GUARD_SECONDS, alive=lambda: True):
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        deadline = time.monotonic() + timeout
        while True:
            try:
                self._socket.connect(str(path))
                break
            except OSError:
                if time.monotonic() > deadline or not alive():
                    raise
                time.sleep(0.02)
        self._log = open(log_path, "wb") if log_path else None
        self._text = bytearray()
        self._changed = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._drain, daemon=True)
        self._thread.start()

    def _drain(self):
        while True:
            try:
                data = self._socket.recv(65536)
            except OSError:
                data = b""
            with self._changed:
                if data:
                    self._text += data
                else:
                    self._closed = True
                self._changed.notify_all()
            if not data:
                return
            if self._log:
                self._log.write(data)
                self._log.flush()

    def position(self):
        """Where the text stands now: give it to wait() to ignore all before. Counts characters as text() gives them."""
        return len(self.text())

    def text(self, start=0):
        with self._changed:
            raw = bytes(self._text)
        return _ESCAPES.sub(b"", raw).decode("utf-8", "replace")[start:]

    def send(self, text):
        self._socket.sendall(text.encode())

    def wait(self, pattern, start=0, timeout=30.0, clock=time.monotonic, alive=lambda: True):
        """Waits until the text after `start` matches; `clock` may be the phone's own. Returns the match."""
        expression = re.compile(pattern, re.MULTILINE)
        deadline = clock() + timeout
        while True:
            match = expression.search(self.text(start))
            if match:
                return match
            if self._closed or not alive():
                raise ConsoleTimeout(f"the phone ended before its console said '{pattern}'{self._tail(start)}")
            if clock() > deadline:
                raise ConsoleTimeout(f"the console did not say '{pattern}' within {timeout:g} s{self._tail(start)}")
            with self._changed:
                self._changed.wait(0.05)

    def find(self, pattern, start, timeout, clock, alive):
        """Waits likewise; returns the position after the match, so that the next search begins there."""
        match = self.wait(pattern, start, timeout, clock, alive)
        return start + match.end()

    def run(self, command, timeout=30.0, clock=time.monotonic):
        """Types one line into the root shell there; returns (exit status, output). The mark is computed by the
        shell, so that the echo of the typed line is not taken for it."""
        start, token = self.position(), secrets.token_hex(4)
        self.send(f"{command}\nprintf '\\n<%s:%d>\\n' {token} $?\n")
        match = self.wait(rf"<{token}:(\d+)>", start, timeout, clock)
        output = self.text(start)[: match.start()]
        lines = [line for line in output.split("\n") if token not in line]
        return int(match.group(1)), "\n".join(lines[1:]).strip()

    def _tail(self, start):
        lines = [line for line in self.text(start).split("\n") if line.strip()]
        return "; its last line: '" + lines[-1].strip()[:120] + "'" if lines else "; it said nothing"

    def close(self):
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self._socket.close()
        self._thread.join(2)
        if self._log:
            self._log.close()
