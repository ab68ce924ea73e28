"""The guide printed: everything that `faqbot guide` writes and the workbench shows."""

from typing import NamedTuple

from bot.answers import values
from bot.charts.numbering import plan
from bot.charts.pages import pages
from bot.charts.svg import document
from bot.charts.table import as_csv, rows
from bot.content.loading import Content


class Prints(NamedTuple):
    """One guide on paper and as a table."""

    pages: tuple[str, ...]  # each an SVG document of its own
    svg: str  # all pages in one
    rows: tuple[tuple[str, ...], ...]  # the truth table, its heading first
    csv: str


def printed(content: Content) -> Prints | None:
    """The guide of complete content; None where guide, clinic or gate is missing."""
    if content.guide is None or content.clinic is None or content.urgent is None:
        return None
    drawn = plan(content.guide, values(content), content.titles)
    bodies = pages(drawn)
    table = tuple(tuple(row) for row in rows(drawn))
    return Prints(tuple(document([body]) for body in bodies), document(bodies), table, as_csv(drawn))
