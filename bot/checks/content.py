"""All gates of `faqbot check`, in one list."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from bot.checks.case import Case, Checked, Trial
from bot.checks.claims import claims
from bot.checks.coverage import coverage
from bot.checks.guide_reading import guide_reading
from bot.checks.lengths import lengths
from bot.checks.links import links, sources
from bot.checks.missing import missing, placeholder
from bot.checks.numbers import numbers
from bot.checks.overlap import clashes, contained, overlaps
from bot.checks.phrasings import misfiled, phrasings
from bot.checks.readability import readability, terms
from bot.checks.references import guide, nouns, references
from bot.checks.reviews import reviews
from bot.checks.trials import read_trials, trials
from bot.checks.urgent import urgent
from bot.content.loading import Content, Loaded
from bot.content.sources import Sources
from bot.problems import Problem

Check = Callable[[Case], Iterable[Problem]]
Measure = Callable[[Case], tuple[Iterable[Problem], Mapping[str, str]]]  # problems, and figures to be told

CHECKS: tuple[Check, ...] = (
    *(missing, reviews, placeholder),
    *(urgent, numbers, claims),
    *(links, sources, references, nouns, coverage),
    *(lengths, terms, phrasings, misfiled, overlaps, contained, clashes, trials),
)
MEASURES: tuple[Measure, ...] = (guide, readability, guide_reading)


def check_content(
    content: Content, places: Sources, wordings: tuple[Trial, ...] | None = None, today: date | None = None
) -> Checked:
    """Every problem that the gates find in content that loads. `wordings`: its test wordings, where there are any.

    `today`: reviews that are due by then are told.
    """
    case = Case(content, places, wordings, today)
    problems = [problem for check in CHECKS for problem in check(case)]
    figures: dict[str, str] = {}
    for measure in MEASURES:
        found, told = measure(case)
        problems += found
        figures |= told
    return Checked(tuple(problems), figures)


def check_loaded(loaded: Loaded, folder: Path, today: date | None = None) -> Checked:
    """The same for what was loaded, with the problems of loading. `folder` may hold test wordings, or not exist."""
    if loaded.content is None:
        return Checked(loaded.problems, {})
    wordings, unreadable = read_trials(folder) if folder.is_dir() else (None, [])
    checked = check_content(loaded.content, loaded.sources, tuple(wordings) if wordings is not None else None, today)
    return Checked((*loaded.problems, *unreadable, *checked.problems), checked.figures)
