"""The ways to ask: enough of them, not too many, in patients' words, each in one entry only."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

import pytest

from bot.checks.overlap import clashes, contained, overlaps
from bot.checks.phrasings import phrasings
from tests.support.cases import WAYS, a_case, an_entry, told


@pytest.mark.parametrize("identifier", ["back_pain", "chat.hello", "not_ours.teeth"])
@pytest.mark.parametrize(("number", "problems"), [(7, 1), (8, 0), (20, 0), (21, 1)])
def test_an_entry_has_eight_to_twenty_wordings(identifier: str, number: int, problems: int) -> None:
    """Fewer are not found, more are not read."""
    entry = an_entry(identifier, asked_as=[f"{'w' * (n + 1)}" for n in range(number)])
    assert problems == len(told(phrasings, a_case(entry)))


def test_whoever_has_too_many_is_told_where_they_belong() -> None:
    """Further wordings have files of their own."""
    (problem,) = phrasings(a_case(an_entry(asked_as=[f"{'w' * (n + 1)}" for n in range(21)])))
    expected = "keep the 20 that differ most in words, and move the rest to faq/en/wordings/<group>.yaml"
    assert expected == problem.hint


def test_further_wordings_are_not_counted() -> None:
    """Neither as too many, nor in the place of an entry's own."""
    more = [f"{'m' * (n + 1)}" for n in range(50)]
    assert [] == told(phrasings, a_case(an_entry().with_wordings(more)))
    few = an_entry(asked_as=[*WAYS[:7]]).with_wordings(more)
    assert ["`back_pain`: only 7 wordings besides the question"] == told(phrasings, a_case(few))


def test_most_wordings_do_without_the_trades_word() -> None:
    """Patients have never heard it."""
    half = [f"{way} physiatrist" for way in WAYS[:4]] + list(WAYS[4:])
    assert [] == told(phrasings, a_case(an_entry(asked_as=half)))
    most = [f"{way} Physiatrists" for way in WAYS[:5]] + list(WAYS[5:])
    assert ["`back_pain`: “physiatrist” is in 5 of 8 wordings"] == told(phrasings, a_case(an_entry(asked_as=most)))


def test_a_wording_stands_in_one_entry_only() -> None:
    """Capitals and punctuation do not make two of one."""
    one, two = an_entry("a", asked_as=["My back hurts!"]), an_entry("b", asked_as=["my back hurts"])
    problems = list(overlaps(a_case(one, two)))
    assert [("error", "`b`: the wording “my back hurts” also stands in `a`")] == [
        (problem.severity, problem.message) for problem in problems
    ]


def test_a_wording_stands_once_in_its_entry() -> None:
    """A line that adds nothing is told, mildly."""
    problems = list(overlaps(a_case(an_entry(asked_as=["my back hurts", "My back hurts."]))))
    assert ["warning"] == [problem.severity for problem in problems]
    assert "is the same to the bot as" in problems[0].message


@pytest.mark.parametrize("twice", [["my back hurts", "my back hurts"], ["What about back pain?"]])
def test_a_wording_is_not_written_twice(twice: list[str]) -> None:
    """Nor is the question among them."""
    assert 1 == len(told(overlaps, a_case(an_entry(asked_as=twice))))


def test_a_wording_that_holds_one_of_another_entry_is_told() -> None:
    """A word or two more will not tell them apart."""
    one, two = an_entry("a", asked_as=["do i need surgery"]), an_entry("b", asked_as=["do i need surgery for fibroids"])
    assert ["`b`: “do i need surgery for fibroids” holds “do i need surgery” of `a`"] == told(
        contained, a_case(one, two)
    )


def test_a_long_story_may_hold_a_short_wording() -> None:
    """And very short wordings are in everything."""
    one = an_entry("a", asked_as=["do i need surgery", "back pain"])
    two = an_entry("b", asked_as=["do i need surgery or is there some other way", "lower back pain"])
    assert [] == told(contained, a_case(one, two))


def test_a_look_alike_is_no_wording_of_its_entry() -> None:
    """What must not get an answer cannot also ask for it."""
    entry = an_entry(asked_as=["whiplash"], not_for=["Whiplash!"])
    assert ["`back_pain`: “Whiplash!” is both a wording and a look-alike"] == told(clashes, a_case(entry))
