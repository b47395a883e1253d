#!/usr/bin/python3
# SPDX-License-Identifier: BSD-2-Clause
"""Each rule of the manifest is broken once, and the tool must refuse with the node and the reason.

A rule is broken by one change to a board's own manifest, which itself must pass.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import abi  # noqa: E402

TOOL = HERE.parent / "manifest.py"
SOURCE = HERE.parents[2] / "images" / "virt-v8" / "manifest.dts"


def run_tool(text):
    """Exit status and what the tool said about this manifest source."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "manifest.dts").write_text(text)
        blob = folder / "manifest.dtb"
        subprocess.run(["dtc", "-q", "-f", "-I", "dts", "-O", "dtb", "-o", str(blob),
                        str(folder / "manifest.dts")], check=True)
        result = subprocess.run([sys.executable, str(TOOL), "--source", "manifest.dts",
                                 "--output", str(folder / "out"), str(blob)],
                                capture_output=True, text=True, check=False)
        made = (folder / "out" / "manifest.bin").exists()
    return result.returncode, result.stderr.strip(), made


class Manifest:
    """The board's manifest and what it includes, to be changed by replacing a piece of text inside one component."""

    def __init__(self):
        self.text = re.sub('/include/ "(.*)"', lambda name: (SOURCE.parent / name[1]).read_text(), SOURCE.read_text())

    def replace(self, old, new, after=""):
        start = self.text.index(after)
        at = self.text.index(old, start)
        self.text = self.text[:at] + new + self.text[at + len(old):]
        return self


class Refusals(unittest.TestCase):
    def refuse(self, manifest, node, reason):
        status, said, made = run_tool(manifest.text)
        self.assertNotEqual(status, 0, "the broken manifest was accepted")
        self.assertFalse(made, "tables were written for a broken manifest")
        self.assertEqual(len(said.splitlines()), 1, said)
        self.assertTrue(said.startswith(f"manifest.dts: {node}: "), said)
        self.assertRegex(said, reason)

    def test_numbers_are_those_of_the_headers(self):
        """Those of the enumerators that follow another, and those with a value of their own."""
        text = "enum call { /* A = 7, */ FIRST = 3, SECOND, SHIFTED = 1 << 4, LAST = 0x20, };"
        self.assertEqual(abi.read_enums(text), {"FIRST": 3, "SECOND": 4, "SHIFTED": 16, "LAST": 32})

    def test_the_boards_readmes_have_the_manifests_memory_table(self):
        result = subprocess.run([sys.executable, str(HERE.parent / "readme.py"), "--check"], capture_output=True, text=True,
                                check=False)
        self.assertEqual((result.returncode, result.stdout), (0, ""))

    def test_the_board_passes(self):
        status, said, made = run_tool(Manifest().text)
        self.assertEqual((status, said, made), (0, "", True))

    # --- P1: nothing goes around the dialler -------------------------------------------------------

    def test_untrusted_calls_modem(self):
        broken = Manifest().replace("IRQ_UART     {", 'MODEM { call = "modem"; badge = <9>; }; IRQ_UART     {')
        self.refuse(broken, "/components/vmm/caps/MODEM", "vmm -> modem reaches the modem")

    def test_untrusted_signals_modem_hardware(self):
        broken = Manifest().replace(
            "IRQ_UART     {", 'X { signal = "modem_sim/NOTIFICATION"; badge = <4>; }; IRQ_UART     {')
        self.refuse(broken, "/components/vmm/caps/X", "vmm -> modem_sim reaches the modem")

    def test_around_through_a_trusted_component(self):
        broken = Manifest().replace(
            "DIALLER_SIGNAL {", 'MODEM { call = "modem"; badge = <7>; }; DIALLER_SIGNAL {',
            after="display {")
        self.refuse(broken, "/components/display/caps/MODEM",
                    "vmm -> display -> modem reaches the modem without passing the dialler")

    def test_modem_line_in_other_hands(self):
        broken = Manifest().replace('INPUT        { memory = "input_ring"',
                                    'LINE { memory = "modem_line"; access = "r"; };\n'
                                    'INPUT        { memory = "input_ring"')
        self.refuse(broken, "/components/vmm/maps/LINE", "modem_line .* may belong only to")

    def test_untrusted_calls_display(self):
        broken = Manifest().replace(
            "IRQ_UART     {", 'DISPLAY { call = "display"; badge = <9>; }; IRQ_UART     {')
        self.refuse(broken, "/components/vmm/caps/DISPLAY", "may not call the display")

    # --- deny by default: who may call or signal whom ------------------------------------------------------

    def test_untrusted_reaches_only_what_is_named(self):
        for extra, reason in (('X { call = "audit"; badge = <9>; };', "may not call audit"),
                              ('X { signal = "dialler/NOTIFICATION"; badge = <1>; };', "may not signal dialler with the badge 1"),
                              ('X { signal = "dialler/NOTIFICATION"; badge = <4>; };', "may not signal dialler with the badge 4"),
                              ('X { signal = "root/NOTIFICATION"; badge = <1>; };', "may not signal root with the badge 1"),
                              ('X { signal = "display/NOTIFICATION"; badge = <1>; };', "may not signal display"),
                              ('X { signal = "input/NOTIFICATION"; badge = <1>; };', "may not signal input")):
            with self.subTest(extra):
                self.refuse(Manifest().replace("IRQ_UART     {", extra + " IRQ_UART     {"), "/components/vmm/caps/X", reason)

    def test_untrusted_without_an_epoch(self):
        self.refuse(Manifest().replace("badge = <1>; epoch;", "badge = <1>;"), "/components/vmm/caps/DIALLER", "epoch")

    def test_untrusted_as_another_machine(self):
        self.refuse(Manifest().replace("badge = <1>; epoch;", "badge = <257>; epoch;"), "/components/vmm/caps/DIALLER",
                    "may not call dialler with the badge 257")

    def test_trusted_caller_with_an_epoch(self):
        self.refuse(Manifest().replace('call = "modem"; badge = <1>;', 'call = "modem"; badge = <1>; epoch;'),
                    "/components/dialler/caps/MODEM", "epoch")

    def test_trusted_callers_have_the_badges_that_are_checked(self):
        for name in ("MODEM", "AUDIT"):
            with self.subTest(name):
                broken = Manifest().replace(f'call = "{name.lower()}"; badge = <1>', f'call = "{name.lower()}"; badge = <7>')
                self.refuse(broken, f"/components/dialler/caps/{name}", f"may not call {name.lower()} with the badge 7")

    def test_one_trusted_component_in_place_of_another(self):
        mine = 'DIALLER_SIGNAL { signal = "dialler/NOTIFICATION"; badge = <2>'
        broken = Manifest().replace(mine, mine.replace("<2>", "<1>"))
        self.refuse(broken, "/components/modem/caps/DIALLER_SIGNAL", "may not signal dialler with the badge 1")

    def test_same_badge_twice(self):
        broken = Manifest().replace("badge = <2>", "badge = <1>", after="input {\n            trusted")
        self.refuse(broken, "/components/dialler/caps/DISPLAY", "no other client")

    # --- P3: memory and devices ----------------------------------------------------------------------

    def test_shared_writable(self):
        broken = Manifest().replace('shared = "ring"; ', "")
        self.refuse(broken, "/components/display/maps/LEGACY_INPUT", "no declared ring")

    def test_untrusted_writes_audit_log(self):
        broken = Manifest().replace("UART         { device",
                                    'LOG { memory = "audit_log"; access = "rw"; };\n'
                                    "UART         { device")
        self.refuse(broken, "/components/audit/maps/AUDIT", "shared writable")

    def test_trusted_writes_view(self):
        broken = Manifest().replace('memory = "legacy_view"; access = "r"',
                                    'memory = "legacy_view"; access = "rw"')
        self.refuse(broken, "/components/display/maps/LEGACY_VIEW", "trusted code only reads")

    def test_dma_device_without_iommu(self):
        broken = Manifest().replace("gicv { reg", "gicv { dma-capable; reg")
        self.refuse(broken, "/components/vmm/guest-maps/GICC", "DMA without an IOMMU")

    def test_dma_device_with_iommu(self):
        self.assertEqual(run_tool(Manifest().replace(
            "gicv { reg", "gicv { dma-capable; iommu; reg").text)[0], 0)

    def test_untrusted_learns_physical_address(self):
        broken = Manifest().replace("IRQ_UART     {", 'F { frame = "vcpu_state"; dma; }; IRQ_UART     {')
        self.refuse(broken, "/components/vmm/caps/F", "no physical address")

    def test_framebuffer_elsewhere(self):
        broken = Manifest().replace('LINE { memory = "modem_line"; access = "rw"; };',
                                    'LINE { memory = "modem_line"; access = "rw"; };\n'
                                    'PANEL { memory = "framebuffer"; access = "r"; };')
        self.refuse(broken, "/components/modem/maps/PANEL", r"framebuffer .* role 'display'")

    def test_input_device_elsewhere(self):
        broken = Manifest().replace('FRAMEBUFFER  { memory = "framebuffer"; access = "rw"; };',
                                    'KEYS { device = "virtio_input"; access = "rw"; };\n'
                                    'FRAMEBUFFER  { memory = "framebuffer"; access = "rw"; };')
        self.refuse(broken, "/components/display/maps/KEYS", "role 'input'")

    def test_second_display(self):
        broken = Manifest().replace('role = "input";\n            threads',
                                    'role = "display";\n            threads')
        self.refuse(broken, "/components/display", "role 'display' is already")

    def test_memory_overlap(self):
        broken = Manifest().replace("0x41100000", "0x41008000")
        self.refuse(broken, "/memory/audit_log", "overlaps /memory/wire_log")

    def test_memory_overlaps_kernel(self):
        broken = Manifest().replace("0x41100000", "0x40500000")
        self.refuse(broken, "/memory/audit_log", "overlaps /reserved/kernel")

    def test_memory_in_no_region(self):
        broken = Manifest().replace("0x41100000", "0x60000000")
        self.refuse(broken, "/memory/audit_log", "lies in no region of kind 'ram'")

    def test_memory_in_general_region(self):
        broken = Manifest().replace("general_low  { reg = <0x0 0x42000000", "x { reg = <0x0 0x70000000")
        broken.replace("0x41100000", "0x42000000")
        self.refuse(broken, "/memory/audit_log", "lies in no region of kind 'ram'")

    def test_restart_would_clear_trusted_memory(self):
        broken = Manifest().replace("audit_log    { reg = <0x0 0x41100000 0x0 0x00010000>;",
                                    "audit_log    { reg = <0x0 0x41100000 0x0 0x00010000>; owner = \"vmm\";")
        self.refuse(broken, "/memory/wire_log", "lie in the same region, which is taken back as one")

    def test_region_is_no_power_of_two(self):
        broken = Manifest().replace("0x0 0x00800000>; kind", "0x0 0x00900000>; kind")
        self.refuse(broken, "/regions/spare", "power of two")

    def test_two_general_regions(self):
        broken = Manifest().replace("0x04000000>; kind = \"ram\"", "0x04000000>; kind = \"ram\"; general")
        self.refuse(broken, "/regions", "one region, and no other, is 'general'")

    def test_addresses_overlap(self):
        broken = Manifest().replace('UART         { device = "uart"; access = "rw"; }',
                                    'UART { device = "uart"; access = "rw"; at = <0x40001000>; }')
        self.refuse(broken, "/components/vmm/maps/UART", "overlaps GUEST_RAM")

    def test_executable_native_memory(self):
        broken = Manifest().replace('memory = "input_dma"; access = "rw"',
                                    'memory = "input_dma"; access = "rwx"')
        self.refuse(broken, "/components/input/maps/DMA", "executable")

    def test_memory_of_a_restarted_component(self):
        broken = Manifest().replace("input_ring   { reg = <0x0 0x41180000 0x0 0x1000>",
                                    'input_ring { owner = "vmm"; size = <0x1000>')
        self.refuse(broken, "/components/display/maps/LEGACY_INPUT", "goes away when vmm")

    def test_duplicate_interrupt(self):
        broken = Manifest().replace("irq = <73>", "irq = <72>")
        self.refuse(broken, "/components/input/caps/IRQ_TABLET", "interrupt 72 already belongs")

    def test_interrupt_of_two_devices(self):
        broken = Manifest().replace("interrupts = <33>", "interrupts = <72>")
        self.refuse(broken, "/devices/virtio_input", "interrupt 72 is also")

    def test_interrupt_of_another_device(self):
        broken = Manifest().replace("irq = <33>", "irq = <40>")
        self.refuse(broken, "/components/vmm/caps/IRQ_UART", "of no device")

    # --- P4: time --------------------------------------------------------------------------------------

    def test_budget_above_period(self):
        broken = Manifest().replace("budget-us = <500>", "budget-us = <10001>", after="audit {")
        self.refuse(broken, "/components/audit/threads/main", "longer than its period")

    def test_budgets_above_everything(self):
        broken = Manifest().replace("budget-us = <500>", "budget-us = <9000>", after="audit {")
        self.refuse(broken, "/components", "add up to [0-9]+ %")

    def test_passive_server_for_untrusted(self):
        broken = Manifest().replace("budget-us = <800>; period-us = <10000>", "passive",
                                    after="dialler {")
        self.refuse(broken, "/components/vmm/caps/DIALLER", "no budget of its own")

    def test_passive_server_with_a_notification(self):
        broken = Manifest().replace("budget-us = <500>; period-us = <10000>", "passive", after="input {")
        self.refuse(broken, "/components/input/caps/NOTIFICATION", "nobody would run it after a signal")

    def test_more_timers_than_the_kernel_keeps(self):
        many = " ".join(f"T{n} {{ timer; badge = <1>; }};" for n in range(42)) + " "
        broken = Manifest()
        for component in ("input", "display", "vmm"):
            broken.replace("NOTIFICATION", many + "NOTIFICATION", after=f"{component} {{\n            ")
        self.refuse(broken, "/components", "are more than the 128 that the kernel keeps")

    def test_untrusted_priority(self):
        broken = Manifest().replace("priority = <1>", "priority = <41>", after="vmm {")
        self.refuse(broken, "/components/vmm/threads/main", "must be below 30")

    def test_untrusted_guaranteed_priority(self):
        broken = Manifest().replace("priority = <1>; best-effort",
                                    "priority = <3>; budget-us = <100>", after="vmm {")
        self.refuse(broken, "/components/vmm/threads/main", "an untrusted thread has priority 3")

    # --- names and forms -----------------------------------------------------------------------------------

    def test_unknown_component(self):
        broken = Manifest().replace('call = "audit"', 'call = "adit"')
        self.refuse(broken, "/components/dialler/caps/AUDIT", "no component 'adit'")

    def test_unknown_memory(self):
        broken = Manifest().replace('memory = "wire_log"', 'memory = "wirelog"')
        self.refuse(broken, "/components/modem_sim/maps/WIRE_LOG", "no memory or device 'wirelog'")

    def test_unknown_notification(self):
        broken = Manifest().replace('signal = "modem/NOTIFICATION"', 'signal = "modem/TIMER"')
        self.refuse(broken, "/components/modem_sim/caps/LINE_SIGNAL", "no notification")

    def test_unknown_property(self):
        broken = Manifest().replace("restartable;", "restartable; colour = <3>;")
        self.refuse(broken, "/components/vmm", "no such property: 'colour'")

    def test_unknown_thread(self):
        broken = Manifest().replace('bound = "main"', 'bound = "mian"', after="audit {")
        self.refuse(broken, "/components/modem_sim/caps/NOTIFICATION", "no thread 'mian'")

    def test_unknown_owner(self):
        broken = Manifest().replace('owner = "vmm"', 'owner = "vm"')
        self.refuse(broken, "/memory/guest_ram", "no component 'vm'")

    def test_not_a_manifest(self):
        self.refuse(Manifest().replace("robin,manifest-1", "robin,other"), "/", "compatible")


class DamagedFile(unittest.TestCase):
    def test_garbage(self):
        with tempfile.NamedTemporaryFile() as file:
            file.write(b"no device tree at all, but long enough for a header" * 2)
            file.flush()
            result = subprocess.run([sys.executable, str(TOOL), file.name], capture_output=True,
                                    text=True, check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertRegex(result.stderr, re.escape(file.name) + ".*device-tree")
        self.assertEqual(len(result.stderr.strip().splitlines()), 1)

    def test_missing(self):
        result = subprocess.run([sys.executable, str(TOOL), "/nonexistent/x.dtb"],
                                capture_output=True, text=True, check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertRegex(result.stderr, "cannot be read")


if __name__ == "__main__":
    unittest.main()
