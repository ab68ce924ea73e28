"""What the person reads when the gate stops everything."""

from __future__ import annotations

from bot.content.urgent import CARD_TIERS, Urgent
from bot.urgent.gate import Verdict

LIMIT = 400


def shows_card(verdict: Verdict) -> bool:
    """Does the verdict replace the answer? The lower tiers are only a line before it."""
    return verdict.tier in CARD_TIERS


def card(urgent: Urgent, verdict: Verdict, country: str, phone: str, clinic: str) -> str:
    """The text for the gravest rule: a card, or for the lower tiers the line before the answer."""
    rule = next((rule for rule in urgent.rules if verdict.rules and rule.id == verdict.rules[0]), None)
    if rule is None:
        return ""
    parts = [getattr(urgent.cards, rule.tier).replace("{say}", rule.say)]
    if _dying_too(urgent, verdict):
        parts.append(urgent.cards.also_crisis)
    if shows_card(verdict):
        parts.append(urgent.cards.not_monitored)
    return _fill(urgent, "\n\n".join(parts), country, phone, clinic)


def reminder(urgent: Urgent, country: str, phone: str = "", clinic: str = "") -> str:
    """The first line of other answers in the half hour after a card."""
    return _fill(urgent, urgent.cards.reminder, country, phone, clinic)


def failsafe(urgent: Urgent, country: str, phone: str = "", clinic: str = "") -> str:
    """What is sent when the gate itself fails."""
    return _fill(urgent, urgent.cards.failsafe, country, phone, clinic)


def _dying_too(urgent: Urgent, verdict: Verdict) -> bool:
    tiers = {rule.id: rule.tier for rule in urgent.rules}
    names_crisis = any("{crisis}" in rule.say for rule in urgent.rules if rule.id == verdict.rules[0])
    return verdict.tier != "crisis" and not names_crisis and any(tiers.get(name) == "crisis" for name in verdict.rules)


def _fill(urgent: Urgent, text: str, country: str, phone: str, clinic: str) -> str:
    lines = urgent.lines[country]
    values = {
        "emergency": lines.emergency,
        "crisis": lines.crisis,
        "poison": lines.poison,
        "phone": phone,
        "clinic": clinic,
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text.strip()
