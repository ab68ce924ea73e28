"""The figures as tables for a terminal."""

import sys
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from bot.scoring.comparing import Row
from bot.scoring.judging import Judged, Mark
from bot.scoring.reliability import Band

ALL = "all"
WIDE = 110  # columns, where there is no terminal to ask: a file, a pipe


def console() -> Console:
    """Standard output; tables keep their shape in a file too."""
    return Console(width=None if sys.stdout.isatty() else WIDE)


def decisions(judged: Sequence[Judged]) -> Table:
    """What patients get, group by group: wordings that an entry answers, and wordings that are nobody's."""
    table = plain("Decisions, in % of the wordings", "group", "n", "right", "helped", "wrong", "away", "none", "card")
    for name in ("nobody's n", "quiet", "suggested", "wrong"):
        table.add_column(name, justify="right")
    groups = sorted({one.wording.group for one in judged})
    for group in groups:
        table.add_row(group, *_group([one for one in judged if one.wording.group == group]))
    table.add_section()
    table.add_row(ALL, *_group(judged))
    table.caption = (
        "right: answered with its topic. helped: right, or among three suggestions. wrong: answered with another "
        "medical topic. away: answered with small talk or 'we don't treat that'. none: nothing of it. "
        "card: an emergency card."
    )
    return table


def reliability(bands: Sequence[Band]) -> Table:
    """Stated confidence beside what came true."""
    table = plain("Confidence, of what was ranked first", "band", "n", "stated %", "right %", "or related %")
    for band in bands:
        table.add_row(band.name, str(band.number), *map(_percent, (band.confidence, band.right, band.helpful)))
    table.caption = "related: a topic to which the entry's own `see_also` points; the confidence is learned with these."
    return table


def comparison(rows: Iterable[Row]) -> Table:
    """The bot beside plain matchers."""
    heads = ("matcher", "top-1", "in first 3", "answered right", "wrong", "nobody's", "best")
    table = plain("Side by side, in %", *heads)
    for row in rows:
        table.add_row(row.name, *map(_percent, row[1:]))
    table.caption = (
        "wrong: a wrong answer, of all wordings. nobody's: of those that no entry answers, given a medical answer. "
        "best: answered right where at most 5 % of all get a wrong answer, the threshold set in hindsight."
    )
    return table


def plain(title: str, first: str, *others: str) -> Table:
    """A table with a name for each row and figures beside it."""
    table = Table(title=title, title_justify="left", caption_justify="left", box=SIMPLE_HEAD)
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _group(judged: Sequence[Judged]) -> list[str]:
    inside = [one.mark for one in judged if one.wording.entry]
    others = [one.mark for one in judged if not one.wording.entry]
    counted: tuple[tuple[Mark, ...], ...] = (
        ("right",),
        ("right", "offered"),
        ("wrong",),
        ("turned_away",),
        ("missed",),
        ("emergency",),
    )
    figures = [_share(inside, marks) for marks in counted]
    outside: tuple[tuple[Mark, ...], ...] = (("quiet",), ("suggested",), ("wrong",))
    return [str(len(inside)), *figures, str(len(others)), *(_share(others, marks) for marks in outside)]


def _share(marks: Sequence[Mark], wanted: Sequence[Mark]) -> str:
    return _percent(sum(mark in wanted for mark in marks) / len(marks)) if marks else "-"


def _percent(share: float) -> str:
    return f"{100 * share:.1f}"
