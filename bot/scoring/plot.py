"""The reliability plot as an SVG file: confidence to the right, the share that was right upwards."""

from collections.abc import Sequence
from html import escape

from bot.scoring.reliability import ANSWERED_FROM, Band

SIZE, LEFT, TOP = 400, 70, 60
WIDTH, HEIGHT = LEFT + SIZE + 30, TOP + SIZE + 90
INK, RIGHT, HELPFUL, SHADE = "#222", "#1f6fb2", "#d9822b", "#eef4fa"


def drawn(bands: Sequence[Band], title: str) -> str:
    """The whole picture."""
    parts = [*_frame(title), *(part for band in bands for part in _band(band, max(one.number for one in bands)))]
    parts += [*_line(bands, RIGHT, helpful=False), *_line(bands, HELPFUL, helpful=True), *_legend()]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    style = f' font-family="sans-serif" font-size="12" fill="{INK}">'
    return "\n".join([head + style, *parts, "</svg>"]) + "\n"


def _x(share: float) -> float:
    return round(LEFT + SIZE * share, 1)


def _y(share: float) -> float:
    return round(TOP + SIZE * (1 - share), 1)


def _frame(title: str) -> list[str]:
    parts = [
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<rect x="{_x(ANSWERED_FROM)}" y="{TOP}" width="{_x(1) - _x(ANSWERED_FROM)}" height="{SIZE}" fill="{SHADE}"/>',
        _text(LEFT + SIZE / 2, 28, title, "middle", 15),
        _text(_x((1 + ANSWERED_FROM) / 2), TOP - 6, "answered", "middle"),
        _text(LEFT + SIZE / 2, TOP + SIZE + 40, "confidence that the bot stated", "middle"),
        f'<g transform="rotate(-90 20 {_y(0.5)})">{_text(20, _y(0.5), "share that was right", "middle")}</g>',
    ]
    for tenth in range(0, 11, 2):
        share = tenth / 10
        parts.append(_stroke(_x(share), _y(0), _x(share), _y(1), "#ddd"))
        parts.append(_stroke(_x(0), _y(share), _x(1), _y(share), "#ddd"))
        parts.append(_text(_x(share), TOP + SIZE + 18, f"{share:.1f}", "middle"))
        parts.append(_text(LEFT - 8, _y(share) + 4, f"{share:.1f}", "end"))
    return [*parts, _stroke(_x(0), _y(0), _x(1), _y(1), "#888", ' stroke-dasharray="5 4"')]


def _band(band: Band, most: int) -> list[str]:
    """A bar at the bottom that says how many guesses lie in the band."""
    height = max(1.0, 60 * band.number / most)
    left, right = _x(band.low) + 1, _x(band.high) - 1
    bar = f'x="{left}" y="{_y(0) - height:.1f}" width="{right - left:.1f}" height="{height:.1f}"'
    label = _text((left + right) / 2, _y(0) - height - 4, str(band.number), "middle", 10)
    return [f'<rect {bar} fill="#ccc" fill-opacity="0.6"/>', label]


def _line(bands: Sequence[Band], colour: str, helpful: bool) -> list[str]:
    places = [(_x(band.confidence), _y(band.helpful if helpful else band.right)) for band in bands]
    points = " ".join(f"{x},{y}" for x, y in places)
    dots = [f'<circle cx="{x}" cy="{y}" r="4" fill="{colour}"/>' for x, y in places]
    return [f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"/>', *dots]


def _legend() -> list[str]:
    row = TOP + SIZE + 68
    entries = ((LEFT, RIGHT, "its own topic"), (LEFT + 130, HELPFUL, "or one it points to (see_also)"))
    parts = [f'<circle cx="{x}" cy="{row - 4}" r="4" fill="{colour}"/>' for x, colour, _ in entries]
    return parts + [_text(x + 10, row, words) for x, _, words in entries]


def _stroke(x1: float, y1: float, x2: float, y2: float, colour: str, more: str = "") -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"{more}/>'


def _text(x: float, y: float, words: str, anchor: str = "start", size: int = 12) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}">{escape(words)}</text>'
