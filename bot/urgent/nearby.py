"""Words that may be a slip or two away from one another, told by their lengths and letters alone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np


class Nearby:
    """A word list that need not be compared with a misspelt word one by one: a slip changes the length by one at most
    and the set of letters by two."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words, key=lambda word: (len(word), word))
        self._letters = np.array([_letters(word) for word in self._words], dtype=np.uint32)
        lengths = [len(word) for word in self._words]
        self._starts = np.searchsorted(lengths, range(max(lengths, default=0) + 2)).tolist()

    def to(self, word: str) -> list[str]:
        """Every word that is one slip away, and some that are not."""
        last = len(self._starts) - 1
        first, end = self._starts[min(len(word) - 1, last)], self._starts[min(len(word) + 2, last)]
        other = np.bitwise_count(self._letters[first:end] ^ np.uint32(_letters(word)))
        return [self._words[first + place] for place in np.flatnonzero(other <= 2).tolist()]


def _letters(word: str) -> int:
    """Which letters a word has, as bits; letters that share a bit only make words look nearer."""
    bits = 0
    for letter in word:
        bits |= 1 << (ord(letter) & 31)
    return bits
