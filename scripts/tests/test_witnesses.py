# SPDX-License-Identifier: BSD-2-Clause
"""Each witness reads what it should, and refuses what is not evidence."""

import pathlib
import unittest

from lib.scenario import numbers, places
from lib.witnesses import glyphs
from lib.phone.board import Region
from lib.witnesses import audit, integrity, screen, wirelog
from . import drawing, fake_phone


def ring(text, written=None, magic=wirelog.MAGIC):
    body = text.encode()
    count = len(body) if written is None else written
    return wirelog.HEADER.pack(magic, 65536 - 16, count) + body.ljust(65536 - 16, b"\0")


class WireLog(unittest.TestCase):
    def test_reads_lines_and_dials(self):
        lines = wirelog.parse(ring("1.000000 RX ATE0\n2.500000 RX ATD+499005123456;\n2.6"))
        self.assertEqual([line.kind for line in lines], ["RX", "RX"])
        self.assertEqual([line.dialled() for line in lines], [None, "+499005123456"])
        self.assertEqual(lines[1].time, 2.5)

    def test_finds_every_way_to_dial(self):
        for text, number in (("atdt0301;", "0301"), ("ATE0D112;", "112"), ("ATD09001I;", "09001"),
                             ("AT+CCFC=0,3,\"0900\",129", "AT+CCFC=0,3,\"0900\",129"), ("ATD>1;", ">1"),
                             ("AT+CUSD=1,\"*100#\",15", "AT+CUSD=1,\"*100#\",15"), ("AT+CHLD=2;D112", "112"),
                             ("ATS0=0D0301;", "0301"), ("AT&C1&D2", None), ("AT+CGDCONT=?", None), ("AT+CUSD=1", None),
                             ("AT+CSCS=\"D0900;\"", None), ("AT+CCFC=0,2", None), ("ATE0V1Q0", None),
                             ("AT^SIND=\"rssi\",1", None), ("AT+CHUP", None), ("AT+CIND?", None), ("AT/0900", "AT/0900")):
            with self.subTest(text):
                self.assertEqual(wirelog.parse(ring(f"1.000000 RX {text}\n"))[0].dialled(), number)

    def test_what_the_driver_has_a_reason_to_write(self):
        for text in ("ATE0V1Q0", "(abort)", "AT+CLCC", "AT+CHUP", "AT+VTS=#", "AT+CHLD=0", "", "ATD112;", "AT+CPIN?",
                     "AT+CNMI=2,0,0,0", "AT+CUSD=0", "(deaf) AT+CLCC", "(deaf) ATD112;"):
            self.assertEqual(wirelog.strange(wirelog.parse(ring(f"1.000000 RX {text}\n"))), [], text)
        for text in ("AT+CCFC=0,2", "AT+CPIN=\"1234\"", "AT+CHLD=2", "AT&F", "ATZ", "AT+CFUN=1,1", "AT+VTS=1,2", "AT+CLCC;+CHUP",
                     "at+clcc", "hello", "AT+CLVL=5", "+++", "ATO", "ATS0=1"):
            self.assertEqual(len(wirelog.strange(wirelog.parse(ring(f"1.000000 RX {text}\n")))), 1, text)

    def test_what_takes_a_call(self):
        for text, count in (("ATA", 1), ("AT+CHLD=1", 1), ("AT+CHLD=0", 0), ("AT+CHUP", 0)):
            self.assertEqual(len(wirelog.answers(wirelog.parse(ring(f"1.000000 RX {text}\n")))), count, text)

    def test_what_the_modem_says_is_not_a_dial(self):
        self.assertIsNone(wirelog.parse(ring("1.000000 TX ATD0900;\n"))[0].dialled())

    def test_refuses_other_memory_and_an_overrun(self):
        for raw in (ring("", magic=0), ring("1.000000 RX AT\n", written=70000), b"short", ring("rubbish\n")):
            with self.assertRaises(wirelog.WireLogError):
                wirelog.parse(raw)


class AuditLog(unittest.TestCase):
    def setUp(self):
        self.raw = fake_phone.audit_bytes([("boot", "", 1), ("sent", "+49*#1234567", 2_000_000)])

    def test_reads_records(self):
        records, count, _ = audit.parse(self.raw)
        self.assertEqual(count, 2)
        self.assertEqual((records[1].kind, records[1].number, records[1].time), ("sent", "+49*#1234567", 2.0))

    def test_refuses_other_memory(self):
        with self.assertRaises(audit.AuditError):
            audit.parse(bytes(65536))

    def test_no_verifier_is_no_proof(self):
        self.assertFalse(audit.verify("/dev/null", pathlib.Path("/nonexistent/audit-verify"))[0])


class Screen(unittest.TestCase):
    def test_reads_a_prompt(self):
        reading = screen.read(drawing.prompt())
        self.assertEqual((reading.label, reading.number(), reading.price), ("robin", "09005123456", "1.99 per minute"))
        self.assertEqual(screen.kind(reading), "prompt")
        self.assertEqual(reading.disagreement(), "")

    def test_reads_every_symbol_by_glyphs(self):
        picture, draw = drawing.trusted()
        drawing.number_rows(draw, ("**21*+49", "0123456789#"))
        reading = screen.read(picture)
        self.assertEqual(reading.number_glyphs, "**21*+490123456789#")
        self.assertEqual(reading.number(), "**21*+490123456789#")

    def test_the_two_readers_must_agree(self):
        reading = screen.Reading("robin", "", "", "0900512345", "09005123456", "")
        self.assertEqual(reading.number(), "")
        self.assertIn("tesseract reads", reading.disagreement())

    def test_a_damaged_digit_is_not_guessed(self):
        picture = drawing.prompt()
        picture.paste((255, 255, 255), (24, 150, 90, 158))
        self.assertIn("?", screen.read(picture).number_glyphs)

    def test_label_needs_colour_and_words(self):
        self.assertEqual(screen.read(drawing.linux()).label, "linux")
        self.assertIn("contradiction", screen.read(drawing.linux(label="ROBIN · trusted")).label)
        self.assertIn("contradiction", screen.read(drawing.linux(colour="#ffffff")).label)

    def test_a_prompt_painted_by_linux_is_not_trusted(self):
        fake = drawing.prompt(label="LINUX · not trusted", colour=drawing.GREY)
        self.assertFalse(screen.read(fake).is_trusted())

    def test_glyphs_tell_similar_digits_apart(self):
        for number in ("8069", "1717", "5638", "0880"):
            picture, draw = drawing.trusted()
            drawing.number_rows(draw, (number,))
            self.assertEqual(screen.read(picture).number(), number)

    def test_reads_the_log_head(self):
        for head in ("8777b97bcb547aa04101fa1f8b3353ee", "0123456789abcdeffedcba9876543210"):
            self.assertEqual(screen.read_head(drawing.home(head), places.HEAD), head)

    def test_font_is_there(self):
        self.assertEqual(len(glyphs.templates(56)), len(numbers.SYMBOLS))


class Memory(unittest.TestCase):
    def setUp(self):
        self.phone = fake_phone.FakePhone()
        self.before = integrity.take(self.phone, self.phone.board.read_only)

    def test_same_is_silent(self):
        self.assertEqual(integrity.differences(self.before, self.before), [])

    def test_one_changed_byte_is_named(self):
        self.phone.lie = "memory"
        self.phone.request("1")
        self.phone._refuse()
        found = integrity.differences(self.before, integrity.take(self.phone, self.phone.board.read_only))
        self.assertIn(fake_phone.CODE.name, found[0])

    def test_not_what_was_built(self):
        region = Region("dialler code", fake_phone.CODE.base, 4096, "0" * 64)
        hashes = integrity.take(self.phone, (region,))
        self.assertIn("not what was built", integrity.differences(hashes, hashes)[0])

    def test_nothing_to_compare_is_a_finding(self):
        self.assertTrue(integrity.differences([], []))


class Numbers(unittest.TestCase):
    def test_spellings_of_one_subscriber(self):
        for other in ("0900 5 123456", "+49 900 5123456", "0049-900-5123456", "+49(0)9005123456"):
            self.assertTrue(numbers.same("09005123456", other), other)
        self.assertFalse(numbers.same("09005123456", "0900512345"))
        self.assertFalse(numbers.same("112", "0112"))


if __name__ == "__main__":
    unittest.main()
