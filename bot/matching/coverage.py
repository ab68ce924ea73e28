"""Which words a class's wordings have: a word that none of them has speaks against it, whatever else is alike."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.matching.index import Index
from bot.matching.rows import Doubles, Numbers

Known = npt.NDArray[np.bool_]


class Coverage:
    """Counts, by class, the wordings in which each word stem stands."""

    def __init__(self, index: Index) -> None:
        self._index = index
        rows, classes = index.space.rows, index.class_of[index.owners]
        self._size = len(index.classes)
        lines = rows.lines()
        stems = index.positive[lines] & (rows.columns < index.features.stems)
        pairs = rows.columns[stems].astype(np.int64) * self._size + classes[lines[stems]]
        pairs = np.append(pairs, np.iinfo(np.int64).max)  # a stem and a class, as one number; last, what nobody seeks
        self._pairs, self._counts = np.unique(pairs, return_counts=True)
        names, known = index.features.names(), [set[str]() for _ in index.classes]
        for pair in self._pairs[:-1].tolist():
            known[pair % self._size].add(names[pair // self._size])
        self._known = [frozenset(stems) for stems in known]

    def strange(self, stems: Sequence[str], best: int) -> float:
        """The share, by weight, of a message's stems that no wording of class `best` has: 0 to 1."""
        known, all_weights, strange = self._known[best], 0.0, 0.0
        for stem in dict.fromkeys(stems):  # a few: arrays would take longer
            weight = self._index.weight_of(stem)
            all_weights += weight
            strange += 0.0 if stem in known else weight
        return strange / all_weights if all_weights else 1.0

    def strange_wording(self, wording: int, best: int) -> float:
        """The same for a wording of the FAQ, as if it had never been written."""
        numbers, weights = self._index.weights_of_stems(self._index.stems_of(wording))
        counts = self.counts(numbers, best)
        if int(self._index.class_of[self._index.owners[wording]]) == best and self._index.positive[wording]:
            counts = counts - np.isin(numbers, self._index.space.rows.row(wording)[0])
        return _share(weights, counts > 0)

    def counts(self, numbers: Numbers, kind: int) -> Numbers:
        """In how many wordings of a class each of some stems stands."""
        wanted = numbers * self._size + kind
        at = np.searchsorted(self._pairs, wanted)
        found: Numbers = np.where(self._pairs[at] == wanted, self._counts[at], 0)
        return found

    def classes(self, number: int) -> Numbers:
        """In how many wordings of each class a stem stands."""
        first, end = np.searchsorted(self._pairs, [number * self._size, (number + 1) * self._size])
        held = np.zeros(self._size, dtype=np.int64)
        held[self._pairs[first:end] % self._size] = self._counts[first:end]
        return held


def _share(weights: Doubles, known: Known) -> float:
    total = float(weights.sum())
    return float(weights @ ~known) / total if total else 1.0
