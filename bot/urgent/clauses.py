"""One text divided into clauses and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from bot.urgent.index import Hit
from bot.urgent.small_words import SmallWords
from bot.urgent.text import PAUSE, Text

SOON = 3  # words within which a person's present is told
BEFORE = 4  # words in which a “since” before a time says that it still is so


class Clauses:
    """The number of each word's clause (up to a pause, a turn, a now, what follows a time) and of its sentence."""

    def __init__(self, text: Text, small: SmallWords, nows: Sequence[Hit], times: Iterable[Hit] = ()) -> None:
        self.text = text
        self._small = small
        self.clause: list[int] = []
        self.sentence: list[int] = []
        self._number({hit.start for hit in nows}.union(self._after(times)))
        self.now = {self.clause[hit.start] for hit in nows}

    def _after(self, times: Iterable[Hit]) -> Iterator[int]:
        """Where something new is told right after a time, no comma between: somebody's present (“stroke two years ago
        my face is ...”), or a sign after what the time was told of (“fusion last may cant feel ...”)."""
        words, breaks = self.text
        for time in times:
            place = time.end + 1
            if place == len(words) or breaks[place]:
                continue
            if words[place] in self._small.persons:
                since = self._small.limits.intersection(words[max(0, time.start - BEFORE) : place])
                if not since and self._small.present.intersection(words[place : place + SOON]):
                    yield place
            elif self._dated(time) and words[place] not in self._small.binds and not words[place].endswith("ing"):
                yield place

    def _dated(self, time: Hit) -> bool:
        """Is the time that of what stands before it: a date, after more than small words?"""
        words, breaks = self.text
        last = words[time.end]
        if not last.isdigit() and last not in self._small.dates:
            return False
        begin = next((place for place in range(time.start, 0, -1) if breaks[place]), 0)
        return any(word not in self._small.fillers for word in words[begin : time.start])

    def _number(self, fresh: set[int]) -> None:
        words, breaks = self.text
        turns, restarts = self._small.turns, self._small.restarts
        clause, sentence, before = -1, -1, ""
        for place, word in enumerate(words):
            if breaks[place]:
                clause += 1
                sentence += breaks[place] > PAUSE
            elif word in turns or place in fresh or (before == "and" and word in restarts):
                clause += 1
            self.clause.append(clause)
            self.sentence.append(sentence)
            before = word

    @cached_property
    def size(self) -> Counter[int]:
        """Words of each clause."""
        return Counter(self.clause)

    @cached_property
    def begins(self) -> dict[int, int]:
        """The first word of each clause."""
        return {clause: place for place, clause in reversed(list(enumerate(self.clause)))}

    def opens(self, place: int) -> bool:
        """Does a clause begin here?"""
        before = place - 1
        return place == 0 or self.clause[before] != self.clause[place] or self.text.words[before] in self._small.turns
