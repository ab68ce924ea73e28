"""Hand-written stand-ins for what decides: a matcher that is as sure as a test wants, and parts that break."""

from __future__ import annotations

from typing import Any

from bot.content.loading import Content
from bot.decision import Decider
from bot.matching.matcher import Match, Matcher
from bot.reply import Replier
from bot.urgent import Verdict

CANARY = "zanzibarquokka"


class Unsure:
    """The real ranking with a confidence to order: `{"about a scan": 0.4}`; other texts as they are."""

    def __init__(self, matcher: Matcher, confidence: dict[str, float]) -> None:
        self._matcher, self._confidence = matcher, confidence

    def match(self, text: str) -> Match:
        """The match, less sure."""
        match = self._matcher.match(text)
        return match._replace(confidence=self._confidence.get(text, match.confidence))


class Broken:
    """A gate and a matcher that break on every text, with the text in the error as careless code has it."""

    def check(self, text: str, *rest: Any) -> Verdict:
        """Never returns."""
        raise RuntimeError(f"cannot check {text!r}")

    def match(self, text: str) -> Match:
        """Never returns."""
        raise RuntimeError(f"cannot match {text!r}")


def replier_with(replier: Replier, content: Content, gate: Any = None, matcher: Any = None) -> Replier:
    """The same replier with another gate or matcher; the one given stays as it is."""
    decider = object.__new__(Decider)
    decider.gate = gate or replier.decider.gate
    decider.matcher = matcher or replier.decider.matcher
    return Replier(content, decider)
