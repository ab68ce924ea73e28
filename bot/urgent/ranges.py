"""Numbers, told apart no further than the ranges of the patterns need."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

Limits = tuple[float, float]  # from, to


class Ranges:
    """Every end of a range, and every stretch between two ends, has a number of its own, counted from `first`."""

    def __init__(self, ranges: Iterable[Limits], first: int) -> None:
        self._ends = sorted({end for limits in ranges for end in limits})
        self.first = first
        self._numbers = list(range(first, first + 2 * len(self._ends) + 1))  # one object for each number: memory

    def __len__(self) -> int:
        return len(self._numbers)

    def number(self, value: float) -> int:
        """That of the end or the stretch where a value lies."""
        at = bisect_left(self._ends, value)
        return self.first + 2 * at + (at < len(self._ends) and self._ends[at] == value)

    def within(self, limits: Limits) -> list[int]:
        """The numbers of all that lies within the limits, which belong to it."""
        return self._numbers[self.number(limits[0]) - self.first : self.number(limits[1]) - self.first + 1]
