"""Every topic has an answer."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from bot.checks.coverage import Topics, coverage
from bot.checks.tables import table
from tests.support.cases import a_case, an_entry, told

TOPICS = list(table("topics", Topics).topics)


def test_there_are_64_topics() -> None:
    """As agreed; each with what belongs to it."""
    assert 64 == len(TOPICS)


def test_topics_without_an_answer_are_told_in_one_line() -> None:
    """With the first of them, and what belongs to it."""
    problems = list(coverage(a_case(*(an_entry(topic) for topic in TOPICS[2:]))))
    assert [f"2 of 64 topics have no answer: {TOPICS[0]}, {TOPICS[1]}"] == [problem.message for problem in problems]
    assert f"`{TOPICS[0]}`" in problems[0].hint


def test_a_long_list_is_cut() -> None:
    """Nobody reads 63 names."""
    assert told(coverage, a_case(an_entry("back_pain")))[0].endswith(" and 57 more")


def test_a_detail_covers_its_topic() -> None:
    """The part before the first dot counts."""
    assert [] == told(coverage, a_case(*(an_entry(f"{topic}.detail") for topic in TOPICS)))


def test_a_topic_of_the_clinics_own_is_fine() -> None:
    """Only a slip in a known one is told."""
    entries = [an_entry(topic) for topic in TOPICS]
    assert [] == told(coverage, a_case(*entries, an_entry("parking_garage")))
    assert ["`mri_prp.metal`: unknown topic `mri_prp`"] == told(coverage, a_case(*entries, an_entry("mri_prp.metal")))
