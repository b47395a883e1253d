# SPDX-License-Identifier: BSD-2-Clause
"""The film's scenes and their place in the report."""

import base64
import io
import re
import unittest

from PIL import Image

from lib.report import evidence, filmstrip
from lib.witnesses import film
from .test_film import change, of, stopped


class Scenes(unittest.TestCase):
    def test_a_rest_ends_one(self):
        filmed = of(change(0, 0, 0, 480, film.AT_FIRST), change(1, 10, 20, 2, 0x40001000), change(1.05, 30, 25, 4),
                    stopped(1.06), change(1.2, 0, 799, 1), stopped(9))
        scenes = list(filmed.scenes(filmed.cuts(0.1)))
        self.assertEqual([(scene.first, scene.last) for scene in scenes], [(0.0, 0.0), (1.0, 1.05), (1.2, 1.2)])
        self.assertEqual([scene.writers for scene in scenes], [{"": 1}, {"kernel": 1, "display": 1}, {"display": 1}])
        self.assertEqual(scenes[1].box, (10, 20, 34, 26))

    def test_a_change_over_two_rows_is_as_wide_as_the_panel(self):
        self.assertEqual(next(of(change(1, 470, 5, 20)).scenes([1])).box, (0, 5, 480, 7))

    def test_each_picture_is_the_film_s_own_of_that_moment(self):
        filmed = of(*(change(seconds, seconds, seconds, 3, colour=bytes([seconds, 2, 3, 0])) for seconds in range(1, 6)))
        for scene in filmed.scenes(filmed.cuts(0.1)):
            self.assertEqual(scene.picture.tobytes(), filmed.picture(scene.last).tobytes())


class Strip(unittest.TestCase):
    def render(self, filmed, **more):
        return filmstrip.render(evidence.Evidence(film=filmed, **more))

    def test_who_when_and_where(self):
        text = self.render(of(change(1, 0, 0, 480, film.AT_FIRST), change(2, 48, 80, 48), change(3, 0, 0, 9, 0x70000000)))
        for said in ("2.000 to 2.000 s: display 1", "left:10.0%;top:10.0%;width:10.0%;height:0.1%", "as it was 1",
                     "3.000 to 3.000 s: code at 0x70000000 1", "<figure class=\"stranger\">", "<rect class=\"stranger\""):
            self.assertIn(said, text)
        pictures = [Image.open(io.BytesIO(base64.b64decode(data))) for data in re.findall(r"base64,([^\"]+)", text)]
        self.assertEqual([picture.size for picture in pictures], [filmstrip.THUMBNAIL] * 3)

    def test_hundreds_of_prompts_do_not_make_a_large_report(self):
        prompts = of(*(change(seconds * 0.7, 0, 100, 480, colour=bytes([seconds % 251, 1, 2, 0])) for seconds in range(1, 900)))
        text = self.render(prompts)
        self.assertIn(text.count("<figure"), range(filmstrip.MOST_SCENES // 2, filmstrip.MOST_SCENES + 1))
        self.assertEqual(sum(map(int, re.findall(r"display (\d+)</figcaption>", text))), 899)   # none is left out
        self.assertLess(len(text), 300_000)

    def test_what_the_person_did_is_marked(self):
        act = evidence.Act(1, 2.5, 0, "confirm", "confirm <now>")
        text = self.render(of(change(1, 0, 0, 9), change(4, 0, 0, 9)), acts=[act])
        self.assertIn("<circle class=\"person\" cx=\"500.0\"", text)
        self.assertIn("2.500 s: confirm &lt;now&gt;", text)

    def test_without_a_film_it_says_why(self):
        self.assertIn("Not filmed: QEMU 9.9 is none", self.render(None, film_problem="QEMU 9.9 is none"))


if __name__ == "__main__":
    unittest.main()
