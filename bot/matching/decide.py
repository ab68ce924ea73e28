"""From a match to one of three zones: answer, "did you mean", or "I don't have an answer for that"."""

from typing import Literal, NamedTuple

from bot.matching.index import declines
from bot.matching.matcher import Match

Zone = Literal["answer", "suggest", "none"]
ANSWER_FROM = 0.78
DECLINE_FROM = 0.45  # of "we don't do that" and small talk: a wrong one costs a second message, not a wrong answer
SUGGEST_FROM = 0.12
SUGGESTIONS = 3


class Choice(NamedTuple):
    """The zone, the entry answered with (or None), and what may be offered instead, best first."""

    zone: Zone
    entry: str | None
    suggestions: tuple[str, ...]


def choose(match: Match) -> Choice:
    """Take the decision that the numbers call for. Small talk and "not ours" are answered, never offered as a guess."""
    if not match.ranking or match.confidence < SUGGEST_FROM:
        return Choice("none", None, ())
    first = match.ranking[0][0]
    asked = tuple(entry for entry in match.asked if not declines(entry))
    if len(asked) > 1:
        return Choice("suggest", None, asked[:SUGGESTIONS])
    offers = tuple(entry for entry, _ in match.ranking if not declines(entry))[:SUGGESTIONS]
    if declines(first) and match.confidence >= DECLINE_FROM:
        return Choice("answer", first, ())
    if not declines(first) and match.confidence >= ANSWER_FROM:
        return Choice("answer", first, tuple(entry for entry in offers if entry != first))
    return Choice("suggest", None, offers) if offers else Choice("none", None, ())
