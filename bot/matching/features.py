"""What is compared: word stems and pairs of neighbours; runs of three and four characters within words.

Each feature of the FAQ's wordings has a number: first the stems, then the pairs, then the runs.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, KeysView, Mapping, Sequence
from itertools import accumulate, chain, pairwise
from typing import NamedTuple, Self, TypeVar

import numpy as np

from bot.matching.rows import Columns, Numbers, spread

SIZES = (3, 4)  # of runs: 2 to 5 finds no more, and costs nearly twice as much
UNKNOWN = -1  # the number of a feature that the FAQ does not have
Name = TypeVar("Name", bound=Hashable)


class Found(NamedTuple):
    """A message's different features: their numbers, and how often each stands there; the first `said` are of words."""

    numbers: Numbers
    counts: Numbers
    said: int


class Coded(NamedTuple):
    """A message as numbers: of its words, UNKNOWN where the FAQ lacks one; of these the stems in turn, and all runs.

    What the FAQ lacks of stems and runs too has numbers of its own, below UNKNOWN.
    """

    words: Sequence[int]
    strange: Sequence[int] = ()
    runs: Sequence[int] = ()


class Places(NamedTuple):
    """Where features stand in wordings: wording and feature, place by place."""

    wordings: Columns
    numbers: Columns


class Features:
    """The features that the FAQ has. Below `stems` are the stems, below `said` the pairs, below `width` the runs."""

    def __init__(
        self,
        stems: Mapping[str, int],
        pairs: Numbers,
        runs: Iterable[str],
        words: Mapping[str, int],
        stem_of: Numbers,
        spelt: Sequence[Sequence[int]],
    ) -> None:
        """`pairs`: in order; each is its first stem's number times the number of stems, plus its second one's.

        `words`: all words of the wordings, numbered in order; `stem_of`: the number of the stem of each; `spelt`: its
        runs, by their place among `runs`.
        """
        self._stems, self._words, self._names = stems, words, list(stems)
        self.stems, self.said = len(stems), len(stems) + len(pairs)
        self._runs = {run: number for number, run in enumerate(runs, self.said)}
        self.width = self.said + len(self._runs)
        self._stem_of = array("i", stem_of.tolist())
        self._spelt_at = array("i", [0, *accumulate(map(len, spelt))])  # where each word's runs begin
        self._spelt = array("i", [self.said + run for run in chain.from_iterable(spelt)])
        lefts, rights = np.divmod(pairs, max(1, len(stems)))
        self._pair_at = array("i", np.searchsorted(lefts, np.arange(len(stems) + 1)).tolist())  # of each first stem
        self._pair_with = array("i", rights.tolist())  # the second stems

    @classmethod
    def read(cls, wordings: Iterable[Sequence[str]], stem: Callable[[str], str]) -> tuple[Self, Places]:
        """The features of wordings, and where they stand. `wordings`: the words of each, gone through once."""
        words, stems, runs = _Numbers(), _Numbers(), _Numbers()
        lengths, numbers = array("q"), array("q")
        for row in wordings:
            lengths.append(len(row))
            numbers.extend(map(words.__getitem__, row))
        spoken = np.array(numbers)
        lines = np.repeat(np.arange(len(lengths), dtype=np.int32), np.array(lengths))
        stem_of = np.array([stems[stem(word)] for word in words], dtype=np.int64)
        said = stem_of[spoken]
        inner = lines[1:] == lines[:-1]
        pairs, followed = np.unique(said[:-1][inner] * len(stems) + said[1:][inner], return_inverse=True)
        spelt = [[*map(runs.__getitem__, runs_of(word))] for word in words]
        features = cls(dict(stems), pairs, runs, dict(words), stem_of, spelt)
        at, many = spread(np.array(features._spelt_at), spoken)
        written = np.array(features._spelt)[at]
        held = np.concatenate([said.astype(np.int32), (followed + features.stems).astype(np.int32), written])
        return features, Places(np.concatenate([lines, lines[1:][inner], np.repeat(lines, many)]), held)

    def of(self, stems: Sequence[str], words: Sequence[str]) -> Found:
        """The features of a message."""
        said, pairs = _tally(stems), _tally(list(pairwise(stems)))
        number = {stem: self._stems.get(stem, UNKNOWN) for stem in said}
        followed = [self._pair(number[left], number[right]) for left, right in pairs]
        runs: list[int | str] = []
        for word in words:
            runs += self._spelling(word)
        spelt = _tally(runs)
        written = [run if isinstance(run, int) else UNKNOWN for run in spelt]
        numbers = np.array([*number.values(), *followed, *written], dtype=np.int64)
        counts = np.array([*said.values(), *pairs.values(), *spelt.values()], dtype=np.int64)
        return Found(numbers, counts, len(said) + len(pairs))

    def words(self) -> KeysView[str]:
        """All words of the wordings."""
        return self._words.keys()

    def numbers_of(self, words: Iterable[str]) -> list[int]:
        """The number of each word; UNKNOWN for one that the FAQ does not have."""
        number = self._words.get
        return [number(word, UNKNOWN) for word in words]

    def stem_of(self, word: int) -> str:
        """The stem of a word of the FAQ, by its number."""
        return self._names[self._stem_of[word]]

    def coded(self, stems: Sequence[str], words: Sequence[str], numbers: Sequence[int]) -> Coded:
        """A message as the kernel reads it. `numbers`: of its words."""
        if UNKNOWN not in numbers:
            return Coded(numbers)
        strange, runs, lacking = [], [], _Lacking()
        for word, stem, number in zip(words, stems, numbers, strict=True):
            if number == UNKNOWN:
                known = self._stems.get(stem, UNKNOWN)
                strange.append(lacking[stem] if known == UNKNOWN else known)
                runs += [run if isinstance(run, int) else lacking["_", run] for run in self._runs_of(word)]
        return Coded(numbers, strange, runs)

    def arrays(self) -> dict[str, array[int]]:
        """What the kernel reads, by the names that it has there."""
        return {
            "stem_of": self._stem_of,
            "spelt_at": self._spelt_at,
            "spelt": self._spelt,
            "pair_at": self._pair_at,
            "pair_with": self._pair_with,
        }

    def names(self) -> list[str]:
        """The stems, by their numbers."""
        return self._names

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
        end = self._pair_at[left + 1]
        at = bisect_left(self._pair_with, right, self._pair_at[left], end)
        return self.stems + at if at < end and self._pair_with[at] == right else UNKNOWN

    def _spelling(self, word: str) -> Sequence[int | str]:
        """The runs of a word."""
        number = self._words.get(word, UNKNOWN)
        if number == UNKNOWN:
            return self._runs_of(word)
        return self._spelt[self._spelt_at[number] : self._spelt_at[number + 1]]

    def _runs_of(self, word: str) -> list[int | str]:
        """The runs of a word that the FAQ does not have: numbers, or the run itself where it lacks that too."""
        return [self._runs.get(run, run) for run in runs_of(word)]


def _tally(names: Sequence[Name]) -> dict[Name, int]:
    """How often each name stands there."""
    once = dict.fromkeys(names, 1)
    return once if len(once) == len(names) else Counter(names)


class _Lacking(dict[Hashable, int]):
    """Numbers what the FAQ lacks, below UNKNOWN."""

    def __missing__(self, name: Hashable) -> int:
        self[name] = number = UNKNOWN - 1 - len(self)
        return number


class _Numbers(dict[str, int]):
    """Numbers names in the order in which they come."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number


def said_in(stems: Sequence[str]) -> list[str]:
    """The names of a message's features that are of words, in the order of their numbers."""
    return [*Counter(stems), *(f"{left} {right}" for left, right in Counter(pairwise(stems)))]


def runs_of(word: str) -> list[str]:
    """Runs of characters within a word; `_` marks where it begins and ends."""
    marked = f"_{word[:32]}_"
    return [marked[start : start + size] for size in SIZES for start in range(len(marked) - size + 1)]
