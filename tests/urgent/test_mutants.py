"""No rule and no line of a rule can be lost unseen. All that can be broken is broken by `make mutants`, not here."""

from __future__ import annotations

import pytest

from bot.content.urgent import Urgent
from bot.urgent.rules import RuleBook
from tests.urgent.conftest import urgent_content
from tests.urgent.mutants import Bench, rules


@pytest.fixture(scope="module")
def bench() -> Bench:
    """The shipped rules on the bench."""
    return Bench(urgent_content())


def test_the_whole_gate_keeps_every_promise(bench: Bench) -> None:
    """Else a break could not be told from the whole."""
    assert not bench.noticed(bench.everything)


def test_a_rule_that_is_gone_is_noticed(bench: Bench) -> None:
    """By its own examples."""
    assert [broken.what for broken in rules(bench) if not broken.noticed] == []


def test_every_line_of_every_rule_holds_somewhere(bench: Bench, urgent: Urgent) -> None:
    """On an example or on a text of the panel: a line that holds nowhere was never tried."""
    lines = {f"{rule.id}#{number}": line for rule in urgent.rules for number, line in enumerate(rule.when)}
    alone = [
        rule.model_copy(update={"id": f"{rule.id}#{number}", "when": (line,)})
        for rule in urgent.rules
        for number, line in enumerate(rule.when)
    ]
    book = RuleBook(alone, urgent.concepts)
    held: set[str] = set()
    for number in bench.everything:
        bench.at = number
        said, _, sentence = bench.gate.concepts_of(bench.gate.read(bench.expected[number].text))
        held.update(rule.id for rule in book.firing(said, sentence, frozenset(), frozenset()))
    assert [f"{name.partition('#')[0]}: {line}" for name, line in lines.items() if name not in held] == []
