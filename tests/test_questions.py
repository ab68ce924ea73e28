"""Every test wording is won by its own entry against all content; what fails is on the list of known failures.

The gate that matters most is over-matching: no wording is answered with a wrong medical topic unless it is listed so.
"""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.loading import load
from bot.decision import Decision
from bot.reply import Replier
from bot.scoring.judging import FAILED, Judge, Judged, Mark, explained
from bot.scoring.known import NOBODY, owner, read_known
from bot.scoring.questions import Wording, read_questions, strangers
from bot.session import Session

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "tests" / "questions" / "en"
REWRITE = "to list what fails now: faqbot score --write-known"
CONTENT = load(ROOT / "faq").unwrap()
WORDINGS = read_questions(FOLDER)
KNOWN = read_known(FOLDER).marks()
JUDGE = Judge(CONTENT.entries)

Decide = Callable[[str], Decision]


@pytest.fixture(scope="session")
def decide(shipped_replier: Replier) -> Decide:
    """The shipped bot with engine A: deterministic, no sentence model."""
    return lambda text: shipped_replier.decider.decide(text, Session(), 0.0)[0]


def judged(wordings: list[Wording], decide: Decide) -> list[Judged]:
    """What the bot makes of wordings."""
    decisions = [(wording, decide(wording.text)) for wording in wordings]
    return [Judged(wording, decision, JUDGE.mark(wording, decision)) for wording, decision in decisions]


def surprises(found: list[Judged]) -> list[str]:
    """What is not as listed, one line a wording. To fail less badly than listed is no surprise."""
    lines = []
    for one in found:
        listed: Mark | None = KNOWN.get((owner(one.wording), one.wording.text))
        if one.mark in FAILED and listed is None:
            lines.append(explained(one))
        elif one.mark in FAILED and listed and FAILED.index(one.mark) < FAILED.index(listed):
            lines.append(f"{explained(one)} - worse than listed, as {listed}")
        elif one.mark not in FAILED and listed:
            lines.append(f"passes now, so it must leave the list under `{listed}`: {one.wording.text!r}")
    return lines and [*lines, REWRITE]


def told(lines: list[str]) -> str:
    """All of them, for the report of a failed test."""
    return "\n".join(lines)


OWNED = sorted({wording.entry for wording in WORDINGS if wording.entry in CONTENT.entries})
GROUPS = sorted({wording.group for wording in WORDINGS})


@pytest.mark.parametrize("entry", OWNED)
def test_an_entry_wins_its_wordings(entry: str, decide: Decide) -> None:
    """Answered, or among the three suggestions; never with an emergency card."""
    found = surprises(judged([wording for wording in WORDINGS if wording.entry == entry], decide))
    assert not found, told(found)


@pytest.mark.parametrize("group", GROUPS)
def test_nobodys_wordings_get_no_medical_answer(group: str, decide: Decide) -> None:
    """Nor an emergency card; suggestions are allowed."""
    mine = [wording for wording in WORDINGS if wording.entry is None and wording.group == group]
    found = surprises(judged(mine, decide))
    assert not found, told(found)


def test_every_wording_belongs_to_an_entry_that_exists() -> None:
    """An id is for ever; wordings of one that is gone test nothing."""
    assert "" == "\n".join(problem.as_text() for problem in strangers(WORDINGS, CONTENT.entries))


def test_every_medical_entry_has_test_wordings() -> None:
    """Untested entries win what is not theirs."""
    assert [] == [entry.id for entry in CONTENT.entries.values() if entry.medical and entry.id not in OWNED]


def test_the_question_files_mirror_the_entry_files() -> None:
    """A test file beside every content file."""
    assert sorted(path.stem for path in (ROOT / "faq" / "en" / "entries").glob("*.yaml")) == GROUPS


def test_no_test_wording_stands_in_the_faq() -> None:
    """It would only show that the FAQ knows its own words."""
    known = {phrasing.casefold() for entry in CONTENT.entries.values() for phrasing in entry.phrasings}
    assert [] == [wording.text for wording in WORDINGS if wording.entry and wording.text.casefold() in known]


def test_no_test_wording_stands_twice() -> None:
    """Only one entry can win it."""
    texts = [wording.text.casefold() for wording in WORDINGS]
    assert [] == sorted({text for text in texts if texts.count(text) > 1})


def test_the_list_of_known_failures_names_test_wordings_only() -> None:
    """A wording that was reworded or deleted leaves the list too."""
    mine = {(owner(wording), wording.text) for wording in WORDINGS}
    assert [] == [f"{entry}: {text!r}" for entry, text in KNOWN if (entry, text) not in mine]


def test_no_entry_is_called_none() -> None:
    """The list of known failures keeps that name for wordings that are nobody's."""
    assert NOBODY not in CONTENT.entries
