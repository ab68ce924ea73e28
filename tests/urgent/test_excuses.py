"""No excuse of a rule can be lost unseen: each has a text that would fire without it."""
from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.content.urgent import Urgent, conditions
from bot.urgent import Gate
from bot.urgent.rules import RuleBook
from tests.urgent.conftest import EXCUSES

GUARDS = [tuple(entry) for entry in EXCUSES["guards"]]
KINDS = [tuple(entry) for entry in EXCUSES["kinds"]]


def guards(urgent: Urgent) -> Iterator[tuple[str, str, str]]:
    """Rule, line and each concept that stands after `without`."""
    for rule in urgent.rules:
        for line in rule.when:
            for parts in conditions(line):
                yield from ((rule.id, line, guard) for guard in parts.without)


def bare(line: str, guard: str) -> str:
    """The line without one of the concepts after its `without`."""
    start, _, others = line.partition(" without ")
    rest = " or ".join(other for other in others.split(" or ") if other != guard)
    return f"{start} without {rest}" if rest else start


def test_every_without_has_a_text(urgent: Urgent) -> None:
    """And no text is left of one that is gone."""
    assert sorted(set(guards(urgent))) == sorted({(rule, line, guard) for rule, line, guard, _ in GUARDS})


def test_a_without_keeps_its_rule_silent_and_nothing_else_does(urgent: Urgent, gate: Gate) -> None:
    """On its text the rule is silent, and fires as soon as that one concept no longer excuses."""
    rules = {rule.id: rule for rule in urgent.rules}
    unnoticed = []
    for name, line, guard, text in GUARDS:
        rule = rules[name]
        when = tuple(bare(other, guard) if other == line else other for other in rule.when)
        broken = RuleBook([rule.model_copy(update={"when": when})], urgent.concepts)
        said, _, sentence = gate.concepts_of(gate.read(text))
        if name in gate.check(text).rules or not broken.firing(said, sentence, frozenset(), frozenset()):
            unnoticed.append((name, line, guard))
    assert unnoticed == []


@pytest.mark.parametrize("lowering", sorted({entry[1] for entry in KINDS}))
def test_what_lowers_a_concept_keeps_a_rule_silent_and_nothing_else_does(
    lowering: str, urgent: Urgent, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On its text the rule is silent, and fires as soon as the concept is no longer lowered so."""
    unnoticed = []
    for name, kind, rule, text in KINDS:
        if kind != lowering:
            continue
        left = tuple(other for other in urgent.kinds[urgent.concepts[name].kind] if other != kind)
        silent = rule not in gate.check(text).rules
        monkeypatch.setitem(gate._lowered_by, name, left)
        if not silent or rule not in gate.check(text).rules:
            unnoticed.append((name, rule, text))
        monkeypatch.undo()
    assert unnoticed == []
