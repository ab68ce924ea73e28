"""/stats as a picture: bars by day, and the top questions. Pillow is loaded on first use."""

import io
from typing import TYPE_CHECKING

from bot.watch.stats import OUTCOMES, Stats

if TYPE_CHECKING:
    from PIL import ImageDraw, ImageFont

WIDTH, HEIGHT = 1000, 640
LEFT, RIGHT, TOP, BOTTOM = 60, 960, 80, 330  # of the bars
LIST_TOP, LIST_STEP, LIST_BAR = 390, 29, 420
PAPER, INK, FAINT = "#ffffff", "#1f2933", "#cbd2d9"
# Colours that stay apart for colour-blind readers (Okabe and Ito).
COLOURS = {"answer": "#0072b2", "suggest": "#56b4e9", "none": "#e69f00", "urgent": "#d55e00"}


def draw(stats: Stats) -> bytes:
    """A PNG of 1000 x 640 pixels."""
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen = ImageDraw.Draw(image)
    _legend(pen, stats, ImageFont.load_default(20))
    _bars(pen, stats, ImageFont.load_default(14))
    _top(pen, stats, ImageFont.load_default(16))
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _legend(pen: "ImageDraw.ImageDraw", stats: Stats, font: "ImageFont.FreeTypeFont | ImageFont.ImageFont") -> None:
    left = LEFT
    for outcome in OUTCOMES:
        label = f"{outcome} {stats.total(outcome)}"
        pen.rectangle((left, 28, left + 18, 46), fill=COLOURS[outcome])
        pen.text((left + 26, 24), label, INK, font)
        left += 60 + int(pen.textlength(label, font))


def _bars(pen: "ImageDraw.ImageDraw", stats: Stats, font: "ImageFont.FreeTypeFont | ImageFont.ImageFont") -> None:
    tallest = max((sum(times.get(outcome, 0) for outcome in OUTCOMES) for _, times in stats.days), default=0) or 1
    step = (RIGHT - LEFT) / len(stats.days)
    for number, (date, times) in enumerate(stats.days):
        left, foot = LEFT + number * step, float(BOTTOM)
        for outcome in OUTCOMES:
            height = (BOTTOM - TOP) * times.get(outcome, 0) / tallest
            if height:
                pen.rectangle((left + 6, foot - height, left + step - 6, foot), fill=COLOURS[outcome])
            foot -= height
        pen.text((left + 6, BOTTOM + 8), date, INK, font)
    pen.line((LEFT, BOTTOM, RIGHT, BOTTOM), fill=FAINT, width=2)
    pen.text((8, TOP - 8), str(tallest), INK, font)


def _top(pen: "ImageDraw.ImageDraw", stats: Stats, font: "ImageFont.FreeTypeFont | ImageFont.ImageFont") -> None:
    most = max((times for _, times in stats.top), default=1)
    for number, (entry, times) in enumerate(stats.top):
        top = LIST_TOP + number * LIST_STEP
        pen.rectangle((LEFT, top, LEFT + LIST_BAR * times / most, top + 20), fill=COLOURS["suggest"])
        pen.text((LEFT + LIST_BAR + 16, top), f"{times}  {entry[:48]}", INK, font)
