"""What takes the weight from a sign (a no, an ago, a question, a set phrase) hides few of the written emergencies."""

from __future__ import annotations

import pytest

from bot.content.loading import Content
from bot.urgent import Gate, sense, shows_card
from tests.urgent.examples import told

FEW = 50  # one in so many of the emergencies that no rule hears


@pytest.fixture(scope="module")
def silent(content: Content) -> list[str]:
    """Of the emergencies that the second look learns from, those on which no rule shows a card."""
    assert content.urgent is not None
    gate = Gate(content.urgent)
    texts = told(content, content.urgent)
    return [text for text, label in texts.items() if label in "NC" and not shows_card(gate.check(text))]


@pytest.mark.parametrize("kind", sorted(sense._TESTS))
def test_no_way_of_lowering_hides_many_emergencies(
    kind: str, silent: list[str], gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without it, at most one in fifty of them would get a card by the rules."""
    monkeypatch.setitem(sense._TESTS, kind, lambda reading, hit: False)
    hidden = [text for text in silent if shows_card(gate.check(text))]
    assert len(hidden) <= len(silent) // FEW, hidden
