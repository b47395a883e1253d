# SPDX-License-Identifier: BSD-2-Clause
"""Draws screens as the display server does, for tests of those who read them."""

from PIL import Image, ImageDraw, ImageFont

FONTS = "/usr/share/fonts/truetype/dejavu/"
BLUE, GREY, RED, AMBER, CONFIRM = "#003a70", "#d9d9d9", "#9b1c31", "#ffb000", "#005a9c"


def font(size, mono=False):
    return ImageFont.truetype(FONTS + ("DejaVuSansMono-Bold.ttf" if mono else "DejaVuSans-Bold.ttf"), size)


def bar(draw, label, colour, ink="white"):
    draw.rectangle((0, 0, 479, 47), fill=colour)
    draw.text((56, 24), label, font=font(24), fill=ink, anchor="lm")


def linux(label="LINUX · not trusted", colour=GREY, text="Phone"):
    picture = Image.new("RGB", (480, 800), "#203020")
    draw = ImageDraw.Draw(picture)
    bar(draw, label, colour, "#111111")
    draw.text((24, 200), text, font=font(30), fill="white")
    return picture


def trusted(label="ROBIN · trusted", colour=BLUE):
    picture = Image.new("RGB", (480, 800), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 479, 799), outline=colour, width=6)
    bar(draw, label, colour)
    return picture, draw


def number_rows(draw, rows, y=120):
    for index, row in enumerate(rows):
        x = 24
        for group in row.split(" "):
            draw.text((x, y + 68 * index + 52), group, font=font(56, mono=True), fill="#111111", anchor="ls")
            x += 34 * len(group) + 16


def prompt(rows=("0900 5", "123 456"), price="1.99 € per minute", label="ROBIN · trusted", colour=BLUE, armed=True):
    picture, draw = trusted(label, colour)
    draw.text((24, 76), "Linux wants to call", font=font(30), fill="#111111")
    number_rows(draw, rows)
    y = 120 + 68 * len(rows) + 40
    if price:
        draw.rectangle((6, y, 473, y + 104), fill=AMBER)
        draw.text((24, y + 12), "0900 premium service", font=font(26), fill="#111111")
        draw.text((24, y + 50), price, font=font(36), fill="#111111")
    draw.rectangle((24, 560, 455, 655), fill=CONFIRM if armed else "white", outline=CONFIRM, width=3)
    draw.text((240, 592), "Hold to call" if price else "Call", font=font(30), fill="white" if armed else CONFIRM,
              anchor="mm")
    draw.rectangle((24, 680, 455, 759), fill="white", outline="#111111", width=3)
    draw.text((240, 720), "Don’t call", font=font(30), fill="#111111", anchor="mm")
    return picture


def call(rows=("0900 5", "123 456")):
    picture, draw = trusted()
    draw.text((24, 76), "Calling", font=font(30), fill="#111111")
    number_rows(draw, rows)
    draw.text((24, 500), "Asked for by Linux", font=font(24), fill="#595959")
    return picture


def home(head="8777b97bcb547aa04101fa1f8b3353ee", box=(24, 556, 432, 60)):
    picture, draw = trusted()
    for row in range(2):
        x = box[0]
        for group in range(4):
            text = head[16 * row + 4 * group:16 * row + 4 * group + 4]
            draw.text((x, box[1] + 25 + 30 * row), text, font=font(26, mono=True), fill="#595959", anchor="ls")
            x += 5 * 16
    return picture
