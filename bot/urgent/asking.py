"""What is only asked about, with nobody meant and no time told, or only supposed."""

from __future__ import annotations

from functools import cached_property

from bot.urgent.clauses import Clauses
from bot.urgent.cues import Cues
from bot.urgent.index import Hit
from bot.urgent.small_words import SmallWords

SHORT = 2  # words between “the risk of” and what is supposed


class Asking:
    """The questions of one text."""

    def __init__(self, clauses: Clauses, small: SmallWords, cues: Cues) -> None:
        self._clauses, self._small = clauses, small
        self._words, sentence = clauses.text.words, clauses.sentence
        self._topics = {sentence[hit.start] for hit in cues["topics"]}
        opening = [hit for hit in cues["asking"] if clauses.opens(hit.start)]
        self._first = {sentence[hit.start]: hit.start for hit in reversed(opening)}  # of each sentence
        self._supposing = {hit.end for hit in cues["supposing"]}
        self._happening = any(clauses.opens(hit.start) for hit in cues["happening"])
        self._measured = {sentence[hit.start] for hit in cues["measured"]}
        self._doubts = {sentence[hit.start]: hit.start for hit in cues["doubts"]}

    @property
    def any(self) -> bool:
        """Is anything asked about or supposed, and nothing told to happen?"""
        return bool(self._first or self._topics or self._supposing) and not self._happening

    @cached_property
    def _people(self) -> set[int]:
        """The sentences in which somebody is meant: by a word, or by an age, a reading, a day."""
        persons, sentence = self._small.persons, self._clauses.sentence
        named = {sentence[place] for place, word in enumerate(self._words) if word in persons}
        return named | self._measured

    def about(self, hit: Hit) -> bool:
        """Is the hit only asked about, or only supposed?"""
        if self._happening or self._clauses.clause[hit.start] in self._clauses.now:
            return False
        if self._supposed(hit):
            return True
        if self._clauses.now:
            return False
        sentence = self._clauses.sentence[hit.start]
        if sentence in self._people:
            return False
        if self._first.get(sentence, hit.start) < hit.start:
            return True
        return sentence in self._topics and self._doubts.get(sentence, -1) <= hit.end

    def _supposed(self, hit: Hit) -> bool:
        """Does “the risk of”, “can cause” or the like stand right before, with nobody meant?"""
        sentence = self._clauses.sentence
        for end in range(hit.start - 1, max(-1, hit.start - 2 - SHORT), -1):
            if end in self._supposing and sentence[end] == sentence[hit.start]:
                return not any(word in self._small.persons for word in self._words[end + 1 : hit.end + 1])
        return False
