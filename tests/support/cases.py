"""A few entries as a case for the gates of `faqbot check`, without files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from bot.checks.case import Case, Trial
from bot.content.clinic import Clinic
from bot.content.entries import Entry
from bot.content.gathering import Group
from bot.content.loading import Content
from bot.content.sources import Sources
from bot.problems import Place, Problem

WAYS = ("one way to ask", "two ways to say it", "three of them", "four is more", "five alive", "six", "seven", "eight")
PAGE = "https://medlineplus.gov/backpain.html"


def an_entry(identifier: str = "back_pain", **more: Any) -> Entry:
    """An entry that no gate minds, but for what `more` says."""
    usual = {
        "question": f"What about {identifier.replace('.', ' ').replace('_', ' ')}?",
        "answer": "Most of it gets better.\nKeep moving.",
        "asked_as": [f"{way} {identifier}" for way in WAYS],
        "sources": [PAGE],
    }
    return Entry.model_validate({"id": identifier, **usual, **more})


def a_case(
    *entries: Entry, group: str = "Back", language: str = "en", trials: Iterable[tuple[str | None, str]] | None = None
) -> Case:
    """Entries of one group, in a clinic with a site of its own."""
    clinic = Clinic(
        name="Clinic", phone="(555) 555-0100", hours="9 to 5", address="1 Street", booking="https://www.clinic.example/b",
        country="US",
    )  # fmt: skip
    content = Content(language, "hash", (Group(group, entries),), clinic)
    wordings = None if trials is None else tuple(Trial(entry, text, Place("test.yaml", 1)) for entry, text in trials)
    return Case(content, Sources(), wordings)


def told(gate: Callable[[Case], Iterable[Problem]], case: Case) -> list[str]:
    """The messages of a gate."""
    return [problem.message for problem in gate(case)]
