"""Each small piece of the rules file is needed by a text: one that is lost, or broken, is noticed."""

from __future__ import annotations

import pytest

from bot.content.urgent import Urgent
from bot.urgent import Gate
from tests.urgent.witnesses import WORDS, Search, alone, lines_of, sources, witnesses

WITNESSES = witnesses()
UNNEEDED = 0.03  # of all lines: others together happen to cover them


def test_each_concept_and_cue_is_met_on_the_texts_of_its_lines(gate: Gate) -> None:
    """By one line alone, so that each line is needed."""
    texts = [(name, text) for name, texts in WITNESSES.met.items() for text in texts]
    lost = [(name, text) for name, text in texts if len(sources(gate, name, text)) != 1]
    assert lost == []


def test_hardly_a_line_is_without_a_text_that_needs_it(gate: Gate, urgent: Urgent) -> None:
    """Else write the texts anew, and take out the lines that they do not need."""
    texts = [(name, text) for name, texts in WITNESSES.met.items() for text in texts]
    needed = {(name, line) for name, text in texts for line in sources(gate, name, text)}
    lines = set(lines_of(urgent))
    assert len(lines - needed) < UNNEEDED * len(lines), sorted(lines - needed)[:20]


def test_each_rule_fires_on_the_texts_of_its_lines(gate: Gate, urgent: Urgent) -> None:
    """Plain words of the concepts, side by side."""
    texts = [(name, text) for name, texts in WITNESSES.fires.items() for text in texts]
    lost = [(name, text) for name, text in texts if name not in gate.check(text).rules]
    assert lost == []


def test_hardly_a_line_of_a_rule_is_without_a_text_that_needs_it(urgent: Urgent) -> None:
    """On each such text the rule is silent without that line."""
    search = Search(urgent)
    idle = []
    for rule in urgent.rules:
        for line in rule.when:
            rest = alone(rule, urgent, line)
            if not any(search.needs(rule.id, rest, text) for text in WITNESSES.fires.get(rule.id, ())):
                idle.append((rule.id, line))
    assert len(idle) < UNNEEDED * sum(len(rule.when) for rule in urgent.rules), idle[:20]


def test_each_concept_loses_its_weight_in_each_way_of_its_kind(urgent: Urgent) -> None:
    """And in that way alone, on its text."""
    search = Search(urgent)
    lost = [
        (name, lowering)
        for name, texts in WITNESSES.lowered.items()
        for lowering, text in texts.items()
        if not search.only(name, lowering, text)  # type: ignore[arg-type]
    ]
    assert lost == []


@pytest.mark.parametrize("key", WORDS)
def test_each_small_word_changes_what_its_text_means(key: str, urgent: Urgent) -> None:
    """Other rules fire on it when the word is gone."""
    search = Search(urgent)
    assert [word for word, text in WITNESSES.words[key].items() if not search.changes(key, word, text)] == []
