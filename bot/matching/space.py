"""A sparse space over all phrasings: cosines between a message and every phrasing, by an inverted index."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse

Vector = npt.NDArray[np.float64]


class Space:
    """Weight of a feature: (1 + log tf) * (1 + log((E + 1) / (df + 1))), df counted over entries, E their number.

    Features that the FAQ does not know count in a message's norm: they are what makes a stranger look strange.
    """

    def __init__(self, rows: Sequence[Counter[str]], owners: Sequence[int]) -> None:
        """`rows`: the features of each phrasing; `owners`: the entry of each phrasing."""
        self.size = len(rows)
        entries = len(set(owners))
        seen: dict[str, set[int]] = {}
        for row, owner in zip(rows, owners, strict=True):
            for name in row:
                seen.setdefault(name, set()).add(owner)
        self._feature = {name: number for number, name in enumerate(sorted(seen))}
        rarity = [1 + math.log((entries + 1) / (len(seen[name]) + 1)) for name in self._feature]
        self._rarity = np.array(rarity)
        self._unknown = 1 + math.log(entries + 1)
        postings: list[list[tuple[int, float]]] = [[] for _ in self._feature]
        for number, row in enumerate(rows):
            weights = [
                (self._feature[name], (1 + math.log(count)) * rarity[self._feature[name]])
                for name, count in row.items()
            ]
            norm = math.sqrt(sum(weight * weight for _, weight in weights)) or 1.0
            for feature, weight in weights:
                postings[feature].append((number, weight / norm))
        self._starts = np.cumsum([0, *(len(posting) for posting in postings)])
        self._phrasing = np.array([number for posting in postings for number, _ in posting], dtype=np.int64)
        self._value = np.array([value for posting in postings for _, value in posting])

    def cosines(self, row: Counter[str]) -> Vector:
        """The cosine of a message with each phrasing, shape (phrasings,)."""
        known, weights, norm = self._weigh(row)
        if not len(known):
            return np.zeros(self.size)
        starts = self._starts[known]
        lengths = self._starts[known + 1] - starts
        ends = np.cumsum(lengths)
        positions = np.arange(ends[-1]) + np.repeat(starts - ends + lengths, lengths)
        values = np.repeat(weights / norm, lengths) * self._value[positions]
        sums: Vector = np.bincount(self._phrasing[positions], weights=values, minlength=self.size).astype(np.float64)
        return sums

    def matrix(self) -> sparse.csr_matrix:
        """The phrasings' own unit rows, phrasings x features."""
        sizes = (self.size, len(self._feature))
        return sparse.csc_matrix((self._value, self._phrasing, self._starts), shape=sizes).tocsr()

    def shares(self, row: Counter[str], phrasing: int) -> dict[str, float]:
        """How much each feature of a message adds to its cosine with one phrasing."""
        known, weights, norm = self._weigh(row)
        names = [name for name in row if name in self._feature]
        shared: dict[str, float] = {}
        for name, feature, weight in zip(names, known, weights / norm, strict=True):
            span = slice(self._starts[feature], self._starts[feature + 1])
            hit = np.flatnonzero(self._phrasing[span] == phrasing)
            if len(hit):
                shared[name] = float(weight * self._value[span][hit[0]])
        return shared

    def _weigh(self, row: Counter[str]) -> tuple[npt.NDArray[np.int64], Vector, float]:
        known: list[int] = []
        counts: list[int] = []
        strange = 0.0
        for name, count in row.items():
            feature = self._feature.get(name)
            if feature is None:
                strange += ((1 + math.log(count)) * self._unknown) ** 2
            else:
                known.append(feature)
                counts.append(count)
        numbers = np.array(known, dtype=np.int64)
        weights = (1 + np.log(np.array(counts, dtype=np.float64))) * self._rarity[numbers] if known else np.zeros(0)
        return numbers, weights, math.sqrt(float(weights @ weights) + strange) or 1.0
