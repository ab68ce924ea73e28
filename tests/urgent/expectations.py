"""What the rules' own examples and the panel expect of the gate, one text at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.content.urgent import Urgent
from bot.urgent import Verdict, shows_card
from tests.urgent.conftest import EXCUSES, FIRES, PANEL, graver


class Expected(NamedTuple):
    """A text and what must come of it: a rule among those that fire, a tier at least so grave, or no card."""

    text: str
    rule: str | None = None
    tier: str | None = None
    silent: str | None = None  # a rule that must not fire, beside no card at all
    spared: str | None = None  # a rule that must not fire, whatever others do

    def holds(self, verdict: Verdict) -> bool:
        """Does the verdict keep the promise?"""
        if self.spared is not None:
            return self.spared not in verdict.rules
        if self.silent is not None:
            return self.silent not in verdict.rules and not shows_card(verdict)
        if self.rule is not None and self.rule not in verdict.rules:
            return False
        return self.tier is None or graver(verdict.tier, self.tier)


def expectations(urgent: Urgent) -> Iterator[Expected]:
    """All of them: examples and look-alikes of the rules, the panel, and the texts of excuses and of lines."""
    tiers = {rule.id: rule.tier for rule in urgent.rules}
    for rule in urgent.rules:
        yield from (Expected(text, rule.id, rule.tier) for text in rule.fires_on)
        yield from (Expected(text, silent=rule.id) for text in rule.quiet_on)
    for name, texts in PANEL["fires"].items():
        yield from (Expected(text, tier=tiers[name]) for text in texts)
    for tier, texts in PANEL["fires_more"].items():
        yield from (Expected(text, tier=tier) for text in texts)
    quiet = [*(text for texts in PANEL["quiet"].values() for text in texts), *PANEL["quiet_more"]]
    yield from (Expected(text, silent="") for text in quiet)
    yield from (Expected(text, spared=rule) for rule, _, _, text in EXCUSES["guards"])
    yield from (Expected(text, spared=rule) for _, _, rule, text in EXCUSES["kinds"])
    yield from (Expected(text, rule) for rule, texts in FIRES.items() for text in texts)
