"""Which entry of a topic a message means: telling a handful apart, once their topic is known."""

from collections.abc import Sequence

import numpy as np

from bot.matching.index import Index
from bot.matching.rows import Floats, Numbers

AHEAD = 0.04  # by which a special entry must lead before it is preferred to its topic's general one
CLOSEST = 3  # wordings of an entry that count for how close it comes
FIRST = np.float32(1e3)  # more than any likeness


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
        numbers = np.concatenate([self._of[topic] for topic in topics])
        starts = np.cumsum([0, *(len(self._of[topic]) for topic in topics)])
        near = np.append(near, np.float32(0.0))  # what stands behind the end of a padded row
        close = np.partition(near[self._own[numbers]], -CLOSEST, axis=1)[:, -CLOSEST:].mean(axis=1)
        close -= np.maximum(near[self._against[numbers]].max(axis=1) - close, 0.0)
        leading = np.repeat(np.maximum.reduceat(close, starts[:-1]), np.diff(starts))
        close[self._general[numbers] & (close >= leading - AHEAD)] += FIRST
        spans = zip(starts[:-1].tolist(), starts[1:].tolist(), strict=True)
        return [self._ids[numbers[start + int(close[start:end].argmax())]] for start, end in spans]


def _padded(rows: Sequence[Numbers], filler: int) -> Numbers:
    """Rows of unequal length as one array; `filler` where a row has ended, at least CLOSEST wide."""
    padded = np.full((len(rows), max(CLOSEST, *(len(row) for row in rows))), filler)
    for number, row in enumerate(rows):
        row = np.resize(row, CLOSEST) if 0 < len(row) < CLOSEST else row
        padded[number, : len(row)] = row
    return padded
