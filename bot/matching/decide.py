"""From a match to one of three zones: answer, "did you mean", or "I don't have an answer for that"."""

from typing import Literal, NamedTuple

from bot.matching.matcher import Match

Zone = Literal["answer", "suggest", "none"]
ANSWER_FROM = 0.75
DECLINE_FROM = 0.3  # of "we don't do that" and small talk: a wrong one costs a second message, not a wrong answer
SUGGEST_FROM = 0.15
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
    offers = tuple(entry for entry, _ in match.ranking if not _declines(entry))[:SUGGESTIONS]
    if _declines(first):
        return Choice("answer", first, ()) if match.confidence >= DECLINE_FROM else Choice("none", None, ())
    if match.confidence >= ANSWER_FROM and match.also and match.also != first and not _declines(match.also):
        return Choice("suggest", None, tuple(dict.fromkeys((first, match.also, *offers)))[:SUGGESTIONS])
    if match.confidence >= ANSWER_FROM:
        return Choice("answer", first, tuple(entry for entry in offers if entry != first))
    return Choice("suggest", None, offers)


def _declines(entry: str) -> bool:
    return entry.startswith(("chat.", "not_ours."))
