"""Which words a class's wordings have: a word that none of them has speaks against it, whatever else is alike."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from bot.matching.index import Index


class Coverage:
    """Counts, by class, the wordings in which each word stem stands."""

    def __init__(self, index: Index) -> None:
        self._index = index
        rows = index.stems_in_wordings()
        classes = index.class_of[index.owners]
        own = np.flatnonzero(index.positive)
        ones = np.ones(len(own), dtype=np.float32)
        shape = (len(index.classes), rows.shape[0])
        belongs = sparse.csr_matrix((ones, (classes[own], own)), shape=shape)
        there = rows.copy()
        there.data = np.ones_like(there.data)
        self._rows = there
        self._counts: sparse.csr_matrix = (belongs @ there).tocsr()

    def strange(self, words: Sequence[str], best: int) -> float:
        """The share, by weight, of a message's stems that no wording of class `best` has: 0 to 1."""
        counts = self._counts[best]
        known = set(counts.indices.tolist())
        return self._share(self._index.weights_of_stems(words), known)

    def strange_wording(self, wording: int, best: int) -> float:
        """The same for a wording of the FAQ, as if it had never been written."""
        counts = self._counts[best]
        itself = int(self._index.class_of[self._index.owners[wording]]) == best and self._index.positive[wording]
        own = set(self._rows[wording].indices.tolist()) if itself else set()
        known = {
            column
            for column, count in zip(counts.indices.tolist(), counts.data.tolist(), strict=True)
            if count > 1 or column not in own
        }
        return self._share(self._index.weights_of_stems(self._index.words_of(wording)), known)

    @staticmethod
    def _share(stems: Sequence[tuple[int | None, float]], known: set[int]) -> float:
        total = sum(weight for _, weight in stems)
        strange = sum(weight for number, weight in stems if number is None or number not in known)
        return strange / total if total else 1.0
