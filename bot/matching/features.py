"""What is compared: word stems and pairs of neighbours; runs of three and four characters within words.

Each feature of the FAQ's wordings has a number: first the stems, then the pairs, then the runs.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, KeysView, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple, Self, TypeVar

import numpy as np

from bot.matching.rows import Columns, Numbers, spread

SIZES = (3, 4)  # of runs: 2 to 5 finds no more, and costs nearly twice as much
UNKNOWN = -1  # the number of a feature that the FAQ does not have
Name = TypeVar("Name", bound=Hashable)
NO_PAIR = 2**63 - 1


class Found(NamedTuple):
    """A message's different features: their numbers, and how often each stands there; the first `said` are of words."""

    numbers: Numbers
    counts: Numbers
    said: int


class Places(NamedTuple):
    """Where features stand in wordings: wording and feature, place by place."""

    wordings: Columns
    numbers: Columns


class Features:
    """The features that the FAQ has. Below `stems` are the stems, below `said` the pairs, below `width` the runs."""

    def __init__(self, stems: Mapping[str, int], pairs: Numbers, runs: Iterable[str], words: Iterable[str]) -> None:
        """`pairs`: in order; each is its first stem's number times the number of stems, plus its second one's."""
        self._stems, self._pairs = stems, array("q", [*pairs.tolist(), NO_PAIR])
        self.stems, self.said = len(stems), len(stems) + len(pairs)
        self._runs = {run: number for number, run in enumerate(runs, self.said)}
        self._spelt = {word: tuple([self._runs[run] for run in runs_of(word)]) for word in words}
        self.width = self.said + len(self._runs)

    @classmethod
    def read(cls, wordings: Iterable[Sequence[str]], stem: Callable[[str], str]) -> tuple[Self, Places]:
        """The features of wordings, and where they stand. `wordings`: the words of each, gone through once."""
        words, stems, runs = _Numbers(), _Numbers(), _Numbers()
        lengths, numbers = array("q"), array("q")
        for row in wordings:
            lengths.append(len(row))
            numbers.extend([words.setdefault(word, len(words)) for word in row])
        spoken = np.array(numbers)
        lines = np.repeat(np.arange(len(lengths), dtype=np.int32), np.array(lengths))
        said = stems.of(map(stem, words))[spoken]
        inner = lines[1:] == lines[:-1]
        pairs, followed = np.unique(said[:-1][inner] * len(stems) + said[1:][inner], return_inverse=True)
        spelt = [runs.of(runs_of(word)) for word in words]
        starts = np.cumsum([0, *map(len, spelt)])
        at, many = spread(starts, spoken)
        features = cls(stems, pairs, runs, words)
        written = (np.concatenate([*spelt, spoken[:0]]) + features.said).astype(np.int32)[at]
        held = np.concatenate([said.astype(np.int32), (followed + features.stems).astype(np.int32), written])
        return features, Places(np.concatenate([lines, lines[1:][inner], np.repeat(lines, many)]), held)

    def of(self, stems: Sequence[str], words: Sequence[str]) -> Found:
        """The features of a message."""
        said, pairs = _tally(stems), _tally(list(pairwise(stems)))
        number = {stem: self._stems.get(stem, UNKNOWN) for stem in said}
        followed = [self._pair(number[left], number[right]) for left, right in pairs]
        runs: list[int | str] = []
        for word in words:
            runs += self._spelt.get(word) or self._runs_of(word)
        spelt = _tally(runs)
        written = [run if isinstance(run, int) else UNKNOWN for run in spelt]
        numbers = np.array([*number.values(), *followed, *written], dtype=np.int64)
        counts = np.array([*said.values(), *pairs.values(), *spelt.values()], dtype=np.int64)
        return Found(numbers, counts, len(said) + len(pairs))

    def words(self) -> KeysView[str]:
        """All words of the wordings."""
        return self._spelt.keys()

    def names(self) -> list[str]:
        """The stems, by their numbers."""
        return list(self._stems)

    def of_stem(self, stem: str) -> int:
        """The number of a stem."""
        return self._stems.get(stem, UNKNOWN)

    def of_stems(self, stems: Iterable[str]) -> Numbers:
        """The numbers of some stems."""
        return np.array([self._stems.get(stem, UNKNOWN) for stem in stems], dtype=np.int64)

    def _pair(self, left: int, right: int) -> int:
        """The number of a pair of stems."""
        if left == UNKNOWN or right == UNKNOWN:
            return UNKNOWN
        sought = left * self.stems + right
        at = bisect_left(self._pairs, sought)
        return self.stems + at if self._pairs[at] == sought else UNKNOWN

    def _runs_of(self, word: str) -> list[int | str]:
        """The runs of a word that the FAQ does not have: numbers, or the run itself where it lacks that too."""
        return [self._runs.get(run, run) for run in runs_of(word)]


def _tally(names: Sequence[Name]) -> dict[Name, int]:
    """How often each name stands there."""
    once = dict.fromkeys(names, 1)
    return once if len(once) == len(names) else Counter(names)


class _Numbers(dict[str, int]):
    """Numbers names in the order in which they come."""

    def of(self, names: Iterable[str]) -> Numbers:
        return np.array([self.setdefault(name, len(self)) for name in names], dtype=np.int64)


def said_in(stems: Sequence[str]) -> list[str]:
    """The names of a message's features that are of words, in the order of their numbers."""
    return [*Counter(stems), *(f"{left} {right}" for left, right in Counter(pairwise(stems)))]


def runs_of(word: str) -> list[str]:
    """Runs of characters within a word; `_` marks where it begins and ends."""
    marked = f"_{word[:32]}_"
    return [marked[start : start + size] for size in SIZES for start in range(len(marked) - size + 1)]
