"""What is compared: word stems and pairs of neighbours; runs of three and four characters within words.

Each feature of the FAQ's wordings has a number: first the stems, then the pairs, then the runs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple, Self

import numpy as np

from bot.matching.rows import Columns, Doubles, Numbers, spread

SHORTEST_RUN, LONGEST_RUN = 3, 4  # 2 to 5 finds no more, and costs nearly twice as much
UNKNOWN = -1  # the number of a feature that the FAQ does not have
NO_PAIR = np.iinfo(np.int64).max


class Found(NamedTuple):
    """A message's different features: their numbers, and how often each stands there; the first `said` are of words."""

    numbers: Numbers
    counts: Doubles
    said: int


class Places(NamedTuple):
    """Where features stand in wordings: wording and feature, place by place."""

    wordings: Columns
    numbers: Columns


class Features:
    """The features that the FAQ has. Below `stems` are the stems, below `said` the pairs, below `width` the runs."""

    def __init__(self, stems: Mapping[str, int], pairs: Numbers, runs: Iterable[str]) -> None:
        """`pairs`: in order; each is its first stem's number times the number of stems, plus its second one's."""
        self._stems, self._pairs = stems, np.append(pairs, NO_PAIR)
        self.stems, self.said = len(stems), len(stems) + len(pairs)
        self._runs = {run: number for number, run in enumerate(runs, self.said)}
        self.width = self.said + len(self._runs)

    @classmethod
    def read(cls, wordings: Sequence[Sequence[str]], stem: Callable[[str], str]) -> tuple[Self, Places]:
        """The features of wordings, and where they stand. `wordings`: the words of each."""
        words, stems, runs = _Numbers(), _Numbers(), _Numbers()
        spoken = words.of(word for row in wordings for word in row)
        lines = np.repeat(np.arange(len(wordings), dtype=np.int32), [len(row) for row in wordings])
        said = stems.of(map(stem, words))[spoken]
        inner = lines[1:] == lines[:-1]
        pairs, followed = np.unique(said[:-1][inner] * len(stems) + said[1:][inner], return_inverse=True)
        spelt = [runs.of(runs_of([word])) for word in words]
        starts = np.cumsum([0, *map(len, spelt)])
        places, lengths = spread(starts, spoken)
        features = cls(stems, pairs, runs)
        written = np.concatenate([*spelt, spoken[:0]])[places]
        numbers = np.concatenate([said, followed + features.stems, written + features.said]).astype(np.int32)
        return features, Places(np.concatenate([lines, lines[1:][inner], np.repeat(lines, lengths)]), numbers)

    def of(self, stems: Sequence[str], words: Sequence[str]) -> Found:
        """The features of a message."""
        said, pairs, spelt = Counter(stems), Counter(pairwise(stems)), Counter(runs_of(words))
        number = {stem: self._stems.get(stem, UNKNOWN) for stem in said}
        sought = np.array([self._pair(number[left], number[right]) for left, right in pairs], dtype=np.int64)
        at = np.searchsorted(self._pairs, sought)
        followed = np.where(self._pairs[at] == sought, at + self.stems, UNKNOWN)
        numbers = [*number.values(), *followed.tolist(), *map(self._runs.get, spelt, repeat(UNKNOWN))]
        counts = [*said.values(), *pairs.values(), *spelt.values()]
        return Found(np.array(numbers, dtype=np.int64), np.array(counts, dtype=np.float64), len(said) + len(pairs))

    def of_stems(self, stems: Iterable[str]) -> Numbers:
        """The numbers of some stems."""
        return np.array([self._stems.get(stem, UNKNOWN) for stem in stems], dtype=np.int64)

    def _pair(self, left: int, right: int) -> int:
        return left * self.stems + right if left != UNKNOWN != right else UNKNOWN


class _Numbers(dict[str, int]):
    """Numbers names in the order in which they come."""

    def of(self, names: Iterable[str]) -> Numbers:
        return np.array([self.setdefault(name, len(self)) for name in names], dtype=np.int64)


def said_in(stems: Sequence[str]) -> list[str]:
    """The names of a message's features that are of words, in the order of their numbers."""
    return [*Counter(stems), *(f"{left} {right}" for left, right in Counter(pairwise(stems)))]


def runs_of(words: Sequence[str]) -> list[str]:
    """Runs of characters within words; `_` marks where a word begins and ends."""
    marked = [f"_{word[:32]}_" for word in words]
    sizes = range(SHORTEST_RUN, LONGEST_RUN + 1)
    return [word[start : start + size] for word in marked for size in sizes for start in range(len(word) - size + 1)]
