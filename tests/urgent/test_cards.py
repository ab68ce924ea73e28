"""What the person reads: action first, short, the country's numbers, no links, nothing of their own words."""

from __future__ import annotations

import re

import pytest

from bot.content.urgent import CARD_TIERS, Urgent
from bot.urgent import Gate, Verdict, card, failsafe, reminder, shows_card
from bot.urgent.cards import LIMIT

CLINIC = ("555 0100 ext. 22", "The Example Spine and Rehabilitation Center of the Valley")
METHODS = re.compile(r"\b(gun|rope|knife|razor|hang|jump|bridge|overdose|cut yourself|pills to)\b", re.IGNORECASE)
DISEASES = re.compile(
    r"stroke|heart attack|\bclots?\b|cauda|sepsis|meningitis|cancer|appendic|embol|aneurysm|ectopic"
    r"|torsion",
    re.IGNORECASE,
)


def _cards(urgent: Urgent) -> list[tuple[str, str]]:
    return [
        (rule.id, card(urgent, Verdict((rule.id,), rule.tier), country, *CLINIC))
        for rule in urgent.rules
        for country in urgent.lines
    ]


def test_no_card_is_longer_than_a_small_screen(urgent: Urgent) -> None:
    """At most 400 characters, also with the crisis line added."""
    longest = [text for _, text in _cards(urgent)]
    longest += [card(urgent, Verdict((rule.id, "suicide"), rule.tier), "CA", *CLINIC) for rule in urgent.rules]
    assert max(map(len, longest)) <= LIMIT


def test_cards_have_no_links_no_gaps_no_methods_no_diseases(urgent: Urgent) -> None:
    """One action, no reading, nothing that frightens or teaches."""
    for rule, text in _cards(urgent):
        assert "http" not in text, rule
        assert not re.search(r"[{}]", text), rule
        if rule in ("suicide", "suicide_hint", "self_harm_danger", "voices", "harm_others"):
            assert not METHODS.search(text), rule
        if rule not in ("cancer_neuro", "cancer_pain"):
            assert not DISEASES.search(text), rule


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("my chest hurts", "🚨 Call 911 now."),
        ("I want to die", "💙 Call or text 988 now."),
        ("numb when I wipe", "🚨 Go to the emergency room now."),
    ],
)
def test_the_action_comes_first(text: str, opening: str, gate: Gate, urgent: Urgent) -> None:
    """The first line says what to do."""
    assert card(urgent, gate.check(text), "US", *CLINIC).splitlines()[0] == opening


def test_every_card_says_that_nobody_is_watching(urgent: Urgent) -> None:
    """A card is no call for help that somebody hears."""
    for rule in urgent.rules:
        text = card(urgent, Verdict((rule.id,), rule.tier), "US", *CLINIC)
        assert ("No person is watching" in text) == (rule.tier in CARD_TIERS), rule.id


def test_danger_from_oneself_gets_both_numbers(gate: Gate, urgent: Urgent) -> None:
    """911, and 988 by call and text."""
    text = card(urgent, gate.check("I have a gun and want to end my life"), "US", *CLINIC)
    assert text.startswith("🚨 Call 911 now.")
    assert "call or text 988" in text


def test_a_wish_to_die_beside_another_emergency_is_not_forgotten(gate: Gate, urgent: Urgent) -> None:
    """The graver card, and one line for the other."""
    text = card(urgent, gate.check("my chest hurts and I want to die"), "US", *CLINIC)
    assert text.startswith("🚨 Call 911 now.")
    assert "988" in text


def test_too_many_pills_names_the_countrys_poison_line(gate: Gate, urgent: Urgent) -> None:
    """It differs from country to country."""
    verdict = gate.check("took too many pills")
    assert "1-800-222-1222" in card(urgent, verdict, "US", *CLINIC)
    assert "1-844-764-7669" in card(urgent, verdict, "CA", *CLINIC)


def test_nothing_typed_comes_back(gate: Gate, urgent: Urgent) -> None:
    """A card holds the file's words only."""
    assert "Rumpelstiltskin" not in card(urgent, gate.check("Rumpelstiltskin has chest pain"), "US", *CLINIC)


def test_lower_tiers_are_a_line_and_no_card(gate: Gate, urgent: Urgent) -> None:
    """They stand before the answer."""
    verdict = gate.check("ran out of my oxycodone")
    assert not shows_card(verdict)
    assert card(urgent, verdict, "US", *CLINIC).startswith("📞 Call today.")


def test_no_rule_no_card(urgent: Urgent) -> None:
    """A quiet verdict has no text."""
    assert card(urgent, Verdict(), "US", *CLINIC) == ""


def test_the_reminder_and_the_failsafe_name_the_numbers(urgent: Urgent) -> None:
    """One line after a card; and a card when the gate itself fails."""
    assert "911" in reminder(urgent, "US", *CLINIC)
    assert "\n" not in reminder(urgent, "US", *CLINIC)
    assert "911" in failsafe(urgent, "US", *CLINIC)
    assert "988" in failsafe(urgent, "US", *CLINIC)
