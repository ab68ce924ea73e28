"""The bot built for tests, and hand-written stand-ins for what decides: unsure to order, or broken."""

from __future__ import annotations

from typing import Any

import numpy as np

from bot.content.loading import Content
from bot.content.weights import KINDS, LAST, Weights
from bot.decision import Decider
from bot.matching import engines
from bot.matching.matcher import Match, Matcher
from bot.reply import Replier
from bot.urgent import Gate, Verdict

CANARY = "zanzibarquokka"


def build_replier(content: Content) -> Replier:
    """The bot by words and characters alone: no sentence model, no cache."""
    entries = list(content.entries.values())
    return Replier(content, Decider(content, engines.build(entries, content.words, content.language)))


def replier_with(replier: Replier, content: Content, gate: Any = None, matcher: Any = None) -> Replier:
    """The same bot with another gate or matcher; the one given stays as it is."""
    decider = object.__new__(Decider)
    decider.current = content.current
    decider.gate = gate or replier.decider.gate
    decider.matcher = matcher or replier.decider.matcher
    decider.follow_ups = replier.decider.follow_ups
    return Replier(content, decider)


def careless(content: Content) -> Gate:
    """The content's rules with weights for which everything sounds harmless: every card that may be is set aside."""
    assert content.urgent is not None
    nothing = np.zeros((1, len(KINDS)), dtype=np.int16)
    hashes = np.array([LAST], dtype=np.uint32)
    return Gate(content.urgent, Weights(hashes, nothing, (9999, 9999, 0), (0, 0, 0), (0, 0, 0)))


class Unsure:
    """The real ranking with a confidence to order: `{"about a scan": 0.4}`; other texts as they are."""

    engine = "A"

    def __init__(self, matcher: Matcher, confidence: dict[str, float]) -> None:
        self._matcher, self._confidence = matcher, confidence

    def match(self, text: str) -> Match:
        """The match, as sure as ordered."""
        match = self._matcher.match(text)
        return match._replace(confidence=self._confidence.get(text, match.confidence))


class Broken:
    """A gate and a matcher that break on every text, with the text in the error as careless code has it."""

    engine = "A"

    def check(self, text: str, *rest: Any) -> Verdict:
        """Never returns."""
        raise RuntimeError(f"cannot check {text!r}")

    def match(self, text: str) -> Match:
        """Never returns."""
        raise RuntimeError(f"cannot match {text!r}")
