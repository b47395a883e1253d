# SPDX-License-Identifier: BSD-2-Clause
"""Any field of any record that is not what wire, screen and person saw is a contradiction."""

import dataclasses
import unittest

from lib.report import evidence
from lib.witnesses import audit, record, screen, verdict, wirelog

PREMIUM, PLAIN, CALLER = "09005765432", "03023125017", "01714445556"


def entry(sequence, kind, seconds, origin="linux", epoch=0, detail=0, number="", repeats=1):
    return audit.AuditRecord(sequence + 1, sequence, kind, seconds, origin, epoch, detail, number, repeats)


def log(*rows):
    return [entry(sequence, *row[:2], **row[2]) for sequence, row in enumerate(rows)]


def prompt(epoch, number):
    return {"origin": "linux", "epoch": epoch, "number": number}


USER = {"origin": "user", "number": PLAIN}
CALL = {"origin": "network", "epoch": 3, "number": CALLER}
# A premium call that Linux asks for and the person confirms, one that is refused, a call from the keypad, one that comes in.
GOOD = log(
    ("boot", 1.0, {"origin": "user"}),
    ("requested", 10.0, {**prompt(1, PREMIUM), "detail": 0x001}),
    ("shown", 12.0, {**prompt(1, PREMIUM), "detail": 6 << 16 | 199}),
    ("confirmed", 12.0, {**prompt(1, PREMIUM), "detail": 6 << 16 | 199}),
    ("sent", 12.1, {**prompt(1, PREMIUM), "detail": 1}),
    ("result", 12.2, {**prompt(1, PREMIUM), "detail": 0x300}),
    ("result", 12.7, {**prompt(1, PREMIUM), "detail": 0x400}),
    ("result", 13.0, {**prompt(1, PREMIUM), "detail": 0x500}),
    ("result", 15.0, {**prompt(1, PREMIUM), "detail": 0x600}),
    ("restarted", 16.0, {}),
    ("violation", 17.0, {"detail": 0x104, "repeats": 3}),
    ("requested", 20.0, {**prompt(2, PLAIN), "detail": 0x101}),
    ("shown", 21.0, {**prompt(2, PLAIN), "detail": 3 << 16}),
    ("refused", 22.0, {**prompt(2, PLAIN), "detail": 1}),
    ("shown", 30.0, {**USER, "detail": 3 << 16}),
    ("confirmed", 30.0, {**USER, "detail": 3 << 16}),
    ("sent", 30.1, {**USER, "detail": 2}),
    ("result", 31.0, {**USER, "detail": 0x601}),
    ("ringing", 40.0, CALL),
    ("result", 42.0, {**CALL, "detail": 0x500}),
    ("result", 44.0, {**CALL, "detail": 0x600}),
    ("blocked", 50.0, {"origin": "user", "detail": 1}),
)
WIRE = f"""12.120000 RX ATD{PREMIUM};
12.120000 CALL {PREMIUM} dialling
12.120000 TX OK
12.600000 CALL {PREMIUM} alerting
12.900000 CALL {PREMIUM} active
14.900000 CALL {PREMIUM} ended local
30.110000 RX ATD{PLAIN};
30.110000 CALL {PLAIN} dialling
30.900000 CALL {PLAIN} ended busy
30.900000 TX BUSY
39.900000 CALL {CALLER} incoming
41.900000 CALL {CALLER} active
43.900000 CALL {CALLER} ended remote
"""


def picture(line, seconds, words, number, price=""):
    return evidence.Sighting(line, seconds, 0, screen.Reading("robin", words, "ROBIN", number, number, price))


def found(records):
    acts = [evidence.Act(1, 10.4, 0, "confirm", "confirm"), evidence.Act(2, 21.9, 0, "refuse", "refuse"),
            evidence.Act(3, 29.9, 0, "confirm", "call")]
    sightings = [picture(1, 10.3, "Linux wants to call A 0900 premium service 1.99 € per minute", PREMIUM, "1.99 per minute"),
                 picture(2, 20.8, "Linux wants to call A Fixed line Your plan's price", PLAIN),
                 picture(3, 29.8, "A Fixed line Your plan's price Call", PLAIN)]
    return evidence.Evidence(wire=wirelog.parse_text(WIRE.encode()), audit=records, acts=acts, sightings=sightings)


def changed(item, field):
    """Every wrong value of a kind: near, zero, another's."""
    value = getattr(item, field)
    if field == "number":
        values = ("", "112", value[:-1] + ("1" if value[-1:] == "0" else "0"))
    elif field == "origin":
        values = ("user", "linux", "network")
    else:
        values = (0, value + 1, value ^ 0x100, value + 0x10000)
    return [dataclasses.replace(item, **{field: other}) for other in values if other != value]


def is_unseen(item, field):
    """What nobody but the dialler saw: whether Linux was blocked or allowed again, an incoming call's token, and that its
    number was known with the first ring."""
    if item.kind == "violation":
        return field in ("detail", "repeats") and item.repeats > 0 and item.detail in (0x105, 0x004, 0x104)
    if item.kind == "blocked":
        return field == "detail" and item.detail < 2
    return item.kind == "ringing" and (field == "detail" or not item.number)


class Fields(unittest.TestCase):
    def contradictions(self, records):
        return [sentence for sentence, _ in record.contradictions(found(records))]

    def test_a_true_log(self):
        self.assertEqual(self.contradictions(GOOD), [])

    def test_every_field_of_every_record(self):
        for index, item in enumerate(GOOD):
            for field in ("number", "origin", "epoch", "detail", "repeats"):
                for wrong in changed(item, field):
                    if not is_unseen(wrong, field):
                        with self.subTest(wrong.text()):
                            self.assertTrue(self.contradictions(GOOD[:index] + [wrong] + GOOD[index + 1:]))

    def test_every_time(self):
        for index in range(1, len(GOOD) - 1):
            for wrong in (GOOD[index].time - 20, GOOD[index].time + 20):
                with self.subTest(f"{GOOD[index].text()} at {wrong}"):
                    lie = dataclasses.replace(GOOD[index], time=wrong)
                    self.assertTrue(self.contradictions(GOOD[:index] + [lie] + GOOD[index + 1:]))

    def test_the_same_lie_in_a_whole_prompt(self):
        """A build that logs another number in all records of a prompt is found by the panel, or by the wire."""
        for epoch in (1, 2):
            lie = [dataclasses.replace(item, number="0302312599") if item.epoch == epoch and item.origin == "linux" else item
                   for item in GOOD]
            self.assertTrue(any("showed" in sentence for sentence in self.contradictions(lie)))

    def test_what_the_person_did_not_do(self):
        timed_out = [dataclasses.replace(item, detail=2) if item.kind == "refused" else item for item in GOOD]
        self.assertIn("record 13 says timed out, after 2.0 s", self.contradictions(timed_out))
        late = [dataclasses.replace(item, time=28.0) if item.kind == "refused" else item for item in GOOD]
        self.assertTrue(any("refused nothing then" in sentence for sentence in self.contradictions(late)))

    def test_a_keypad_call_that_made_way_ends_under_its_own_number(self):
        emergency = {"origin": "user", "number": "112"}
        lines = log(*[(kind, 30.2, row) for kind, row in (
            ("boot", {"origin": "user"}), ("shown", {**USER, "detail": 3 << 16}), ("confirmed", USER),
            ("sent", {**USER, "detail": 1}), ("shown", {**emergency, "detail": 5 << 16}), ("confirmed", emergency),
            ("result", {**USER, "detail": 0x600}), ("sent", {**emergency, "detail": 2}))])

        def follows(records):
            return [sentence for sentence in self.contradictions(records) if "before it" in sentence]

        self.assertEqual(follows(lines), [])
        lines[6] = dataclasses.replace(lines[6], number=PREMIUM)
        self.assertEqual(len(follows(lines)), 1)

    def test_what_a_full_ring_dropped_is_no_finding(self):
        """The ring of what others cause turned over: the calls' records are there, their requests are not."""
        kept = [item for item in GOOD if item.kind in ("boot", "confirmed", "sent", "result", "blocked") or item.time > 19]
        self.assertEqual(self.contradictions(kept), [])
        refused = [item for item in kept if item.kind != "requested"]
        self.assertEqual(self.contradictions(refused), [])

    def test_only_an_emergency_is_sent_again_and_only_under_its_token(self):
        for number, token, good in (("112", 1, True), ("112", 2, False), (PLAIN, 1, False)):
            row = {"origin": "user", "number": number}
            lines = log(("confirmed", 30.0, row), ("sent", 30.1, {**row, "detail": 1}),
                        ("sent", 32.0, {**row, "detail": token}))
            self.assertEqual([] == list(verdict._each_confirmed(lines)), good, (number, token))

    def test_the_price_that_was_confirmed_is_the_one_that_was_shown(self):
        cheap = [dataclasses.replace(item, detail=6 << 16 | 9) if item.kind == "confirmed" else item for item in GOOD]
        self.assertTrue(any("has the price" in sentence for sentence in self.contradictions(cheap)))

    def test_many_tries_of_an_emergency_may_be_one_record(self):
        row = {"origin": "user", "number": "112"}
        lines = log(("boot", 1.0, {"origin": "user"}), ("shown", 29.0, {**row, "detail": 5 << 16}),
                    ("confirmed", 30.0, {**row, "detail": 5 << 16}), ("sent", 30.1, {**row, "detail": 1}),
                    ("sent", 33.1, {**row, "detail": 1, "repeats": 3}))
        for wire, good in ((3, False), (4, True), (5, False)):
            seen = found(lines)
            seen.wire = wirelog.parse_text("".join(f"{30 + index}.100000 RX (deaf) ATD112;\n" for index in range(wire)).encode())
            self.assertEqual(list(verdict._logged(seen, None)) == [], good, wire)
        self.assertFalse(any("stands for" in sentence for sentence in self.contradictions(lines)))
        for index, good in ((3, False), (4, True)):     # the first is logged at once, the others when it is taken
            late = [dataclasses.replace(item, time=item.time + 60) if item.sequence >= index else item for item in lines]
            seen = found(late)
            seen.wire = wirelog.parse_text("".join(f"{30 + tries}.100000 RX ATD112;\n" for tries in range(4)).encode())
            said = [sentence for sentence, _ in record.contradictions(seen) if "(sent) is of" in sentence]
            self.assertEqual(said == [], good, said)
        lines = [dataclasses.replace(item, number=PLAIN) if item.number else item for item in lines]
        self.assertTrue(any("stands for" in sentence for sentence in self.contradictions(lines)))

    def test_records_of_before_the_scenario_are_no_finding(self):
        wrong = [dataclasses.replace(GOOD[1], epoch=9)] + GOOD[2:]
        seen = found([GOOD[0]] + wrong)
        seen.audit_start = len(GOOD)
        self.assertEqual(list(record.contradictions(seen)), [])


if __name__ == "__main__":
    unittest.main()
