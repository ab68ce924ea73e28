"""How hard the guide is to read."""

# ruff: noqa: SIM300 - expected == actual is the house style

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.checks.case import Case
from bot.checks.guide_reading import guide_reading
from bot.content.loading import load

FAQ = Path(__file__).parents[2] / "faq"
HARD = "Neurological deterioration necessitates multidisciplinary interventional reevaluation immediately."


def shipped() -> Case:
    """The content that ships."""
    loaded = load(FAQ)
    return Case(loaded.unwrap(), loaded.sources)


def test_the_shipped_guide_is_readable_at_grade_6() -> None:
    """Every screen of it, and the figures are told."""
    problems, figures = guide_reading(shipped())
    assert [] == problems
    hardest = float(figures["guide reading level"].split()[5])
    assert 0 < hardest <= 6


def test_a_screen_that_is_too_hard_is_told_at_its_text() -> None:
    """A question or an end."""
    case = shipped()
    guide = case.content.guide
    assert guide is not None
    hard = guide.questions[0].model_copy(update={"text": HARD})
    content = replace(case.content, guide=guide.model_copy(update={"questions": [hard, *guide.questions[1:]]}))
    (problem,) = guide_reading(case._replace(content=content))[0]
    assert problem.message.startswith("`now`: the screen needs grade ")
    assert ("warning", True) == (problem.severity, problem.place.line > 0)


def test_without_a_guide_nothing_is_measured() -> None:
    """Nor in another language: the formula is for English."""
    case = shipped()
    assert ([], {}) == guide_reading(case._replace(content=replace(case.content, guide=None)))
    assert ([], {}) == guide_reading(case._replace(content=replace(case.content, language="fr")))
