"""Finds, for each excuse of a rule, a text on which the rule is silent only because of that one excuse.

`python -m tests.urgent.witnesses` calls it: a text that still proves its excuse stays, so that a change of the rules
changes a few lines of excuses.yaml, and where one no longer does another is looked for.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bot.content.urgent import Urgent, conditions
from bot.urgent import Gate
from bot.urgent.cues import cue
from bot.urgent.rules import RuleBook
from tests.urgent.saying import AROUND, realized

FILE = Path(__file__).parent / "excuses.yaml"
TRIES = 6_000
HEAD = """\
# Written by `python -m tests.urgent.witnesses`: texts on which a rule is silent only because of one excuse.
# Not how people write: the plainest words of the lines, set side by side, so that an excuse that is lost is noticed.
# `guards`: rule, line of `when`, the concept after `without`, text.
# `kinds`: concept, what lowers it, a rule that would fire, text.
"""
NOBODY = frozenset[str]()


class Guard(NamedTuple):
    """A concept after the `without` of a line."""

    rule: str
    line: str
    without: str


class Kind(NamedTuple):
    """A way in which a concept is lowered, and a rule that would fire."""

    concept: str
    lowering: str
    rule: str


Texts = Mapping[str, Sequence[str]]
"""Of each concept and cue what meets it."""


def guards(urgent: Urgent) -> Iterator[Guard]:
    """Rule, line and each concept that stands after `without`."""
    for rule in urgent.rules:
        for line in rule.when:
            for parts in conditions(line):
                yield from (Guard(rule.id, line, guard) for guard in parts.without)


def bare(line: str, guard: str) -> str:
    """The line without one of the concepts after its `without`."""
    start, _, others = line.partition(" without ")
    rest = " or ".join(other for other in others.split(" or ") if other != guard)
    return f"{start} without {rest}" if rest else start


class Excuses:
    """The gate with one excuse taken away, and chance with a seed."""

    def __init__(self, urgent: Urgent, gate: Gate | None = None) -> None:
        self._urgent, self._gate = urgent, gate or Gate(urgent)
        self._rules = {rule.id: rule for rule in urgent.rules}
        self._chance = random.Random(5)  # noqa: S311

    def guarded(self, guard: Guard, text: str) -> bool:
        """Is the rule silent on the text, and fires as soon as that one concept no longer excuses?"""
        rule = self._rules[guard.rule]
        when = tuple(bare(line, guard.without) if line == guard.line else line for line in rule.when)
        broken = RuleBook([rule.model_copy(update={"when": when})], self._urgent.concepts)
        said, _, sentence = self._gate.concepts_of(self._gate.read(text))
        silent = guard.rule not in self._gate.check(text).rules
        return silent and bool(broken.firing(said, sentence, NOBODY, NOBODY))

    def lowers(self, kind: Kind, text: str) -> bool:
        """Is the rule silent on the text, and fires as soon as the concept is no longer lowered so?"""
        if kind.rule in self._gate.check(text).rules:
            return False
        kept = self._gate._lowered_by[kind.concept]
        self._gate._lowered_by[kind.concept] = tuple(other for other in kept if other != kind.lowering)
        fires = kind.rule in self._gate.check(text).rules
        self._gate._lowered_by[kind.concept] = kept
        return fires

    def of_guards(self, met: Texts, before: Mapping[Guard, str]) -> dict[Guard, str | None]:
        """A text for each guard; None where none was found. `before`: those that there were."""
        alike = {(guard.rule, guard.without, guard.line.split(" without ")[0]): text for guard, text in before.items()}
        found: dict[Guard, str | None] = {}
        for guard in dict.fromkeys(guards(self._urgent)):
            kept = alike.get((guard.rule, guard.without, guard.line.split(" without ")[0]))
            texts = [kept] if kept else []
            tried = (text for source in (texts, self._beside(guard, met)) for text in source)
            found[guard] = next((text for text in tried if self.guarded(guard, text)), None)
        return found

    def of_kinds(self, met: Texts, before: Mapping[Kind, str]) -> dict[Kind, str | None]:
        """A text for each of the kinds that there were and that the rules still have."""
        found: dict[Kind, str | None] = {}
        for kind, text in before.items():
            concept = self._urgent.concepts.get(kind.concept)
            if concept is None or kind.lowering not in self._urgent.kinds[concept.kind] or kind.rule not in self._rules:
                continue
            if self.lowers(kind, text):
                found[kind] = text
                continue
            tried = ((Kind(*kind[:2], rule), text) for rule, text in self._around(kind, met))
            other = next((one for one in tried if self.lowers(*one)), None)
            found[other[0] if other else kind] = other[1] if other else None
        return found

    def _beside(self, guard: Guard, met: Texts) -> Iterator[str]:
        """Texts that say a line, and what excuses it."""
        lines = [parts for parts in conditions(guard.line) if guard.without in parts.without]
        for _ in range(TRIES):
            names = [name for group in self._chance.choice(lines).together for name in group]
            said = [self._said(name, met) for name in names]
            said.insert(self._chance.randrange(len(said) + 1), self._said(guard.without, met))
            yield self._chance.choice((" ", ", ", " and ")).join(said)

    def _around(self, kind: Kind, met: Texts) -> Iterator[tuple[str, str]]:
        """Rules that name a concept, and texts that say one of their lines, the concept with what lowers it."""
        told = [
            (rule.id, [name for group in parts.together for name in group])
            for rule in self._urgent.rules
            for line in rule.when
            for parts in conditions(line)
        ]
        told = [(rule, names) for rule, names in told if kind.concept in names]
        for _ in range(TRIES if told else 0):
            rule, names = self._chance.choice(told)
            said = [self._said(name, met) for name in names]
            place = names.index(kind.concept)
            if kind.lowering == "figure":
                said[place] = self._chance.choice(met[cue("figures")])
            else:
                said[place] = self._chance.choice(AROUND[kind.lowering]).format(said[place])
            self._chance.shuffle(said)
            yield rule, self._chance.choice((", ", ". ", " and ")).join(said)

    def _said(self, name: str, met: Texts) -> str:
        if name in met and self._chance.random() < 0.7:
            return self._chance.choice(met[name])
        return realized(self._chance.choice(self._urgent.concepts[name].says), dict(self._urgent.lists), self._chance)


def written(found_guards: Mapping[Guard, str | None], found_kinds: Mapping[Kind, str | None]) -> str:
    """The file."""
    parts: dict[str, Iterable[tuple[Guard | Kind, str | None]]] = {
        "guards": found_guards.items(),
        "kinds": found_kinds.items(),
    }
    lines = [HEAD]
    for name, entries in parts.items():
        lines.append(f"{name}:\n")
        for key, text in entries:
            quoted = [part if part.replace("_", "").isalnum() else json.dumps(part, ensure_ascii=False) for part in key]
            if text is not None:
                lines.append(f"  - [{', '.join(quoted)}, {json.dumps(text, ensure_ascii=False)}]\n")
    return "".join(lines)


def lacking(found: Mapping[Guard, str | None] | Mapping[Kind, str | None]) -> list[str]:
    """The excuses for which no text was found, in words."""
    return [": ".join(key) for key, text in found.items() if text is None]
