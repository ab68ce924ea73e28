"""Breaks the rules file one piece at a time and tells which breaks no example and no text of the panel notices.

    python -m tests.urgent.mutants            what is noticed, kind by kind
    python -m tests.urgent.mutants --list     and the breaks that nobody notices

A break is never written to a file: the gate is built once and one piece of it is taken away.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from bot.content.urgent import Urgent, conditions
from bot.urgent import Gate
from bot.urgent.index import MARK, Hit
from bot.urgent.rules import RuleBook
from tests.urgent.conftest import urgent_content
from tests.urgent.expectations import Expected, expectations
from tests.urgent.witnesses import WORDS, lacking, sources, witnesses


class Broken(NamedTuple):
    """One break: its kind, what was taken away, whether any text notices, and how many texts met it at all."""

    kind: str
    what: str
    noticed: bool
    met: int = 0


class _Fixed:
    """The hits of one text, without those of a line that was taken away."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self.without: tuple[str, str] | None = None

    def hits(self, read: object) -> list[Hit]:
        """What the real index found, less the line."""
        found = self._bench.found[self._bench.at]
        return [hit for hit in found if (hit.concept, hit.source) != self.without] if self.without else found


class Bench:
    """The gate on a bench, with every text read and every pattern tried once."""

    def __init__(self, urgent: Urgent) -> None:
        self.urgent = urgent
        self.gate = Gate(urgent)
        self.expected: list[Expected] = list(expectations(urgent))
        self.at = 0
        index, reader, correct = self.gate._index, self.gate._reader, self.gate._speller.correct
        self._read = [reader.read(one.text, correct) for one in self.expected]
        self.found = [index.hits(read) for read in self._read]
        self.meets: dict[tuple[str, str], list[int]] = defaultdict(list)
        self.names: dict[str, list[int]] = defaultdict(list)
        for number, hits in enumerate(self.found):
            for line in {(hit.concept, hit.source) for hit in hits}:
                self.meets[line].append(number)
            for name in {hit.concept for hit in hits}:
                self.names[name].append(number)
        self.witnesses = witnesses()
        self._needed = {
            (name, line)
            for name, texts in self.witnesses.met.items()
            for text in texts
            for line in sources(self.gate, name, text)
        }
        self._fixed = _Fixed(self)
        self.gate._index = self._fixed  # type: ignore[assignment]
        self.gate._reader = self  # type: ignore[assignment]

    def read(self, *_: object) -> object:
        """The text at hand, as it was read before."""
        return self._read[self.at]

    def noticed(self, numbers: list[int], without: tuple[str, str] | None = None) -> bool:
        """Does one of these texts come out wrong?"""
        self._fixed.without = without
        for number in numbers:
            self.at = number
            one = self.expected[number]
            if not one.holds(self.gate.check(one.text)):
                return True
        return False

    def needed(self, name: str, line: str) -> bool:
        """Is there a text that meets the concept or cue by this line alone?"""
        return (name, line) in self._needed

    def own(self, rule: str) -> list[int]:
        """The texts that name the rule."""
        return [number for number, one in enumerate(self.expected) if rule in (one.rule, one.silent, one.spared)]

    @property
    def everything(self) -> list[int]:
        """The numbers of all texts."""
        return list(range(len(self.expected)))


def rules(bench: Bench) -> Iterator[Broken]:
    """A rule is gone."""
    whole = bench.gate._book
    for rule in bench.urgent.rules:
        others = [other for other in bench.urgent.rules if other.id != rule.id]
        bench.gate._book = RuleBook(others, bench.urgent.concepts)
        yield Broken("rule", rule.id, bench.noticed(bench.own(rule.id)))
    bench.gate._book = whole


def conditions_of_rules(bench: Bench) -> Iterator[Broken]:
    """A line of `when` is gone, or its `without`."""
    whole = bench.gate._book
    for rule in bench.urgent.rules:
        for line in rule.when:
            texts = _naming(bench, line)
            rest = tuple(other for other in rule.when if other != line)
            bench.gate._book = _with(bench, rule.model_copy(update={"when": rest}))
            yield Broken("when", f"{rule.id}: {line}", bench.noticed(texts))
            if " without " in line:
                bare = line.partition(" without ")[0]
                bench.gate._book = _with(bench, rule.model_copy(update={"when": (*rest, bare)}))
                yield Broken("without", f"{rule.id}: {line}", bench.noticed(texts))
    bench.gate._book = whole


def patterns(bench: Bench) -> Iterator[Broken]:
    """A line of a concept or of a cue is gone."""
    for name, concept in bench.urgent.concepts.items():
        for line in concept.says:
            texts = bench.meets[name, line]
            noticed = bench.needed(name, line) or bench.noticed(texts, (name, line))
            yield Broken("pattern", f"{name}: {line}", noticed, len(texts))
    for name in sorted({hit.concept for hits in bench.found for hit in hits if hit.concept.startswith(MARK)}):
        for line in getattr(bench.urgent.sense, name.removeprefix(MARK)):
            texts = bench.meets[name, line]
            noticed = bench.needed(name, line) or bench.noticed(texts, (name, line))
            yield Broken("cue", f"{name}: {line}", noticed, len(texts))


def kinds(bench: Bench) -> Iterator[Broken]:
    """A concept is no longer lowered by one of the things that lower its kind, or is lowered by one more."""
    lowered = bench.gate._lowered_by
    for name, concept in bench.urgent.concepts.items():
        own = bench.urgent.kinds[concept.kind]
        for lowering in own:
            lowered[name] = tuple(other for other in own if other != lowering)
            noticed = lowering in bench.witnesses.lowered.get(name, {}) or bench.noticed(bench.names[name])
            yield Broken("kind", f"{name}: no longer {lowering}", noticed)
        lowered[name] = own


def words(bench: Bench) -> Iterator[Broken]:
    """A small word of the sense is gone."""
    for key in WORDS:
        for word in getattr(bench.urgent.sense, key):
            noticed = word in bench.witnesses.words.get(key, {})
            if not noticed:
                with lacking(bench.gate, bench.urgent, key, word):
                    noticed = bench.noticed(bench.everything)
            yield Broken("word", f"{key}: {word}", noticed)


def _with(bench: Bench, changed: object) -> RuleBook:
    put = [changed if rule.id == changed.id else rule for rule in bench.urgent.rules]  # type: ignore[attr-defined]
    return RuleBook(put, bench.urgent.concepts)  # type: ignore[arg-type]


def _naming(bench: Bench, line: str) -> list[int]:
    named = {name for part in conditions(line) for name in part.named()}
    return sorted({number for name in named for number in bench.names[name]})


ALL = (rules, conditions_of_rules, patterns, kinds, words)


def main(listed: bool) -> None:
    """Print how many breaks of each kind are noticed."""
    bench = Bench(urgent_content())
    assert not bench.noticed(bench.everything), "the whole gate already fails a text"
    found = [broken for breaks in ALL for broken in breaks(bench)]
    for kind in dict.fromkeys(broken.kind for broken in found):
        own = [broken for broken in found if broken.kind == kind]
        unmet = f", {sum(not broken.met for broken in own)} met by no text" if kind in ("pattern", "cue") else ""
        sys.stdout.write(f"{kind:8} {len(own):5} breaks, {sum(broken.noticed for broken in own):5} noticed{unmet}\n")
    for broken in found:
        if listed and not broken.noticed:
            sys.stdout.write(f"nobody notices  {broken.kind}  {broken.what}\n")


if __name__ == "__main__":
    main("--list" in sys.argv)
