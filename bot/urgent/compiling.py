"""From the lines of concepts and cues to patterns that are tried only where they may be met."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bot.urgent.families import Family
from bot.urgent.patterns import Places, Step
from bot.urgent.vocabulary import Vocabulary
from bot.urgent.walking import Move, Numbers

Line = tuple[str, str, list[Step]]  # the concept, the line as written, one order of its steps
NO_WORDS: frozenset[str] = frozenset()
UNFIT = 1 << 60  # more than any weight
FEW = 20  # numbers that a tuple holds: a set takes five times the room, and is no faster to ask
SMALL = 1000  # a small word stands in every text: it counts as often as this


class Pattern(NamedTuple):
    """A line split at its rarest place, the anchor: the moves to the right of it and, mirrored, to the left. `needs`:
    the other places of which a word must be there, the rarest first; `kind`: CUE, FIGURE, both or neither."""

    kind: int
    right: tuple[Move, ...]
    left: tuple[Move, ...]
    needs: tuple[int, ...]


class Compiler:
    """Splits lines at their rarest places. What is equal is kept once."""

    def __init__(
        self,
        places: Places,
        lines: Sequence[Line],
        words: Sequence[Family],
        vocabulary: Vocabulary,
        fillers: frozenset[str],
        negative: frozenset[str],
    ) -> None:
        self._weights = _weights(len(places), lines, words, fillers)
        self._costs = [
            weight or UNFIT for weight in self._weights
        ]  # of an anchor there: numbers alone are a last resort
        for place in places.limits:
            self._costs[place] = UNFIT + self._weights[place]
        self._nos = _nos(words, negative)
        self.filled = _filled(places, words, vocabulary)
        """The numbers of the words that fill each place, in order."""
        self._moves: dict[tuple[int, int, bool], Move] = {}
        self._kept_words: dict[frozenset[str], frozenset[str]] = {}

    def pattern(self, kind: int, steps: list[Step]) -> tuple[list[int], Pattern]:
        """The words to anchor a line at, and the pattern around them."""
        costs = [self._costs[place] + UNFIT * optional for place, _, optional in steps]
        at = costs.index(min(costs))
        right = [self._move(place, gap, optional) for place, gap, optional in steps[at + 1 :]]
        left = [self._move(steps[n].place, steps[n + 1].gap, steps[n].optional) for n in range(at - 1, -1, -1)]
        others = {step.place for step in steps[:at] + steps[at + 1 :] if not step.optional}
        needs = sorted(others, key=self._weights.__getitem__)
        return self.filled[steps[at].place], Pattern(kind, tuple(right), tuple(left), tuple(needs))

    def nos(self, steps: list[Step]) -> frozenset[str]:
        """The words of a line that say no."""
        found = NO_WORDS.union(*[self._nos[step.place] for step in steps if step.place in self._nos])
        return self._kept_words.setdefault(found, found)

    def _move(self, place: int, gap: int, optional: bool) -> Move:
        move = self._moves.get((place, gap, optional))
        if move is None:
            move = self._moves[place, gap, optional] = Move(place, gap, optional)
        return move


def asked(filled: Iterable[Sequence[int]]) -> list[Numbers]:
    """The words that fill each place, so that it is quick to ask for one; what is equal is kept once."""
    kept: dict[Numbers, Numbers] = {}
    found = [frozenset(set(words)) if len(words) > FEW else tuple(words) for words in filled]  # a copy is smaller
    return [kept.setdefault(words, words) for words in found]


def _filled(places: Places, words: Iterable[Family], vocabulary: Vocabulary) -> list[list[int]]:
    """The numbers of the words that fill each place, in order: those of ranges come after all others."""
    found: list[list[int]] = [[] for _ in range(len(places))]
    for number, family in enumerate(words):
        for place in family.places:
            found[place].append(number)
    for place, limits in places.limits.items():
        found[place].extend(vocabulary.ranges.within(limits))
    return found


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
