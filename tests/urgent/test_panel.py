"""The release gate: nothing on the panel is missed, in any of the ways it may be typed, and nothing quiet alarms."""

from __future__ import annotations

import pytest

from bot.content.urgent import Urgent
from bot.urgent import Gate, self_check, shows_card
from tests.urgent.conftest import PANEL, graver
from tests.urgent.variations import VARIATIONS

FIRES = [(rule, text) for rule, texts in PANEL["fires"].items() for text in texts]
MORE = [(tier, text) for tier, texts in PANEL["fires_more"].items() for text in texts]
QUIET = [*(text for texts in PANEL["quiet"].values() for text in texts), *PANEL["quiet_more"]]
ABOUT_DYING = ("suicide", "suicide_hint", "self_harm_danger", "voices")


def test_the_panel_is_large_and_says_nothing_twice() -> None:
    """At least 400 messages that must fire and 300 that must not, all distinct."""
    texts = [text for _, text in FIRES + MORE]
    assert len(set(texts)) == len(texts) >= 400
    assert len(set(QUIET)) == len(QUIET) >= 300


def test_every_rule_has_messages_on_the_panel(urgent: Urgent) -> None:
    """No rule is without at least eight wordings."""
    thin = [rule.id for rule in urgent.rules if len(PANEL["fires"].get(rule.id, ())) < 8]
    assert thin == []


def test_no_emergency_on_the_panel_is_missed(gate: Gate, tier_of: dict[str, str]) -> None:
    """Each message fires at least as grave a tier as its rule's."""
    missed = [(rule, text) for rule, text in FIRES if not graver(gate.check(text).tier, tier_of[rule])]
    missed += [(tier, text) for tier, text in MORE if not graver(gate.check(text).tier, tier)]
    assert missed == []


def test_the_rule_itself_fires_and_not_only_a_graver_one(gate: Gate) -> None:
    """In all but one message in a hundred the rule meant is among those that fire."""
    others = [(rule, text) for rule, text in FIRES if rule not in gate.check(text).rules]
    assert len(others) <= len(FIRES) // 100, others


def test_the_crisis_card_is_shown_for_thoughts_of_dying_only(gate: Gate) -> None:
    """A crisis card on another emergency would be a wrong card."""
    wrong = [(rule, text) for rule, text in FIRES if rule not in ABOUT_DYING and gate.check(text).tier == "crisis"]
    assert wrong == []


@pytest.mark.parametrize("variation", VARIATIONS)
def test_no_emergency_is_missed_however_it_is_typed(variation: str, gate: Gate, tier_of: dict[str, str]) -> None:
    """Capitals, curly quotes, third person, minimising, a long story, a slip of the finger."""
    change = VARIATIONS[variation]
    limits = [(tier_of[rule], text) for rule, text in FIRES] + MORE
    missed = [change(text) for tier, text in limits if not graver(gate.check(change(text)).tier, tier)]
    assert missed == []


def test_nothing_quiet_on_the_panel_alarms(gate: Gate) -> None:
    """Ordinary questions and look-alikes get no card."""
    alarms = [(text, gate.check(text).rules) for text in QUIET if shows_card(gate.check(text))]
    assert alarms == []


@pytest.mark.parametrize("variation", ["capitals", "curly", "bare", "minimised", "shrugged", "buried", "spaced"])
def test_nothing_quiet_alarms_however_it_is_typed(variation: str, gate: Gate) -> None:
    """Shouting an ordinary question does not make it an emergency."""
    change = VARIATIONS[variation]
    alarms = [change(text) for text in QUIET if shows_card(gate.check(change(text)))]
    assert alarms == []


@pytest.mark.parametrize("rule", PANEL["two_messages"])
def test_two_messages_make_one_emergency(rule: str, gate: Gate) -> None:
    """What was said minutes ago completes what is said now, and neither fires the rule alone."""
    first, second = PANEL["two_messages"][rule]
    before = gate.check(first)
    assert rule not in before.rules
    assert rule not in gate.check(second).rules
    assert rule in gate.check(second, seen=before.concepts).rules


@pytest.mark.parametrize("rule", PANEL["two_messages"])
def test_what_was_said_before_never_fires_alone(rule: str, gate: Gate) -> None:
    """An ordinary message after half an emergency, or a whole one, stays ordinary."""
    first, second = PANEL["two_messages"][rule]
    seen = gate.check(first).concepts | gate.check(second).concepts
    assert gate.check("do you take my insurance", seen=seen).rules == ()


def test_the_examples_of_the_rules_hold(gate: Gate, urgent: Urgent) -> None:
    """Every rule fires on its own examples and stays quiet on its own look-alikes."""
    assert self_check(gate, urgent) == []
