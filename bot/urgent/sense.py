"""What the words around a concept do to it: a no before it, an ago beside it, a mere question about it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
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
_ASKING = frozenset(("asking", "topics", "supposing"))  # without one of these nothing is asked about
_NOTHING = frozenset[Lowering]()


class Judge:
    """Knows the sense words; reads one text at a time."""

    def __init__(self, sense: Sense) -> None:
        self._small = SmallWords(sense)

    def read(self, text: Text, hits: Iterable[Hit]) -> Reading:
        """The sense of one text, from the cues among its hits."""
        return Reading(self._small, text, hits)


class Reading:
    """What the cues of one text lower. What no cue of it calls for is not put together."""

    def __init__(self, small: SmallWords, text: Text, hits: Iterable[Hit]) -> None:
        self._cues = cues = gather(hits)
        self._small = small
        self._clauses = Clauses(text, small, cues["now"], chain(cues["past"], cues["chronic"], cues["recent"]))
        self.sentence = self._clauses.sentence
        self._possible = {kind for kind, possible in self._all() if possible} if cues else _NOTHING

    @cached_property
    def _figures(self) -> set[int]:
        return places(self._cues["figures"])

    @cached_property
    def _nos(self) -> Nos:
        return Nos(self._clauses.text, self._small, self._cues)

    @cached_property
    def _told(self) -> Told:
        return Told(self._clauses, self._small, self._cues)

    @cached_property
    def _animals(self) -> set[int]:
        return of_animals(self._clauses, self._small, self._cues["animals"])

    @cached_property
    def _asking(self) -> Asking:
        return Asking(self._clauses, self._small, self._cues)

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
        cues = self._cues
        return (
            ("figure", "figures" in cues),
            ("negated", "negators" in cues and self._nos.any),
            ("past", "past" in cues or "settled" in cues or "animals" in cues),
            ("chronic", "chronic" in cues),
            ("recent", "recent" in cues),
            ("asking", not _ASKING.isdisjoint(cues) and self._asking.any),
            ("aftercare", "aftercare" in cues),
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
        return self._clauses.clause[hit.start] not in self._clauses.now


_TESTS = {
    "figure": Reading.figure,
    "negated": Reading.negated,
    "past": Reading.past,
    "chronic": Reading.chronic,
    "recent": Reading.recent,
    "asking": Reading.asking,
    "aftercare": Reading.aftercare,
}
