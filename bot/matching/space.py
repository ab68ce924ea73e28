"""A sparse space over all wordings: how each is weighed, and how a message is weighed beside them."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np

from bot.matching.rows import Columns, Doubles, Floats, Numbers, Rows

UNKNOWN = -1  # the number of a feature that the FAQ does not have


class Weighed(NamedTuple):
    """A text's features that the FAQ knows, by number, and their shares of its unit vector."""

    numbers: Numbers
    values: Floats


class Space:
    """Weight of a feature: (1 + log tf) * (1 + log((E + 1) / (df + 1))), df counted over entries, E their number.

    Features that the FAQ does not know count in a message's norm: they are what makes a stranger look strange.
    """

    def __init__(self, numbers: dict[str, int], owned: Numbers, entries: int) -> None:
        """`numbers`: of each feature; `owned`: in how many of the entries it stands."""
        self._number = numbers
        self._rarity = 1 + np.log((entries + 1) / (np.append(owned, 0) + 1))  # the last, at UNKNOWN: in no entry

    @classmethod
    def read(cls, wordings: Iterable[Counter[str]], owners: Sequence[int]) -> tuple[Self, Rows]:
        """The space of some wordings, and each of them as a unit row in it.

        `wordings`: the features of each, read once; `owners`: the entry of each.
        """
        known: dict[str, int] = {}
        numbers, counts, ends = array("i"), array("i"), array("q", [0])
        for wording in wordings:
            numbers.extend([known.setdefault(name, len(known)) for name in wording])
            counts.extend(wording.values())
            ends.append(len(numbers))
        columns, starts = np.array(numbers, dtype=np.int32), np.array(ends)
        space = cls(known, _owned(columns, starts, owners, len(known)), len(set(owners)))
        weights = (1 + np.log(np.array(counts, dtype=np.float32))) * space._rarity[columns].astype(np.float32)
        norms = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), starts[:-1])) if len(starts) > 1 else np.zeros(0)
        lengths = np.diff(starts)
        values = weights / np.repeat(np.where(lengths > 0, norms, 1.0), lengths)
        return space, Rows(starts, columns, values.astype(np.float32), len(known))

    def weigh(self, message: Counter[str]) -> Weighed:
        """A message's features as a unit vector; those that the FAQ does not know only lengthen its norm."""
        numbers, weights = self.weights(message)
        if message.total() > len(message):
            weights *= 1 + np.log(np.fromiter(message.values(), dtype=np.float64, count=len(message)))
        weights /= math.sqrt(float(weights @ weights)) or 1.0
        known = numbers != UNKNOWN
        return Weighed(numbers[known], weights[known].astype(np.float32))

    def shares(self, message: Counter[str], wording: tuple[Columns, Floats]) -> dict[str, float]:
        """How much each feature of a message adds to its cosine with one wording."""
        columns, values = wording
        there = dict(zip(columns.tolist(), values.tolist(), strict=True))
        names = [name for name in message if name in self._number]
        weighed = self.weigh(message)
        pairs = zip(names, weighed.numbers.tolist(), weighed.values.tolist(), strict=True)
        return {name: value * there[number] for name, number, value in pairs if number in there}

    def weights(self, names: Iterable[str]) -> tuple[Numbers, Doubles]:
        """The columns of features, and what each weighs; one that the FAQ does not know weighs most."""
        numbers = np.array([self._number.get(name, UNKNOWN) for name in names], dtype=np.int64)
        return numbers, self._rarity[numbers]


def _owned(columns: Columns, starts: Numbers, owners: Sequence[int], features: int) -> Numbers:
    """In how many entries each feature stands."""
    owner = np.repeat(np.array(owners, dtype=np.int64), np.diff(starts))
    stands = np.sort(owner * features + columns)  # an entry and one of its features, as one number
    once = stands[np.diff(stands, prepend=-1) > 0]
    return np.bincount(once % features, minlength=features) if features else np.zeros(0, dtype=np.int64)
