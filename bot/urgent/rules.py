"""Which rules fire: only the lines that name a concept at hand are looked at."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.content.urgent import TIERS, Concept, Rule, condition
from bot.urgent.index import Hit

NEAR = 12
Found = Mapping[str, Sequence[Hit]]


class Line(NamedTuple):
    """One line of a rule: groups that must all be there, the concepts of a group within a dozen words."""

    rank: int
    names: frozenset[str]
    groups: tuple[tuple[str, ...], ...]
    without: frozenset[str]


class RuleBook:
    """The rules, gravest first, and under each concept the lines that name it."""

    def __init__(self, rules: Iterable[Rule], concepts: Mapping[str, Concept]) -> None:
        self.ranked: tuple[Rule, ...] = tuple(sorted(rules, key=lambda rule: TIERS.index(rule.tier)))
        self._lines: dict[str, list[Line]] = {}
        for rank, rule in enumerate(self.ranked):
            for text in rule.when:
                parts = condition(text)
                names = frozenset(name for group in parts.together for name in group)
                line = Line(rank, names, parts.together, frozenset(parts.without))
                for name in sorted(names):
                    if concepts[name].remember:
                        self._lines.setdefault(name, []).append(line)

    def firing(self, here: Found, seen: frozenset[str], silenced: frozenset[str]) -> list[Rule]:
        """The rules met by this text, or by this text and what was said minutes ago."""
        ranks: set[int] = set()
        known = seen.union(here) if seen else here.keys()
        for name in here:
            for line in self._lines.get(name, ()):
                if line.rank not in ranks and line.names <= known and _holds(line, here):
                    ranks.add(line.rank)
        return [self.ranked[rank] for rank in sorted(ranks) if self.ranked[rank].id not in silenced]


def _holds(line: Line, here: Found) -> bool:
    if any(name in here for name in line.without):
        return False
    for group in line.groups:
        if len(group) > 1 and (any(name not in here for name in group) or not _close([here[name] for name in group])):
            return False
    return True


def _close(groups: list[Sequence[Hit]]) -> bool:
    """Is there one hit of each within a dozen words?"""
    first, *others = groups
    starts = [sorted(hit.start for hit in group) for group in others]
    return any(all(_near(hit, places) for places in starts) for hit in first)


def _near(hit: Hit, places: list[int]) -> bool:
    """Does one of the places, in order, lie within a dozen words of the hit?"""
    at = bisect_left(places, hit.start - NEAR)
    return at < len(places) and places[at] <= hit.end + NEAR
