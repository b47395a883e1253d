# SPDX-License-Identifier: BSD-2-Clause
"""The phone in a window, or on a VNC address where there is no display, and a small menu of attacks."""

import os
import socket
import subprocess

from lib.phone.console import ConsoleTimeout
from lib.phone.machine import Machine

MENU = """
  a  attack: the Trojan inside Linux dials 0900 5 123456
  f  fake prompt: Linux paints a trusted screen of its own
  p  panic: Linux falls over; press the bar and dial 112 on the trusted keypad
  r  restart Linux from inside
  q  quit
"""
COMMANDS = {"a": "attack trojan now=1 number=09005123456", "f": "attack fake-prompt 09005123456 30 &",
            "p": "attack panic", "r": "reboot -f"}


def run(board, folder):
    display, where = _display(board.machine)
    machine = Machine(board, folder, "host", display)
    try:
        mouse = ("has a pointer of its own that your mouse moves" if board.facts.get("pointer") == "relative"
                 else "takes your mouse for a finger")
        print(f"  The phone is {where}. It {mouse}; press the top bar for the trusted side.")
        _wait_for_linux(machine)
        return _menu(machine)
    finally:
        machine.close()


def _wait_for_linux(machine):
    print("  Linux starts ...", flush=True)
    try:
        machine.console.wait(r"^ROBIN-GUEST: ready", 0, 180, machine.progress, machine.is_alive)
    except ConsoleTimeout as problem:
        print(f"  Linux is not ready: {problem}")


def _menu(machine):
    print(MENU)
    while machine.is_alive():
        try:
            choice = input("attack> ").strip().lower()[:1]
        except EOFError:
            return 0
        if choice == "q":
            return 0
        if choice in COMMANDS:
            machine.console.send(COMMANDS[choice] + "\n")
        elif choice:
            print(MENU)
    print("  The phone has ended.")
    return 0


def _display(emulator):
    """(QEMU's arguments, where the person finds the phone)."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        offered = subprocess.run([emulator, "-display", "help"], capture_output=True, text=True,
                                 check=False).stdout.split()
        for kind in ("gtk", "sdl"):
            if kind in offered:
                return ("-display", kind), "in its window"
        print("  QEMU has no window here (package qemu-system-gui); VNC instead.")
    number = _free_display()
    return ("-vnc", f"127.0.0.1:{number}"), f"on VNC at 127.0.0.1:{5900 + number}"


def _free_display():
    for number in range(1, 100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", 5900 + number)) != 0:
                return number
    return 99
