"""From a match to one of three zones: answer, "did you mean", or "I don't have an answer for that"."""

from typing import Literal, NamedTuple

from bot.matching.index import declines
from bot.matching.matcher import Match

Zone = Literal["answer", "suggest", "none"]
ANSWER_FROM = 0.76
DECLINE_FROM = 0.66  # of "we don't do that" and small talk: a wrong one costs a second message, not a wrong answer
SUGGEST_FROM = 0.27
SUGGESTIONS = 3
CLOSE = 0.1  # the lead below which two topics are told to be close
STRANGE = 0.3  # the share of strange words from which they are told


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
    asked = tuple([entry for entry in match.asked if not declines(entry)])
    offers = tuple([entry for entry, _ in match.ranking if not declines(entry)])[:SUGGESTIONS]
    if match.vague and not declines(first):
        return Choice("suggest", None, offers)
    if len(asked) > 1:
        return Choice("suggest", None, asked[:SUGGESTIONS])
    if declines(first) and match.confidence >= DECLINE_FROM:
        return Choice("answer", first, ())
    if not declines(first) and match.confidence >= ANSWER_FROM:
        return Choice("answer", first, tuple([entry for entry in offers if entry != first]))
    return Choice("suggest", None, offers) if offers else Choice("none", None, ())


def changes(outcome: str, match: Match) -> list[str]:
    """What would have changed the decision, in words an admin can act on."""
    if match.vague and outcome == "suggest":
        return ["one word that several topics have: they are offered, those that have it most first"]
    if match.confidence >= ANSWER_FROM or not match.ranking:
        return []
    first, sure = match.ranking[0][0], f"{match.confidence:.2f}"
    lines = [f"not answered: {sure} sure of {first}, {ANSWER_FROM} is needed"] if outcome != "answer" else []
    if len(match.ranking) > 1 and match.evidence.margin < CLOSE:
        lines.append(
            f"what would change it: {first} and {match.ranking[1][0]} are close; a wording like this under one"
        )
    elif match.evidence.strange > STRANGE:
        lines.append(f"what would change it: a wording with these words under {first}, or under what they belong to")
    return lines
