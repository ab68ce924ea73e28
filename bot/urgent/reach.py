"""How far a no reaches."""

from __future__ import annotations

from bot.urgent.cues import Cues, places
from bot.urgent.index import Hit
from bot.urgent.small_words import SmallWords
from bot.urgent.text import PAUSE, Text

REACH = 8  # words


class Nos:
    """The words of one text that say no, but for those that only look like it."""

    def __init__(self, text: Text, small: SmallWords, cues: Cues) -> None:
        self._text, self._small = text, small
        excused = places(cues["not_negators"])
        self._nos = {hit.end for hit in cues["negators"] if hit.end not in excused}

    @property
    def any(self) -> bool:
        """Is there a no?"""
        return bool(self._nos)

    def reach(self, hit: Hit) -> bool:
        """Does a no reach the hit: one inside it that is not its own, or one before it?"""
        words = self._text.words
        inside = range(hit.start, hit.end + 1)
        if any(words[place] not in hit.nos for place in self._nos.intersection(inside)):
            return True
        if hit.nos and any(words[place] in hit.nos for place in inside):
            return False
        return not self._nos.isdisjoint(range(hit.start - REACH, hit.start)) and self._from_before(hit)

    def _from_before(self, hit: Hit) -> bool:
        """Does the last no before the hit reach it: over no stop, no limit, no new beginning?"""
        words, breaks = self._text
        fresh = paused = False
        for place in range(hit.start - 1, max(-1, hit.start - 1 - REACH), -1):
            pause = breaks[place + 1]
            if pause > PAUSE or (pause and (fresh or self._restarts(place + 1, hit))):
                return False
            paused = paused or bool(pause)
            if place in self._nos:
                return not pause and not (paused and words[place] in self._small.near_nos)
            if words[place] in self._small.limits or self._complains(place):
                return False
            fresh = fresh or (words[place] == "and" and self._opens(place + 1))
            if fresh:
                return False
        return False

    def _complains(self, place: int) -> bool:
        """Does a complaint begin here that the no before it is not said of: “no trauma worst headache of my life”?"""
        words = self._text.words
        return words[place] in self._small.openers and place > 0 and words[place - 1] not in self._small.joined

    def _opens(self, place: int) -> bool:
        """Does something new begin here: with a word such as “my”, or as a thing and its verb, as in “legs are”?"""
        words = self._text.words
        return words[place] in self._small.restarts or not self._small.verbs.isdisjoint(words[place + 1 : place + 2])

    def _restarts(self, start: int, hit: Hit) -> bool:
        return any(word in self._small.restarts for word in self._text.words[start : hit.end + 1])
