"""The rules' own examples, run at start and at every reload of the content: milliseconds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.content.urgent import CARD_TIERS, Urgent
from bot.urgent.gate import Gate


class Missed(NamedTuple):
    """An example that a rule does not keep, and where it stands: rules, `rule`, `key`, `position`."""

    rule: int
    key: str
    position: int
    message: str


def self_check(gate: Gate, urgent: Urgent) -> list[str]:
    """What the rules miss of their own examples, one line each; empty when all is well."""
    return [missed.message for missed in missed_examples(gate, urgent)]


def missed_examples(gate: Gate, urgent: Urgent) -> Iterator[Missed]:
    """The same, with the place of each example."""
    weighed = {name for name, concept in urgent.concepts.items() if concept.weighed}
    for number, rule in enumerate(urgent.rules):
        for position, text in enumerate(rule.fires_on):
            fired = gate.check(text).rules
            if rule.id not in fired and not (fired and weighed.issuperset(rule.when)):  # there another rule is as good
                others = ", ".join(fired) or "none"
                message = f"the rule {rule.id} does not fire on its example “{text}” (fired: {others})"
                yield Missed(number, "fires_on", position, message)
        for position, text in enumerate(rule.quiet_on):
            verdict = gate.check(text)
            if rule.id in verdict.rules or verdict.tier in CARD_TIERS:
                others = ", ".join(verdict.rules)
                message = f"“{text}” should stay quiet, says the rule {rule.id}, but {others} fires"
                yield Missed(number, "quiet_on", position, message)
