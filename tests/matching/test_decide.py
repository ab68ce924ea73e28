"""Three zones: answer, "did you mean", "I don't have an answer for that"."""

import pytest

from bot.matching.decide import ANSWER_FROM, DECLINE_FROM, SUGGEST_FROM, Choice, choose
from bot.matching.matcher import NOTHING

MEDICAL = (("scan", 0.5), ("brace", 0.4), ("chat.hello", 0.3), ("therapy", 0.2), ("results", 0.1))
SMALL_TALK = (("chat.hello", 0.5), ("scan", 0.4), ("not_ours.teeth", 0.3))


def chosen(ranking: tuple[tuple[str, float], ...], confidence: float) -> Choice:
    """The choice for a ranking."""
    return choose(NOTHING._replace(ranking=ranking, confidence=confidence))


@pytest.mark.parametrize(
    ("confidence", "zone"),
    [
        (1.0, "answer"),
        (ANSWER_FROM, "answer"),
        (ANSWER_FROM - 0.001, "suggest"),
        (SUGGEST_FROM, "suggest"),
        (SUGGEST_FROM - 0.001, "none"),
        (0.0, "none"),
    ],
)
def test_the_confidence_picks_the_zone(confidence: float, zone: str) -> None:
    """A border belongs to the zone above it."""
    assert zone == chosen(MEDICAL, confidence).zone


def test_the_best_is_answered() -> None:
    """With the next ones behind "no", small talk left out."""
    assert Choice("answer", "scan", ("brace", "therapy")) == chosen(MEDICAL, 0.9)


def test_three_are_suggested() -> None:
    """Small talk is never a guess."""
    assert Choice("suggest", None, ("scan", "brace", "therapy")) == chosen(MEDICAL, 0.4)


def test_small_talk_is_answered_earlier() -> None:
    """A wrong one costs a second message, not a wrong answer."""
    assert Choice("answer", "chat.hello", ()) == chosen(SMALL_TALK, DECLINE_FROM)


def test_unsure_small_talk_gives_way_to_a_guess() -> None:
    """The medical entries behind it are offered, nothing is said outright."""
    assert Choice("suggest", None, ("scan",)) == chosen(SMALL_TALK, DECLINE_FROM - 0.001)


def test_small_talk_alone_and_unsure_is_no_answer() -> None:
    """There is nothing to offer."""
    assert Choice("none", None, ()) == chosen(SMALL_TALK[::2], DECLINE_FROM - 0.001)


def test_two_questions_are_both_offered() -> None:
    """However sure the whole message is."""
    match = NOTHING._replace(ranking=MEDICAL, confidence=0.95, asked=("results", "brace"))
    assert Choice("suggest", None, ("results", "brace")) == choose(match)


def test_a_question_beside_small_talk_is_answered() -> None:
    """A greeting with a question mark is no second question."""
    match = NOTHING._replace(ranking=MEDICAL, confidence=0.95, asked=("chat.hello", "scan"))
    assert choose(match).entry == "scan"


def test_an_empty_ranking_is_no_answer() -> None:
    """Whatever the confidence says."""
    assert Choice("none", None, ()) == chosen((), 1.0)
