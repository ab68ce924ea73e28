"""Which entry of a topic a message means: telling a handful apart, once their topic is known."""

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from bot.matching.index import Index
from bot.matching.rows import Floats, Numbers

AHEAD = 0.04  # by which a special entry must lead before it is preferred to its topic's general one
CLOSEST = 3  # wordings of an entry that count for how close it comes
FIRST = np.float32(1e3)  # more than any likeness
NOTHING = np.zeros(1, dtype=np.float32)


class Entries:
    """The entry of a topic whose wordings come closest; the general one unless a special one clearly leads.

    Close is the mean of an entry's closest three wordings, less what its look-alikes are closer.
    """

    def __init__(self, index: Index) -> None:
        self._ids = index.ids
        self._own = _padded(index.own, len(index.phrasings))
        self._against = _padded(index.against, len(index.phrasings))
        self._general = np.array(index.general)
        self._of = [np.flatnonzero(index.class_of == topic) for topic in range(len(index.classes))]

    def best(self, topics: Sequence[int], near: Floats) -> list[str]:
        """The entry of each topic for a message, by its likeness to each wording, shape (wordings,)."""
        several = [topic for topic in topics if len(self._of[topic]) > 1]
        chosen = dict(zip(several, self._chosen(several, near), strict=True)) if several else {}
        return [self._ids[chosen[topic] if topic in chosen else self._of[topic][0]] for topic in topics]

    def _chosen(self, topics: Sequence[int], near: Floats) -> list[int]:
        """The numbers of the entries, for topics that have several."""
        numbers = np.concatenate([self._of[topic] for topic in topics])
        ends = list(accumulate(len(self._of[topic]) for topic in topics))
        starts = [0, *ends[:-1]]
        near = np.concatenate([near, NOTHING])  # what stands behind the end of a padded row
        close = np.sort(near[self._own[numbers]], axis=1)[:, -CLOSEST:].sum(axis=1) / CLOSEST
        close -= np.maximum(near[self._against[numbers]].max(axis=1) - close, 0.0)
        leading = np.repeat(np.maximum.reduceat(close, starts), np.diff([0, *ends]))
        close[self._general[numbers] & (close >= leading - AHEAD)] += FIRST
        return [int(numbers[start + int(close[start:end].argmax())]) for start, end in zip(starts, ends, strict=True)]


def _padded(rows: Sequence[Numbers], filler: int) -> Numbers:
    """Rows of unequal length as one array; `filler` where a row has ended, at least CLOSEST wide."""
    padded = np.full((len(rows), max(CLOSEST, *(len(row) for row in rows))), filler)
    for number, row in enumerate(rows):
        row = np.resize(row, CLOSEST) if 0 < len(row) < CLOSEST else row
        padded[number, : len(row)] = row
    return padded
