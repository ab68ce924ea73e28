"""The truth table of the guide: one row for each path."""

import csv
import io
from collections.abc import Iterator

from bot.charts.numbering import Plan
from bot.content.guide import Outcome
from bot.guide import Walker, paths

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for one


def rows(plan: Plan) -> Iterator[list[str]]:
    """The heading, then a row for each path: path, taps, end, tier, what it says, and the answer to each question."""
    guide, walker = plan.guide, Walker(plan.guide)
    asked = [f"{plan.names[question.id]} {question.short}" for question in guide.questions]
    yield ["path", "taps", "end", "tier", "title", *asked]
    for path, end in paths(guide):
        outcome = plan.nodes[end]
        assert isinstance(outcome, Outcome)  # noqa: S101 - paths end in outcomes
        answers = dict(zip(walker.passed(path), (label for _, label in walker.answers(path)), strict=True))
        told = [answers.get(question.id, "") for question in guide.questions]
        yield [path, str(len(path)), f"{plan.names[end]} {end}", outcome.tier, plan.say(outcome.title), *told]


def as_csv(plan: Plan) -> str:
    """The table for a spreadsheet."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in rows(plan):
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row])
    return out.getvalue()
