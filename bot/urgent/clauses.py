"""One text divided into clauses and sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

from bot.urgent.index import Hit
from bot.urgent.small_words import SmallWords
from bot.urgent.text import PAUSE, Text


class Clauses:
    """The number of each word's clause (up to a pause, a turn, a now) and of its sentence."""

    def __init__(self, text: Text, small: SmallWords, nows: Sequence[Hit]) -> None:
        self.text = text
        self._small = small
        self.clause: list[int] = []
        self.sentence: list[int] = []
        self._number({hit.start for hit in nows})
        self.now = {self.clause[hit.start] for hit in nows}

    def _number(self, nows: set[int]) -> None:
        words, breaks = self.text
        turns, restarts = self._small.turns, self._small.restarts
        clause, sentence, before = -1, -1, ""
        for place, word in enumerate(words):
            if breaks[place]:
                clause += 1
                sentence += breaks[place] > PAUSE
            elif word in turns or place in nows or (before == "and" and word in restarts):
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
