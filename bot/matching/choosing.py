"""Which entry of a topic a message means: telling a handful apart, once their topic is known."""

from collections.abc import Mapping, Sequence

import numpy as np

from bot.kernel.calls import Closeness
from bot.kernel.library import kernel
from bot.matching.index import Index
from bot.matching.rows import Floats, Numbers

AHEAD = 0.04  # by which a special entry must lead before it is preferred to its topic's general one
CLOSEST = 3  # wordings of an entry that count for how close it comes
NOTHING = np.zeros(1, dtype=np.float32)


class Entries:
    """The entry of a topic whose wordings come closest; the general one unless a special one clearly leads.

    Close is the mean of an entry's closest three wordings, less what its look-alikes are closer.
    """

    def __init__(self, index: Index) -> None:
        self._ids = index.ids
        self._own = _padded(index.own, len(index.phrasings))
        self._against = _padded(index.against, len(index.phrasings))
        found = kernel()
        self._compiled = Closeness(found, self._own, self._against, len(index.phrasings)) if found else None
        self._of = [np.flatnonzero(index.class_of == topic).tolist() for topic in range(len(index.classes))]
        self._general = [next((number for number in own if index.general[number]), None) for own in self._of]

    def arrays(self) -> dict[str, Numbers]:
        """What the kernel reads, by the names that it has there. The entries of a class have numbers in a row."""
        counts = [0, *map(len, self._of)]
        general = [-1 if number is None else number for number in self._general]
        told = {"own": self._own, "against": self._against}
        return {**told, "entries_at": np.cumsum(counts), "general": np.array(general)}

    def best(self, topics: Sequence[int], near: Floats) -> list[str]:
        """The entry of each topic for a message, by its likeness to each wording, shape (wordings,)."""
        numbers = [number for topic in topics if len(self._of[topic]) > 1 for number in self._of[topic]]
        closeness = dict(zip(numbers, self._close(numbers, near), strict=True)) if numbers else {}
        return [self._ids[self._chosen(topic, closeness)] for topic in topics]

    def _close(self, numbers: list[int], near: Floats) -> list[float]:
        """How close some entries come."""
        if self._compiled:
            listed: list[float] = self._compiled(np.array(numbers), near).tolist()
            return listed
        near = np.concatenate([near, NOTHING])  # what stands behind the end of a padded row
        close = np.sort(near[self._own[numbers]], axis=1)[:, -CLOSEST:].sum(axis=1) / CLOSEST
        close -= np.maximum(near[self._against[numbers]].max(axis=1) - close, 0.0)
        told: list[float] = close.tolist()
        return told

    def _chosen(self, topic: int, closeness: Mapping[int, float]) -> int:
        entries, general = self._of[topic], self._general[topic]
        if len(entries) == 1:
            return entries[0]
        first = max(entries, key=closeness.__getitem__)
        return first if general is None or closeness[general] < closeness[first] - AHEAD else general


def _padded(rows: Sequence[Numbers], filler: int) -> Numbers:
    """Rows of unequal length as one array; `filler` where a row has ended, at least CLOSEST wide."""
    padded = np.full((len(rows), max(CLOSEST, *(len(row) for row in rows))), filler)
    for number, row in enumerate(rows):
        row = np.resize(row, CLOSEST) if 0 < len(row) < CLOSEST else row
        padded[number, : len(row)] = row
    return padded
