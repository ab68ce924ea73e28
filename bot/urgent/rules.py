"""Which rules fire: only the lines that name a concept at hand are looked at."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.content.urgent import TIERS, Concept, Condition, Rule, conditions
from bot.urgent.index import Hit

NEAR = 18  # words between two concepts that belong together
EXCUSE = 12  # words between a concept and what takes its weight
CONTEXT = ("background", "plain")
Found = Mapping[str, Sequence[Hit]]


class Line(NamedTuple):
    """One line of a rule: groups that must all be there, the concepts of a group within eighteen words; `without` takes
    the weight from those in `lowered`."""

    rank: int
    names: frozenset[str]
    groups: tuple[tuple[str, ...], ...]
    without: frozenset[str]
    lowered: frozenset[str]
    apart: bool
    telling: frozenset[str]  # of its names, those of which this text must say one


class RuleBook:
    """The rules, gravest first; and each line under one of the concepts that it names, that which the fewest do."""

    def __init__(self, rules: Iterable[Rule], concepts: Mapping[str, Concept]) -> None:
        self.ranked: tuple[Rule, ...] = tuple(sorted(rules, key=lambda rule: TIERS.index(rule.tier)))
        self._lines: dict[str, list[Line]] = {}
        self.signs: dict[str, frozenset[str]] = {}  # what each rule's lines name, without what excuses them
        self._kept: dict[frozenset[str], frozenset[str]] = {}  # many lines name the same: memory
        told: list[tuple[int, Condition]] = []
        for rank, rule in enumerate(self.ranked):
            lines = [parts for text in rule.when for parts in conditions(text)]
            self.signs[rule.id] = frozenset(name for parts in lines for group in parts.together for name in group)
            told += [(rank, parts) for parts in lines]
        often = Counter(name for _, parts in told for name in {name for group in parts.together for name in group})
        for rank, parts in told:
            self._add(rank, parts, concepts, often)

    def _add(self, rank: int, parts: Condition, concepts: Mapping[str, Concept], often: Mapping[str, int]) -> None:
        names = frozenset(name for group in parts.together for name in group)
        weighty = frozenset(name for name in names if concepts[name].kind not in CONTEXT)
        alike = [self._kept.setdefault(part, part) for part in (names, frozenset(parts.without), weighty or names)]
        telling = frozenset(name for name in names if concepts[name].remember or concepts[name].weighed)
        telling = self._kept.setdefault(telling, telling)
        if telling:
            line = Line(rank, alike[0], parts.together, alike[1], alike[2], parts.apart, telling)
            self._lines.setdefault(min(telling, key=lambda name: (often[name], name)), []).append(line)

    def firing(
        self, here: Found, sentence: Sequence[int], seen: frozenset[str], silenced: frozenset[str], excuses: bool = True
    ) -> list[Rule]:
        """The rules met by this text, or by this text and what was said minutes ago.

        `excuses`: does a `without` take weight?
        """
        ranks: set[int] = set()
        known = seen.union(here) if seen else here.keys()
        for name in known:
            for line in self._lines.get(name, ()):
                if line.rank in ranks or not line.names <= known or (seen and line.telling.isdisjoint(here)):
                    continue
                if _holds(line, here, sentence, excuses):
                    ranks.add(line.rank)
        return [self.ranked[rank] for rank in sorted(ranks) if self.ranked[rank].id not in silenced]


def _holds(line: Line, here: Found, sentence: Sequence[int], excuses: bool) -> bool:
    excluding = [hit for name in line.without for hit in here.get(name, ())] if excuses else []
    if excluding:
        here = {
            name: [hit for hit in here[name] if not _excluded(hit, excluding, sentence)]
            if name in line.lowered
            else here[name]
            for name in line.names
            if name in here
        }
        if not all(here.values()):
            return False
    return all(
        len(group) == 1 or (_together(group, here) and (not line.apart or _own_words(group, here)))
        for group in line.groups
    )


def _excluded(hit: Hit, excluding: Sequence[Hit], sentence: Sequence[int]) -> bool:
    """Does one of the excluding words stand close by in the same sentence?"""
    first, last = hit.start - EXCUSE, hit.end + EXCUSE
    return any(
        sentence[other.start] == sentence[hit.start] and first <= other.end and other.start <= last
        for other in excluding
    )


def _together(group: tuple[str, ...], here: Found) -> bool:
    return all(name in here for name in group) and _close([here[name] for name in group])


def _own_words(group: tuple[str, ...], here: Found) -> bool:
    """Are the two concepts, close by, said in different words?"""
    first, second = (here[name] for name in group)
    return any(
        one.end < other.start <= one.end + NEAR or other.end < one.start <= other.end + NEAR
        for one in first
        for other in second
    )


def _close(groups: list[Sequence[Hit]]) -> bool:
    """Is there one hit of each within eighteen words?"""
    first, *others = groups
    starts = [sorted(hit.start for hit in group) for group in others]
    return any(all(_near(hit, places) for places in starts) for hit in first)


def _near(hit: Hit, places: list[int]) -> bool:
    """Does one of the places, in order, lie within eighteen words of the hit?"""
    at = bisect_left(places, hit.start - NEAR)
    return at < len(places) and places[at] <= hit.end + NEAR
