"""What `faqbot check` says about signatures, on a tiny FAQ in which one answer, `therapy`, is signed."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.checks.content import check_loaded
from bot.content.loading import load
from bot.content.signables import Status, signables
from bot.problems import Problem
from tests.support.tiny import write_faq

DUE = "`therapy` was signed by Dr. Example on 2026-01-15; another look was due on 2027-01-15"
FILE = Path("en") / "entries" / "treatment.yaml"


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    """The tiny FAQ, to be changed."""
    return write_faq(tmp_path / "faq")


def change(faq: Path, old: str, new: str, file: Path = FILE) -> None:
    """Write a file anew with one change."""
    text = (faq / file).read_text(encoding="utf-8")
    assert old in text
    (faq / file).write_text(text.replace(old, new, 1), encoding="utf-8")


def told(faq: Path, name: str, today: date = date(2026, 6, 1)) -> list[Problem]:
    """What is said about the review of one text."""
    problems = check_loaded(load(faq), faq / "none", today).problems
    words = ("signed", "review's")
    return [one for one in problems if f"`{name}`" in one.message and any(word in one.message for word in words)]


def status(faq: Path, name: str, today: date | None = None) -> Status:
    """How one text stands."""
    return next(one.status(today) for one in signables(load(faq).unwrap()) if one.name == name)


def test_a_signed_answer_is_signed(faq: Path) -> None:
    """Nothing is told about it."""
    assert "signed" == status(faq, "therapy")
    assert [] == told(faq, "therapy")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("It makes you stronger, step by step.", "It makes you stronger."),
        ("What does physical therapy do?", "What is physical therapy?"),
    ],
)
def test_an_edit_makes_it_a_draft_again(faq: Path, old: str, new: str) -> None:
    """Who signed it, and when, is told at its review, with how to have it signed again."""
    change(faq, old, new)
    entry = load(faq).unwrap().entries["therapy"]
    assert (False, "changed") == (entry.signed, status(faq, "therapy"))
    (problem,) = told(faq, "therapy")
    assert "`therapy` was changed after Dr. Example signed it on 2026-01-15: it is a draft again" == problem.message
    assert "faqbot sign therapy --by NAME" in problem.hint
    assert ("warning", True) == (problem.severity, problem.waits)
    assert (faq / FILE).as_posix() == problem.place.file
    assert problem.place.line > 0


def test_another_wording_leaves_it_signed(faq: Path) -> None:
    """What patients ask is collected every day; the answer is what was signed."""
    change(faq, "does therapy work", "does therapy really work")
    assert "signed" == status(faq, "therapy")


@pytest.mark.parametrize(("today", "expected"), [(date(2027, 1, 14), []), (date(2027, 1, 15), [DUE])])
def test_a_review_that_is_due_is_told(faq: Path, today: date, expected: list[str]) -> None:
    """From its day on. The answer stays signed: a clinic that is late is not left without answers."""
    assert expected == [one.message for one in told(faq, "therapy", today)]
    assert load(faq).unwrap().entries["therapy"].signed


def test_a_day_that_is_none_is_an_error(faq: Path) -> None:
    """It could never fall due."""
    change(faq, '"due": "2027-01-15"', '"due": "15 Jan 2027"')
    (problem,) = told(faq, "therapy")
    assert ("error", "write it as 2026-01-31") == (problem.severity, problem.hint)


def test_small_talk_needs_no_signature(faq: Path) -> None:
    """It is no medical answer."""
    assert [] == [one.name for one in signables(load(faq).unwrap()) if one.name.startswith(("chat.", "not_ours."))]


def test_a_rule_is_signed_with_the_words_of_its_concepts(faq: Path) -> None:
    """A concept that is changed makes just the rules drafts that rest on it."""
    before = load(faq).unwrap().urgent
    assert before is not None
    rule = before.rules[0]
    name = next(name for name in before.concepts if name in rule.when[0].split())
    concept = before.concepts[name].model_copy(update={"says": (*before.concepts[name].says, "something new")})
    after = before.model_copy(update={"concepts": {**before.concepts, name: concept}})
    after.__dict__.pop("fingerprints", None)  # model_copy takes the cached ones along
    changed = {one for one in before.fingerprints if before.fingerprints[one] != after.fingerprints[one]}
    assert rule.id in changed
    assert changed != set(before.fingerprints)
    assert before.fingerprint == after.fingerprint


def test_the_guide_is_signed_as_a_whole(faq: Path) -> None:
    """Every word that is asked or said is covered; a source may be mended."""
    signed = load(faq).unwrap().guide
    assert signed is not None
    change(faq, "Bleeding? Press hard.", "Bleeding? Press.", Path("en/guide.yaml"))
    edited = load(faq).unwrap().guide
    assert edited is not None
    change(faq, "https://medlineplus.gov/stroke.html", "https://medlineplus.gov/strokes.html", Path("en/guide.yaml"))
    mended = load(faq).unwrap().guide
    assert mended is not None
    assert signed.fingerprint != edited.fingerprint == mended.fingerprint
