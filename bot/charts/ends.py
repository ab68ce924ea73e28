"""The ends of the guide as cards: everything that is said there, and from which answers it is reached."""

from typing import NamedTuple

from bot.charts.numbering import COLOURS, TIERS, Plan
from bot.charts.svg import FAINT, box, text, wrapped
from bot.content.guide import Outcome
from bot.guide import outcome_text, small_print

WIDTH, HEAD, PAD, ROW = 362, 18, 7, 12.5


class Card(NamedTuple):
    """One end, its lines with their style, and the height it takes."""

    outcome: Outcome
    lines: tuple[tuple[str, str], ...]  # "bold", "" or "faint", and the text
    height: float


def card(plan: Plan, outcome: Outcome) -> Card:
    """Measure an end. The safety net, the same everywhere, is printed once on the last page."""
    guide = plan.guide
    said = plan.say(outcome_text(guide, outcome))
    for same in reversed(small_print(guide, outcome)):
        said = said.removesuffix(plan.say(same)).rstrip()
    lines = [("bold", part) for part in wrapped(plan.say(outcome.title), WIDTH - 2 * PAD, 11)]
    lines += [("", part) for part in wrapped(said, WIDTH - 2 * PAD, 9.5) if part]
    related = "; ".join(plan.titles.get(name, name) for name in outcome.related)
    small = (f"Answers offered: {related}" if related else "", f"From: {', '.join(plan.before[outcome.id])}")
    lines += [("faint", part) for one in small if one for part in wrapped(one, WIDTH - 2 * PAD, 8)]
    return Card(outcome, tuple(lines), HEAD + PAD + len(lines) * ROW + PAD)


def draw(plan: Plan, one: Card, x: float, y: float) -> str:
    """The card with its top left corner there."""
    outcome, colour = one.outcome, COLOURS[one.outcome.tier]
    head = f"{plan.names[outcome.id]}  {TIERS[outcome.tier]}"
    parts = [
        box(x, y, WIDTH, one.height, stroke=colour),
        box(x, y, WIDTH, HEAD, fill=colour, stroke=colour),
        text(x + PAD, y + 13, head, 10, bold=True, fill="#ffffff"),
        text(x + 205, y + 13, outcome.id, 9, fill="#ffffff"),
    ]
    styles = {"bold": (11, True, "#1b1f24"), "": (9.5, False, "#1b1f24"), "faint": (8, False, FAINT)}
    for number, (style, said) in enumerate(one.lines, 1):
        size, bold, fill = styles[style]
        parts.append(text(x + PAD, y + HEAD + 3 + number * ROW, said, size, bold=bold, fill=fill))
    return "".join(parts)
