"""The words of a text as numbers: one for all words, or numbers, that no pattern tells apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.urgent.families import Family
from bot.urgent.ranges import Limits, Ranges

UNKNOWN = -1


class Vocabulary:
    """All words of the patterns with their forms, and the numbers in their ranges."""

    def __init__(self, words: Sequence[Family], ranges: Iterable[Limits]) -> None:
        self.known = {form: number for number, family in enumerate(words) for form in family.forms}
        self.ranges = Ranges(ranges, len(words))

    def __len__(self) -> int:
        return self.ranges.first + len(self.ranges)

    def read(self, words: Sequence[str]) -> list[int]:
        """The number of each word; UNKNOWN for one that is in no pattern."""
        known = self.known
        return [known[word] if word in known else self._other(word) for word in words]

    def _other(self, word: str) -> int:
        return self.ranges.number(float(word.replace(",", "."))) if word[0].isdigit() else UNKNOWN
