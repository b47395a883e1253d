# SPDX-License-Identifier: BSD-2-Clause
"""A client of QEMU's machine protocol (QMP) on a unix socket. Blocking, one request at a time."""

import json
import socket
import time


GUARD_SECONDS = 300.0   # a computer under load takes its time


class QmpError(Exception):
    """QEMU refused a command, or is gone."""


class Qmp:
    def __init__(self, path, timeout=GUARD_SECONDS, alive=lambda: True):
        """`alive` says whether there is still a QEMU to wait for."""
        self._socket = _connect(path, timeout, alive)
        self._socket.settimeout(timeout)
        self._stream = self._socket.makefile("rwb")
        self.events, self.resets = [], 0
        self._read()  # the greeting
        self.call("qmp_capabilities")

    def call(self, command, **arguments):
        """Runs one command and returns its result. Events that arrive meanwhile are kept."""
        request = {"execute": command}
        if arguments:
            request["arguments"] = {key.replace("_", "-"): value for key, value in arguments.items()}
        try:
            self._stream.write(json.dumps(request).encode() + b"\n")
            self._stream.flush()
        except OSError as error:
            raise QmpError(f"QEMU is gone: {error}") from error
        while True:
            answer = self._read()
            if "return" in answer:
                return answer["return"]
            if "error" in answer:
                raise QmpError(f"{command}: {answer['error'].get('desc', answer['error'])}")
            self.events.append(answer)
            self.resets += answer.get("event") == "RESET"

    def monitor(self, line):
        """Runs one command of the human monitor; QEMU reports its failures only in the text."""
        return self.call("human-monitor-command", command_line=line).replace("\r", "")

    def take_events(self):
        """The names of the events since the last time."""
        self.call("query-status")  # flushes what is under way
        names = [event.get("event", "") for event in self.events]
        self.events = []
        return names

    def close(self):
        try:
            self._stream.close()
        except OSError:
            pass
        self._socket.close()

    def _read(self):
        try:
            line = self._stream.readline()
        except OSError as error:
            raise QmpError(f"QEMU does not answer: {error}") from error
        if not line:
            raise QmpError("QEMU closed its monitor: it has ended")
        return json.loads(line)


def _connect(path, timeout, alive):
    """Connects as soon as QEMU has made the socket."""
    deadline = time.monotonic() + timeout
    while True:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(path))
            return connection
        except OSError as error:
            connection.close()
            if time.monotonic() > deadline or not alive():
                raise QmpError(f"no QEMU listens on {path}: {error}") from error
            time.sleep(0.02)
