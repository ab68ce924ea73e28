"""From the lines of concepts and cues to patterns that are tried only where they may be met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.urgent.families import Family
from bot.urgent.patterns import Places, Step

Line = tuple[str, str, list[Step]]  # the concept, the line as written, one order of its steps
NO_WORDS: frozenset[str] = frozenset()
NOTHING = -1  # stands for a place that is always filled
SMALL = 1000  # a small word stands in every text: it counts as often as this


class Pattern(NamedTuple):
    """A line split at its rarest place, the anchor: the steps to the right of it and, mirrored, to the left. `needs`:
    the places that must be filled too, `rare` the rarest of them; `nos`: the words of the line that say no."""

    concept: str
    source: str
    right: tuple[Step, ...]
    left: tuple[Step, ...]
    rare: int
    needs: tuple[int, ...]
    nos: frozenset[str]


class Compiler:
    """Splits lines at their rarest places."""

    def __init__(
        self,
        places: Places,
        lines: Sequence[Line],
        words: Sequence[Family],
        fillers: frozenset[str],
        negative: frozenset[str],
    ) -> None:
        self._limits = places.limits
        self._weights = _weights(len(places), lines, words, fillers)
        self._nos = _nos(words, negative)
        self._kept: dict[frozenset[str], frozenset[str]] = {}  # equal sets are kept once

    def pattern(self, concept: str, source: str, steps: list[Step]) -> tuple[int, Pattern]:
        """The place to anchor a line at, and the pattern around it."""
        costs = [self._cost(step) for step in steps]
        at = costs.index(min(costs))
        right = tuple(steps[at + 1 :])
        left = tuple(Step(steps[n].place, steps[n + 1].gap, steps[n].optional) for n in range(at - 1, -1, -1))
        needs = {step.place for step in steps[:at] + steps[at + 1 :] if not step.optional}
        rarest = tuple(sorted(needs, key=self._weights.__getitem__))
        nos = NO_WORDS.union(*(self._nos[step.place] for step in steps if step.place in self._nos))
        rare = rarest[0] if rarest else NOTHING
        return steps[at].place, Pattern(concept, source, right, left, rare, rarest, self._kept.setdefault(nos, nos))

    def _cost(self, step: Step) -> tuple[bool, int]:
        weight = self._weights[step.place]
        return step.optional or not weight or step.place in self._limits, weight


def _nos(words: Iterable[Family], negative: frozenset[str]) -> dict[int, frozenset[str]]:
    """The words of each place that say no."""
    found: dict[int, frozenset[str]] = {}
    for places, forms in words:
        denying = negative.intersection(forms)
        for place in places if denying else ():
            found[place] = found.get(place, denying) | denying
    return found


def _weights(places: int, lines: Iterable[Line], words: Iterable[Family], fillers: frozenset[str]) -> list[int]:
    """How common the words of each place are: for each of its forms the places of lines that it fills."""
    uses = [0] * places
    for _, _, steps in lines:
        for step in steps:
            uses[step.place] += 1
    weights = [0] * places
    for filled, forms in words:
        often = sum([uses[place] for place in filled])
        weight = often * len(forms) + SMALL * len(fillers.intersection(forms))
        for place in filled:
            weights[place] += weight
    return weights
