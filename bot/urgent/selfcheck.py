"""The rules' own examples, run at start and at every reload of the content: milliseconds."""
from __future__ import annotations

from bot.content.urgent import CARD_TIERS, Urgent
from bot.urgent.gate import Gate


def self_check(gate: Gate, urgent: Urgent) -> list[str]:
    """What the rules miss of their own examples, one line each; empty when all is well."""
    faults: list[str] = []
    for rule in urgent.rules:
        for text in rule.fires_on:
            fired = gate.check(text).rules
            if rule.id not in fired:
                others = ", ".join(fired) or "none"
                faults.append(f"the rule {rule.id} does not fire on its example “{text}” (fired: {others})")
        for text in rule.quiet_on:
            verdict = gate.check(text)
            if rule.id in verdict.rules or verdict.tier in CARD_TIERS:
                others = ", ".join(verdict.rules)
                faults.append(f"“{text}” should stay quiet, says the rule {rule.id}, but {others} fires")
    return faults
