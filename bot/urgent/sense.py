"""What the words around a concept do to it: a no before it, an ago beside it, a mere question about it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from bot.content.urgent import Lowering, Sense
from bot.urgent.animals import of_animals
from bot.urgent.asking import Asking
from bot.urgent.clauses import Clauses
from bot.urgent.cues import gather, places
from bot.urgent.index import Hit
from bot.urgent.reach import Nos
from bot.urgent.small_words import SmallWords
from bot.urgent.text import Text
from bot.urgent.told import Told

NEAR = 4  # words before a name in which it is thought to be there
LASTING = ("chronic", "recent", "aftercare")


class Judge:
    """Knows the sense words; reads one text at a time."""

    def __init__(self, sense: Sense) -> None:
        self._small = SmallWords(sense)

    def read(self, text: Text, hits: Iterable[Hit]) -> Reading:
        """The sense of one text, from the cues among its hits."""
        return Reading(self._small, text, hits)


class Reading:
    """What the cues of one text lower."""

    def __init__(self, small: SmallWords, text: Text, hits: Iterable[Hit]) -> None:
        cues = gather(hits)
        self._small = small
        self._clauses = Clauses(text, small, cues["now"], chain(cues["past"], cues["chronic"], cues["recent"]))
        self.sentence = self._clauses.sentence
        self._figures = places(cues["figures"])
        self._nos = Nos(text, small, cues)
        self._told = Told(self._clauses, small, cues)
        self._animals = of_animals(self._clauses, small, cues["animals"])
        self._asking = Asking(self._clauses, small, cues)
        self._aftercare = bool(cues["aftercare"])
        self._possible = {kind for kind, possible in self._all() if possible}

    def lowered(self, hit: Hit, kinds: Iterable[Lowering]) -> bool:
        """Do the words around take the hit's weight away?"""
        for kind in kinds:  # a generator takes longer than what it asks, and this is asked of every hit
            if kind in self._possible and _TESTS[kind](self, hit) and not self._held(hit, kind, kinds):
                return True
        return False

    def _held(self, hit: Hit, kind: Lowering, kinds: Iterable[Lowering]) -> bool:
        """Is it the name of an illness, of which it is said that somebody has it, or may have it now? Then no aftercare
        and no long while lowers it: having a stroke, another one, I think ..."""
        words = self._clauses.text.words
        named = kind in LASTING and "aftercare" in kinds
        return named and not self._small.thought.isdisjoint(words[max(0, hit.start - NEAR) : hit.end + 1])

    def _all(self) -> Iterable[tuple[Lowering, bool]]:
        """Of each kind, whether anything in the text may lower so: of most texts nothing may."""
        told = self._told
        return (
            ("figure", bool(self._figures)),
            ("negated", self._nos.any),
            ("past", bool(self._animals) or told.any("past") or told.settles),
            ("chronic", told.any("chronic")),
            ("recent", told.any("recent")),
            ("asking", self._asking.any),
            ("aftercare", self._aftercare),
        )

    def figure(self, hit: Hit) -> bool:
        """Is the hit only part of a figure of speech?"""
        return not self._figures.isdisjoint(range(hit.start, hit.end + 1))

    def negated(self, hit: Hit) -> bool:
        """Does a no reach it?"""
        return self._nos.reach(hit)

    def past(self, hit: Hit) -> bool:
        """Is it told as long ago, as cleared, as still so after something that is long past, or of an animal?"""
        of_an_animal = hit.start in self._animals and hit.end in self._animals
        old = self._told.at(hit, "past") or self._told.still(hit, "past") or self._told.settled(hit)
        return of_an_animal or old

    def chronic(self, hit: Hit) -> bool:
        """Is it told as long known, or as still so since a time that is named?"""
        return self._told.at(hit, "chronic") or self._told.still(hit, "chronic")

    def recent(self, hit: Hit) -> bool:
        """Is it told as some days or weeks ago?"""
        return self._told.at(hit, "recent")

    def asking(self, hit: Hit) -> bool:
        """Is it only asked about, with nobody meant and no time told, or only supposed?"""
        return self._asking.about(hit)

    def aftercare(self, hit: Hit) -> bool:
        """Is the message about the time after, and who helps then?"""
        return self._aftercare and self._clauses.clause[hit.start] not in self._clauses.now


_TESTS = {
    "figure": Reading.figure,
    "negated": Reading.negated,
    "past": Reading.past,
    "chronic": Reading.chronic,
    "recent": Reading.recent,
    "asking": Reading.asking,
    "aftercare": Reading.aftercare,
}
