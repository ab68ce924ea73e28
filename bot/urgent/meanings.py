"""What each word of a text is to the patterns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.urgent.compiling import Pattern
from bot.urgent.families import Family


class Meaning(NamedTuple):
    """The places that a word fills, but for those that are anchors only, and the patterns to try around it."""

    fills: frozenset[int]
    anchors: tuple[Pattern, ...]


NO_MEANING = Meaning(frozenset(), ())


class Meanings:
    """The words of all patterns, and numbers."""

    def __init__(
        self,
        words: Iterable[Family],
        limits: Mapping[int, tuple[float, float]],
        anchored: Sequence[tuple[int, Pattern]],
    ) -> None:
        """`anchored`: every pattern after the place of its anchor, in the order in which hits are told."""
        at: dict[int, list[int]] = {}
        for number, (place, _) in enumerate(anchored):
            at.setdefault(place, []).append(number)
        steps = {step.place for _, pattern in anchored for way in (pattern.right, pattern.left) for step in way}
        self.known: dict[str, Meaning] = {}
        made: dict[tuple[frozenset[int], tuple[int, ...]], Meaning] = {}
        sets: dict[frozenset[int], frozenset[int]] = {}
        worded: set[int] = set()
        for places, forms in words:
            worded.update(places)
            fills = frozenset(steps.intersection(places))  # the copy of a set is smaller than what grew
            numbers = sorted([number for place in places if place in at for number in at[place]])
            meaning = Meaning(sets.setdefault(fills, fills), tuple([anchored[number][1] for number in numbers]))
            meaning = made.setdefault((fills, tuple(numbers)), meaning)
            for form in forms:
                self.known[form] = meaning
        self._ranges = _ranges(limits, steps)
        self._numeric = [(limits[place], pattern) for place, pattern in anchored if place not in worded]

    def of(self, word: str) -> Meaning:
        """The meaning of a word; one that no pattern knows has none."""
        meaning = self.known.get(word)
        if meaning is not None:
            return meaning
        return self._of_number(float(word.replace(",", "."))) if word[0].isdigit() else NO_MEANING

    def _of_number(self, value: float) -> Meaning:
        fills = (places for (low, high), places in self._ranges.items() if low <= value <= high)
        anchors = (pattern for (low, high), pattern in self._numeric if low <= value <= high)
        return Meaning(frozenset().union(*fills), tuple(anchors))


def _ranges(limits: Mapping[int, tuple[float, float]], steps: set[int]) -> dict[tuple[float, float], list[int]]:
    """The places of each range."""
    found: dict[tuple[float, float], list[int]] = {}
    for place, limit in limits.items():
        if place in steps:
            found.setdefault(limit, []).append(place)
    return found
