"""A sparse space over all wordings: how each is weighed, and how a message is weighed beside them."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float32]


class Weighed(NamedTuple):
    """A text's features that the FAQ knows, by number, and their shares of its unit vector."""

    numbers: npt.NDArray[np.int32]
    values: Floats


class Space:
    """Weight of a feature: (1 + log tf) * (1 + log((E + 1) / (df + 1))), df counted over entries, E their number.

    Features that the FAQ does not know count in a message's norm: they are what makes a stranger look strange.
    """

    def __init__(self, rows: Iterable[Counter[str]], owners: Sequence[int]) -> None:
        """`rows`: the features of each wording, read once; `owners`: the entry of each wording."""
        self._feature: dict[str, int] = {}
        numbers, counts, ends = array("i"), array("i"), array("q", [0])
        for row in rows:
            for name, count in row.items():
                numbers.append(self._feature.setdefault(name, len(self._feature)))
                counts.append(count)
            ends.append(len(numbers))
        entries = len(set(owners))
        columns, starts = np.frombuffer(numbers, dtype=np.int32) if numbers else np.zeros(0, np.int32), np.array(ends)
        self._rarity = 1 + np.log((entries + 1) / (_owned(columns, starts, owners, len(self._feature)) + 1))
        self._unknown = 1 + math.log(entries + 1)
        weights = (1 + np.log(np.array(counts, dtype=np.float32))) * self._rarity[columns].astype(np.float32)
        del counts
        norms = np.sqrt(np.add.reduceat(np.append(weights**2, 0.0), starts[:-1])) if len(starts) > 1 else np.zeros(0)
        lengths = np.diff(starts)
        values = weights / np.repeat(np.where(lengths > 0, norms, 1.0), lengths)
        shape = (len(lengths), len(self._feature))
        self.rows = sparse.csr_matrix((values.astype(np.float32), columns, starts), shape=shape)

    def weigh(self, row: Counter[str]) -> Weighed:
        """A message's features as a unit vector; those that the FAQ does not know only lengthen its norm."""
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
        numbers = np.array(known, dtype=np.int32)
        weights = (1 + np.log(np.array(counts, dtype=np.float64))) * self._rarity[numbers]
        norm = math.sqrt(float(weights @ weights) + strange) or 1.0
        return Weighed(numbers, (weights / norm).astype(np.float32))

    def shares(self, row: Counter[str], wording: int) -> dict[str, float]:
        """How much each feature of a message adds to its cosine with one wording."""
        own = self.rows[wording]
        there = dict(zip(own.indices.tolist(), own.data.tolist(), strict=True))
        names = [name for name in row if name in self._feature]
        weighed = self.weigh(row)
        pairs = zip(names, weighed.numbers.tolist(), weighed.values.tolist(), strict=True)
        return {name: value * there[number] for name, number, value in pairs if number in there}

    def weight(self, name: str) -> float:
        """What a feature weighs; one that the FAQ does not know weighs most."""
        feature = self._feature.get(name)
        return self._unknown if feature is None else float(self._rarity[feature])

    def number(self, name: str) -> int | None:
        """The column of a feature."""
        return self._feature.get(name)


def _owned(
    columns: npt.NDArray[np.int32], starts: npt.NDArray[np.int64], owners: Sequence[int], features: int
) -> npt.NDArray[np.int64]:
    """In how many entries each feature stands."""
    owner = np.repeat(np.array(owners, dtype=np.int32), np.diff(starts))
    ones = np.ones(len(columns), dtype=np.int8)
    there = sparse.csr_matrix((ones, (owner, columns)), shape=(max(owners) + 1, features))
    return np.asarray(there.getnnz(axis=0), dtype=np.int64)
