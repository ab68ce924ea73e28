"""The questions of the guide as bands down the page: the words on the left, the answers and where they lead beside."""

from collections.abc import Sequence
from typing import NamedTuple

from bot.charts.numbering import COLOURS, Plan, marks
from bot.charts.svg import FAINT, INK, RULE, WIDTH, box, line, text, wrapped
from bot.content.guide import Option, Outcome, Question

LEFT, RIGHT = 36, WIDTH - 92  # beside it on the right: the lanes of the arrows
HEAD, ROW, GAP, PAD = 19, 16, 14, 7
WORDS = 226  # width of the question's own words
SAFETY, ROUTE = "#fbe9e7", "#e8f1ee"


class Band(NamedTuple):
    """One question and the height it takes."""

    question: Question
    lines: tuple[str, ...]
    height: float


def band(plan: Plan, question: Question) -> Band:
    """Measure a question."""
    lines = tuple(wrapped(plan.say(question.text), WORDS - 2 * PAD, 10))
    rows = max(len(lines) * 13 + 4, len(question.options) * ROW)
    return Band(question, lines, HEAD + 2 * PAD + rows)


def draw(plan: Plan, bands: Sequence[Band], top: float) -> str:
    """The bands of one page, with an arrow for each answer that leads to a question on it."""
    places: dict[str, float] = {}
    y = top
    for one in bands:
        places[one.question.id] = y
        y += one.height + GAP
    parts = [_band(plan, one, places[one.question.id], places) for one in bands]
    return "".join((*parts, *_arrows(bands, places)))


def _band(plan: Plan, one: Band, y: float, places: dict[str, float]) -> str:
    question, middle = one.question, LEFT + WORDS
    kind, fill = ("danger signs", SAFETY) if question.kind == "safety" else ("who to see", ROUTE)
    parts = [
        box(LEFT, y, RIGHT - LEFT, one.height, stroke=FAINT),
        box(LEFT, y, RIGHT - LEFT, HEAD, fill=fill, stroke=FAINT),
        text(LEFT + PAD, y + 13, f"{plan.names[question.id]}  {plan.say(question.short)}", 11, bold=True),
        text(RIGHT - 150, y + 13, f"{question.id}: {kind}", 9, fill=FAINT),
        line((middle, y + HEAD), (middle, y + one.height), stroke=RULE),
    ]
    first = y + HEAD + PAD + 10
    parts += [text(LEFT + PAD, first + 13 * number, said, 10) for number, said in enumerate(one.lines)]
    parts += [
        _option(plan, option, middle + PAD, first + ROW * number, option.to in places)
        for number, option in enumerate(question.options)
    ]
    return "".join(parts)


def _option(plan: Plan, option: Option, x: float, y: float, near: bool) -> str:
    target = plan.nodes[option.to]
    parts = [text(x, y, option.id, 9, bold=True, fill=FAINT), text(x + 14, y, plan.say(option.label), 10)]
    if told := marks(option):
        parts.append(text(x + 170, y, told, 8, fill=FAINT))
    end = x + 268
    if isinstance(target, Outcome):
        colour = COLOURS[target.tier]
        parts.append(box(end, y - 10, 26, 13, fill=colour, stroke=colour))
        parts.append(text(end + 4, y, plan.names[option.to], 9, bold=True, fill="#ffffff"))
        parts.append(text(end + 31, y, _short(plan.say(target.title)), 9, fill=colour))
    else:
        parts.append(box(end, y - 10, 26, 13, stroke=INK))
        parts.append(text(end + 4, y, plan.names[option.to], 9, bold=True))
        parts.append(text(end + 31, y, plan.say(target.short) if near else "on another page", 9))
    return "".join(parts)


def _arrows(bands: Sequence[Band], places: dict[str, float]) -> list[str]:
    """Out at the right of an answer, along a lane of its own, and into the head of the question it leads to."""
    found, taken = [], 0
    for one in bands:
        first = places[one.question.id] + HEAD + PAD + 7
        for number, option in enumerate(one.question.options):
            if option.to in places:
                start, end = first + ROW * number, places[option.to] + HEAD / 2
                lane = RIGHT + 10 + 8 * (taken % 8)
                taken += 1
                found.append(line((RIGHT, start), (lane, start), (lane, end), (RIGHT + 1, end), stroke=INK, arrow=True))
    return found


def _short(title: str) -> str:
    title = title.removeprefix("🚨 ").removeprefix("📞 ")
    return title if len(title) <= 32 else f"{title[:31].rstrip()}…"
