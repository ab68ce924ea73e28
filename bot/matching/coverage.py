"""Which words a class's wordings have: a word that none of them has speaks against it, whatever else is alike."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from bot.matching.index import Index
from bot.matching.rows import Columns, Numbers

Doubles = npt.NDArray[np.float64]
Known = npt.NDArray[np.bool_]


class Coverage:
    """Counts, by class, the wordings in which each word stem stands."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._rows = index.stems_in_wordings
        classes = index.class_of[index.owners]
        self._held = [
            self._counted(np.flatnonzero(index.positive & (classes == kind))) for kind in range(len(index.classes))
        ]

    def strange(self, stems: Sequence[str], best: int) -> float:
        """The share, by weight, of a message's stems that no wording of class `best` has: 0 to 1."""
        numbers, weights = self._index.weights_of_stems(stems)
        return _share(weights, self._counts(best, numbers) > 0)

    def strange_wording(self, wording: int, best: int) -> float:
        """The same for a wording of the FAQ, as if it had never been written."""
        numbers, weights = self._index.weights_of_stems(self._index.stems_of(wording))
        counts = self._counts(best, numbers)
        if int(self._index.class_of[self._index.owners[wording]]) == best and self._index.positive[wording]:
            counts = counts - np.isin(numbers, self._rows.row(wording)[0])
        return _share(weights, counts > 0)

    def _counted(self, wordings: Numbers) -> tuple[Columns, Numbers]:
        """The stems of some wordings, in order, and in how many of them each stands."""
        return np.unique(self._rows.columns[self._rows.places(wordings)[0]], return_counts=True)

    def _counts(self, kind: int, numbers: Numbers) -> Numbers:
        """In how many wordings of a class each of some stems stands."""
        held, counts = self._held[kind]
        if not len(held):
            return np.zeros_like(numbers)
        at = np.searchsorted(held, numbers).clip(max=len(held) - 1)
        found: Numbers = np.where(held[at] == numbers, counts[at], 0)
        return found


def _share(weights: Doubles, known: Known) -> float:
    total = float(weights.sum())
    return float(weights[~known].sum()) / total if total else 1.0
