"""Which words a class's wordings have: a word that none of them has speaks against it, whatever else is alike."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from bot.matching.features import UNKNOWN
from bot.matching.index import Index
from bot.matching.rows import Doubles, Numbers

Known = npt.NDArray[np.bool_]


class Coverage:
    """Counts, by class, the wordings in which each word stem stands."""

    def __init__(self, index: Index) -> None:
        self._index = index
        held, classes = index.space.held, index.class_of[index.owners]
        self._size = len(index.classes)
        lines, columns = held.halves() // 2, held.columns()
        stems = index.positive[lines] & (columns < index.features.stems)
        pairs = columns[stems].astype(np.int64) * self._size + classes[lines[stems]]
        pairs = np.append(pairs, np.iinfo(np.int64).max)  # a stem and a class, as one number; last, what nobody seeks
        self._pairs, counts = np.unique(pairs, return_counts=True)
        self._counts = counts.astype(np.int32)
        self._width = self._size // 8 + 1
        bits = np.zeros(index.features.stems * self._width, dtype=np.uint8)
        stem, kind = np.divmod(self._pairs[:-1], self._size)
        np.bitwise_or.at(bits, stem * self._width + kind // 8, (1 << kind % 8).astype(np.uint8))
        self._bits = bits.tobytes()  # of each stem, the classes that have it

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """What the kernel reads, by the names that it has there: a row of bits a stem, a bit a class."""
        bits = np.frombuffer(self._bits, dtype=np.uint8)
        return {"covers": bits.reshape(-1, self._width), "stem_weights": np.array(self._index.weights)}

    def strange(self, stems: Sequence[str], best: int) -> float:
        """The share, by weight, of a message's stems that no wording of class `best` has: 0 to 1."""
        (byte, bit), all_weights, strange = divmod(best, 8), 0.0, 0.0
        for stem in dict.fromkeys(stems):  # a few: arrays would take longer
            number = self._index.features.of_stem(stem)
            weight = self._index.weights[number]
            all_weights += weight
            known = number != UNKNOWN and self._bits[number * self._width + byte] >> bit & 1
            strange += 0.0 if known else weight
        return strange / all_weights if all_weights else 1.0

    def strange_wording(self, wording: int, best: int) -> float:
        """The same for a wording of the FAQ, as if it had never been written."""
        numbers, weights = self._index.weights_of_stems(self._index.stems_of(wording))
        counts = self.counts(numbers, best)
        if int(self._index.class_of[self._index.owners[wording]]) == best and self._index.positive[wording]:
            counts = counts - np.isin(numbers, self._index.space.held.row(wording)[0])
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
