"""Ordinary messages cut and put together anew: examples of what rules meet by accident."""

# ruff: noqa: SIM300 - expected == actual is the house style

import pytest

from bot.urgent import Gate
from tests.urgent import splices as module
from tests.urgent.examples import FOLDS, lot_of
from tests.urgent.splices import splices

ORDINARY = [
    "the disc in my back was fine after the shot",
    "my knee has a fever dream of a price tag on it",
    "does the shot for my back pain cost a lot",
    "my son had a fever and chills in spring",
    "which chair is good for a bad back at work",
    "he has chills whenever he hears that old song",
]
URGENT = "my back pain came with a fever of 103"


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some thousand instead of hundreds of thousands."""
    monkeypatch.setattr(module, "MADE", 4_000)


def test_they_are_met_by_a_rule_and_count_as_ordinary(gate: Gate, few: None) -> None:
    """Each shows a card that may be set aside; none is one of the messages that were cut."""
    texts = {f"{text} {number}": "O" for text in ORDINARY for number in range(8)}
    made = splices(gate, texts)
    assert made
    assert {("O", True)} == {(one.label, one.fires) for one in made}
    assert all(gate.marked(one.text) is not None for one in made)
    assert not {one.text for one in made} & texts.keys()


def test_what_is_left_out_together_was_cut_from_the_same_lot(gate: Gate, few: None) -> None:
    """Else half of a message would teach about the other half."""
    texts = {f"{text} {number}": "O" for text in ORDINARY for number in range(8)}
    for one in splices(gate, texts):
        assert one.lot in range(FOLDS)
        whole = [text for text in texts if lot_of(text) == one.lot]
        assert any(one.text.split()[0] == text.split()[0] for text in whole)
        assert any(one.text.split()[-1] == text.split()[-1] for text in whole)


def test_emergencies_and_what_alarms_are_not_cut(gate: Gate, few: None) -> None:
    """Half an emergency is no ordinary message."""
    assert [] == splices(gate, dict.fromkeys([f"{URGENT} {number}" for number in range(9)], "O") | {URGENT: "N"})


def test_they_are_the_same_every_time(gate: Gate, few: None) -> None:
    """So that the same weights are learned."""
    texts = {f"{text} {number}": "O" for text in ORDINARY for number in range(8)}
    assert [one.text for one in splices(gate, texts)] == [one.text for one in splices(gate, texts)]
