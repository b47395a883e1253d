# SPDX-License-Identifier: BSD-2-Clause
"""The hand that moves a mouse: it presses where it was told to, or says that it could not."""

import types
import unittest

from PIL import Image

from lib.scenario import hand

WIDTH, HEIGHT = 480, 800


class Pointer:
    """A phone with a mouse, as far as a hand sees it. `deaf` counts movements that get lost."""

    def __init__(self, deaf=0):
        self.board = types.SimpleNamespace(width=WIDTH, height=HEIGHT, facts={"pointer": "relative"})
        self.x, self.y, self.deaf, self.now = 100, 700, deaf, 0.0
        self.shown, self.presses, self.seen, self.reset_count = False, [], [], 0

    def send(self, events):
        for event in events:
            data = event["data"]
            if event["type"] == "btn":
                self.presses.append((data["down"], self.x, self.y))
            elif self.deaf:
                self.deaf -= 1
            else:
                assert abs(data["value"]) <= 127, "one packet cannot move that far"
                self.shown = True
                self.x += data["value"] if data["axis"] == "x" else 0
                self.y += data["value"] if data["axis"] == "y" else 0
                self.x, self.y = max(0, min(WIDTH - 1, self.x)), max(0, min(HEIGHT - 1, self.y))
                self.seen.append((self.x, self.y))

    def reset(self):
        self.x, self.y, self.shown, self.reset_count = 0, 0, False, self.reset_count + 1

    def resets(self):
        return self.reset_count

    def time(self):
        self.now += 0.05
        return self.now

    progress = time

    def screen(self):
        picture = Image.new("RGB", (WIDTH, HEIGHT), (255, 255, 255))
        if self.shown:
            picture.putpixel((self.x, self.y), hand.POINTER_TIP)
        return picture

    def is_alive(self):
        return True


class Mouse(unittest.TestCase):
    def test_it_presses_where_it_was_told(self):
        phone = Pointer()
        own = hand.of(phone, phone.send)
        for place in ((240, 608), (240, 720), (3, 5), (479, 799), (0, 0)):
            own.down(*place)
            own.up()
            self.assertEqual(phone.presses[-2:], [(True, *place), (False, *place)])

    def test_what_got_lost_is_done_again(self):
        for deaf in (1, 3, 8, 40):
            phone = Pointer(deaf)
            hand.of(phone, phone.send).down(240, 608)
            self.assertEqual(phone.presses, [(True, 240, 608)])

    def test_a_phone_that_hears_nothing_is_not_pressed(self):
        phone = Pointer(deaf=10 ** 9)
        with self.assertRaises(hand.HandError):
            hand.of(phone, phone.send).down(240, 608)
        self.assertEqual(phone.presses, [])

    def test_no_way_leads_over_a_number(self):
        phone = Pointer()
        own = hand.of(phone, phone.send)
        own.aim(240, 608)
        phone.seen.clear()
        own.aim(240, 24)
        own.aim(100, 720)
        self.assertEqual([at for at in phone.seen if at[0] < WIDTH - 1 and at[1] not in (608, 24, 720)], [])

    def test_a_second_press_at_the_same_place_needs_no_way(self):
        phone = Pointer()
        own = hand.of(phone, phone.send)
        own.down(240, 608)
        phone.seen.clear()
        own.up()
        own.down(240, 608)
        self.assertEqual(phone.seen, [])

    def test_after_a_reset_it_is_looked_for_anew(self):
        phone = Pointer()
        own = hand.of(phone, phone.send)
        own.down(240, 608)
        own.up()
        phone.reset()
        own.down(240, 608)
        self.assertEqual(phone.presses[-1], (True, 240, 608))

    def test_a_slide_goes_straight(self):
        phone = Pointer()
        own = hand.of(phone, phone.send)
        own.down(240, 608)
        own.move(240, 500)
        self.assertEqual((phone.x, phone.y), (240, 500))
        own.up()


class Finger(unittest.TestCase):
    def test_a_panel_is_told_the_place(self):
        phone, sent = Pointer(), []
        phone.board.facts = {}
        own = hand.of(phone, sent.append)
        own.down(240, 400)
        self.assertEqual([event["data"]["value"] for event in sent[0]], [240 * 32768 // 480 + 34, 400 * 32768 // 800 + 20])
        self.assertEqual(sent[1][0]["data"]["down"], True)


if __name__ == "__main__":
    unittest.main()
