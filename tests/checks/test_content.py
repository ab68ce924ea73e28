"""All gates together, on content that was read from files."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from pathlib import Path

import pytest

from bot.checks.content import check_content, check_loaded
from bot.content.loading import load
from bot.problems import Problem
from tests.support.questions import write_questions
from tests.support.tiny import write_faq


@pytest.fixture
def faq(tmp_path: Path) -> Path:
    """The tiny FAQ, to be broken."""
    return write_faq(tmp_path / "faq")


def found(faq: Path, words: str) -> Problem:
    """The one problem whose message holds these words."""
    (problem,) = [one for one in check_loaded(load(faq), faq / "none").problems if words in one.message]
    return problem


def change(path: Path, old: str, new: str) -> int:
    """Write a file anew with one change, and give the number of the changed line."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def test_a_claim_is_told_with_file_and_line(faq: Path) -> None:
    """So that an editor can jump there."""
    file = faq / "en" / "entries" / "imaging.yaml"
    line = change(file, "An X-ray shows bones.", "An X-ray is risk-free.")
    problem = found(faq, "must not say")
    assert (file.as_posix(), line) == problem.place[:2]
    assert "error" == problem.severity


def test_an_example_that_its_rule_misses_is_told_at_its_line(faq: Path) -> None:
    """In urgent.yaml: such content must not answer patients."""
    rule = load(faq).unwrap().urgent.rules[0]  # type: ignore[union-attr]
    line = change(faq / "en" / "urgent.yaml", rule.fires_on[1], "the weather is nice today")
    problem = found(faq, f"the rule {rule.id} does not fire on its example")
    assert (line, "error") == (problem.place.line, problem.severity)


def test_a_fault_of_the_guide_is_told_at_its_question(faq: Path) -> None:
    """At the question that the message names."""
    guide = load(faq).unwrap().guide
    assert guide is not None
    question = guide.questions[0]
    change(faq / "en" / "guide.yaml", question.options[0].label, "a label that is much too long for a button")
    problem = found(faq, "the label has 42 characters")
    assert question.id in problem.place.text


def test_a_wording_that_is_an_emergency_is_told(faq: Path) -> None:
    """A patient who types it gets the card, not the answer."""
    change(faq / "en" / "entries" / "imaging.yaml", "dexa scan", "i can't feel my legs and i can't pee")
    problem = found(faq, "sets off the emergency rule")
    assert ("warning", True) == (problem.severity, problem.place.line > 0)


@pytest.mark.parametrize(
    ("file", "old"),
    [
        ("urgent.yaml", "https://988.ca"),
        ("urgent.yaml", "https://medlineplus.gov/burns.html"),
        ("guide.yaml", "https://medlineplus.gov/fractures.html"),
        ("guide.yaml", "https://medlineplus.gov/sportsinjuries.html"),
    ],
)
def test_a_source_of_the_rules_or_the_guide_that_deserves_no_trust_is_told(faq: Path, file: str, old: str) -> None:
    """Numbers, rules, questions and ends rest on the same publishers as answers."""
    line = change(faq / "en" / file, old, "https://sellsdiscs.example/p")
    problem = found(faq, "sellsdiscs.example is not on the list of publishers")
    assert ("warning", line) == (problem.severity, problem.place.line)


def test_drafts_wait_for_a_clinician(faq: Path) -> None:
    """They are told, and marked as what no editor can mend."""
    waiting = [one.message for one in check_loaded(load(faq), faq / "none").problems if one.waits]
    assert 4 == len(waiting)  # answers, guide, rules, and what all rules share
    assert all("draft" in message for message in waiting)


def test_a_clinic_that_is_not_filled_in_is_told(faq: Path) -> None:
    """It waits for the clinic."""
    with (faq / "clinic.yaml").open("a", encoding="utf-8") as file:
        file.write("placeholder: true\n")
    problem = found(faq, "placeholders")
    assert (True, 8) == (problem.waits, problem.place.line)


def test_missing_files_are_told(tmp_path: Path) -> None:
    """`faqbot serve` needs them all."""
    faq = write_faq(tmp_path / "faq", without=("guide.yaml", "urgent.yaml"))
    content = load(faq).unwrap()
    problems = check_content(content, load(faq).sources).problems
    assert ["guide.yaml", "urgent.yaml"] == [
        one.place.file for one in problems if one.message == "this file is missing"
    ]


def test_test_wordings_are_checked_where_there_are_any(faq: Path, tmp_path: Path) -> None:
    """An entry without enough of them is told."""
    folder = write_questions(tmp_path / "tests" / "questions")
    messages = [one.message for one in check_loaded(load(faq), folder).problems]
    assert "`emg`: 1 test wordings" in messages


def test_what_does_not_load_is_not_judged(faq: Path) -> None:
    """Only the problems of loading are told."""
    (faq / "en" / "words.yaml").write_text("nonsense: 1\n", encoding="utf-8")
    assert ["words.yaml"] == [Path(one.place.file).name for one in check_loaded(load(faq), faq / "none").problems]


def test_figures_are_told(faq: Path) -> None:
    """The size of the guide, and the reading levels."""
    assert {"guide", "guide reading level", "reading level"} == set(check_loaded(load(faq), faq / "none").figures)
